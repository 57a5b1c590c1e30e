package dev.regularisation;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.regularisation.spec.Rules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Tests that look as if they ran do run, and a rule is as short as its page. */
class TestConventionsTest {

    private static final String JUNIT = "org.junit.jupiter.";
    private static final String JQWIK = "net.jqwik.";
    private static final JavaClasses TESTS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
            .importPackages(TestConventionsTest.class.getPackageName());

    @Test
    @DisplayName("no method has annotations of both engines: a property with one of JUnit's is silently skipped")
    void enginesAreNotMixed() {
        assertThat(own(TESTS)).flatExtracting(JavaClass::getMethods).filteredOn(TestConventionsTest::mixesEngines).isEmpty();
    }

    @Test
    @DisplayName("what is disabled says why")
    void disabledSaysWhy() {
        assertThat(own(TESTS)).filteredOn(TestConventionsTest::isDisabledWithoutReason).isEmpty();
        assertThat(own(TESTS)).flatExtracting(JavaClass::getMethods)
                .filteredOn(TestConventionsTest::isDisabledWithoutReason).isEmpty();
    }

    @Test
    @DisplayName("every class with tests has a name by which the build finds it")
    void testsAreFound() {
        assertThat(own(TESTS)).filteredOn(type -> type.isTopLevelClass()
                        && !type.getModifiers().contains(JavaModifier.ABSTRACT) && type.getMethods().stream().anyMatch(
                        method -> names(method).anyMatch(name -> name.matches(".*\\.(Test|ParameterizedTest|TestFactory"
                                + "|RepeatedTest|Property|Example)"))))
                .extracting(JavaClass::getSimpleName).allMatch(name -> name.endsWith("Test"))
                .contains("TestConventionsTest", "GemmTest");
    }

    @Test
    @DisplayName("no test sets what others see, since two classes run at a time: streams, properties, locale, time zone")
    void nothingSharedIsSet() {
        assertThat(own(TESTS)).flatExtracting(JavaClass::getAccessesFromSelf).filteredOn(TestConventionsTest::setsWhatOthersSee)
                .isEmpty();
    }

    @Test
    @DisplayName("a rule is a page of code: half of their classes have at most 90 lines")
    void rulesArePages() throws IOException {
        List<Integer> lines = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src/test/java/dev/regularisation/spec/rules"))) {
            for (Path file : files.filter(path -> path.toString().endsWith("Test.java")).toList()) {
                List<String> text = Files.readAllLines(file);
                if (text.stream().anyMatch(line -> line.startsWith("@Rule("))) {
                    lines.add(text.size());
                }
            }
        }

        assertThat(lines).hasSize(Rules.all().size());
        assertThat(lines.stream().sorted().toList().get(lines.size() / 2)).isLessThanOrEqualTo(90);
    }

    @Test
    @DisplayName("these rules bite: each finds what is wrong with the examples below, and nothing wrong with the good one")
    void rulesBite() {
        JavaClass wrong = TESTS.get(Wrong.class);

        assertThat(wrong.getMethods()).filteredOn(TestConventionsTest::mixesEngines)
                .extracting(JavaMember::getName).containsExactly("skippedSilently");
        assertThat(wrong.getMethods()).filteredOn(TestConventionsTest::isDisabledWithoutReason)
                .extracting(JavaMember::getName).containsExactlyInAnyOrder("disabled", "disabledProperty", "sometimes");
        assertThat(wrong.getAccessesFromSelf()).filteredOn(TestConventionsTest::setsWhatOthersSee).hasSize(3);
    }

    private static List<JavaClass> own(JavaClasses classes) {
        return classes.stream().filter(type -> !type.isEquivalentTo(Wrong.class)).toList();
    }

    private static boolean mixesEngines(JavaMethod method) {
        return names(method).anyMatch(name -> name.startsWith(JUNIT))
                && names(method).anyMatch(name -> name.startsWith(JQWIK));
    }

    private static boolean isDisabledWithoutReason(HasAnnotations<?> annotated) {
        return annotated.getAnnotations().stream()
                .filter(annotation -> annotation.getRawType().getSimpleName().matches("Disabled|(En|Dis)abled(If|On|For)\\w+"))
                // A condition upon the system has the system for its value.
                .anyMatch(annotation -> annotation.get(annotation.getRawType().getSimpleName().equals("Disabled") ? "value"
                        : "disabledReason").map(Object::toString).orElse("").isBlank());
    }

    private static boolean setsWhatOthersSee(JavaAccess<?> call) {
        String owner = call.getTargetOwner().getName();
        return owner.equals("java.lang.System") && call.getName().matches("set(In|Out|Err|Property|Properties)|clearProperty")
                || owner.matches("java\\.util\\.(Locale|TimeZone)") && call.getName().equals("setDefault");
    }

    private static Stream<String> names(HasAnnotations<?> annotated) {
        return annotated.getAnnotations().stream().map(JavaAnnotation::getRawType).map(JavaClass::getName);
    }

    /** What the rules are for. The build does not take it for a test: it is no top-level class. */
    static final class Wrong {

        @Property
        @DisplayName("skipped, and nobody is told")
        void skippedSilently() {
            throw new AssertionError("an example, not a test");
        }

        @Test
        @Disabled
        void disabled() {
            throw new AssertionError("an example, not a test");
        }

        @Property
        @net.jqwik.api.Disabled
        void disabledProperty() {
            throw new AssertionError("an example, not a test");
        }

        @Test
        @EnabledIfSystemProperty(named = "thorough", matches = "true")
        void sometimes() {
            throw new AssertionError("an example, not a test");
        }

        @Test
        @Disabled("an example, not a test")
        void sets() {
            System.setProperty("anybody", "sees it");
            Locale.setDefault(Locale.ROOT);
            Map.of("anybody", "sees it").forEach(System::setProperty);
        }

        @Test
        @Disabled("until the reason is gone")
        void disabledForAReason() {
            throw new AssertionError("an example, not a test");
        }
    }
}
