package dev.regularisation.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.qameta.allure.model.Label;
import io.qameta.allure.model.Status;
import io.qameta.allure.model.StatusDetails;
import io.qameta.allure.model.TestResult;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The line that repeats a failure can be run, and says what else decides the outcome. */
final class ReproductionTest {

    private static final String TEST = "dev.regularisation.golden.GoldenRunsTest";
    private static final String ID = "[engine:junit-jupiter]/[class:" + TEST + "]/[method:postRun()]";

    /** Never run: the build does not take it for a test. */
    @Rule(id = "some.rule", section = Section.L1, strength = Strength.LAW, statement = "It is so.")
    static class Examples {

        @Property(seed = "7")
        void property() {
            throw new AssertionError("an example, not a test");
        }
    }

    /** Inherits its test. */
    static final class Heir extends Examples {
    }

    private static String idIn(Class<?> type) {
        return "[engine:jqwik]/[class:" + type.getName() + "]/[property:property()]";
    }

    private static String command(String arguments) {
        return Reproduction.command(TEST, "postRun", arguments, Optional.empty());
    }

    @Test
    @DisplayName("the command asks for the test, its class or everything")
    void whatToRun() {
        assertThat(command("")).isEqualTo("mvn verify -Dtest=GoldenRunsTest#postRun");
        assertThat(Reproduction.command(TEST, "", "", Optional.empty())).isEqualTo("mvn verify -Dtest=GoldenRunsTest");
        assertThat(Reproduction.command("", "", "", Optional.empty())).isEqualTo("mvn verify");
        assertThat(Reproduction.command("a.OuterTest$Inner", "some", "", Optional.empty()))
                .isEqualTo("mvn verify \"-Dtest=OuterTest$Inner#some\"");
    }

    @Test
    @DisplayName("it has the options of this run, but for those that choose tests or rewrite files")
    void options() {
        assertThat(command(" -B -ntp -o verify -Ptorch -D backends=opencl -Dtest=Golden* -Dgolden=update -DskipTests"))
                .isEqualTo("mvn verify -Dtest=GoldenRunsTest#postRun -Ptorch -Dbackends=opencl");
        assertThat(command("verify -DargLine=-XX:-UseFMA -Xint --add-modules=a -e"))
                .endsWith(" \"-DargLine=-XX:-UseFMA -Xint --add-modules=a\"");
    }

    @Test
    @DisplayName("a run with fresh seeds is repeated with the seed that it drew")
    void freshSeed() {
        assertThat(Reproduction.command(TEST, "postRun", "verify -Ptorch -Djqwik.seed=fresh", Optional.of("-5")))
                .isEqualTo("mvn verify -Dtest=GoldenRunsTest#postRun -Ptorch -Djqwik.seed=-5");
    }

    @Test
    @DisplayName("the facts are rule, seed of generated cases, backend with its vector width, JDK and flags, on one line")
    void facts() {
        assertThat(Reproduction.of(Examples.class.getName(), "property", idIn(Examples.class), "some"))
                .doesNotContain("\n").matches("mvn verify "
                + "\"-Dtest=ReproductionTest\\$Examples#property\".* \\(rule some\\.rule; jqwik seed -?\\d+; "
                + "backend cpu \\(float32, bit-exact, .*\\); JDK [\\w.+-]+ on .*; flags .*\\)");
        assertThat(Reproduction.of(TEST, "postRun", ID, "[1] nd4j"))
                .contains("backend nd4j (").contains(") beside cpu (").doesNotContain("jqwik seed ");
    }

    @Test
    @DisplayName("of an inherited test the class that ran it is asked for, and what the declaring class says is kept")
    void inherited() {
        assertThat(Reproduction.of(Examples.class.getName(), "property", idIn(Heir.class), "some"))
                .startsWith("mvn verify \"-Dtest=ReproductionTest$Heir\"").contains("(rule some.rule; jqwik seed ");
    }

    @Test
    @DisplayName("the report has it under the message of a failure, and nothing under that of a passing test")
    void inTheReport() {
        TestResult result = new TestResult().setName("[1] mlp").setStatus(Status.BROKEN)
                .setStatusDetails(new StatusDetails().setMessage("0 is not 1"))
                .setLabels(List.of(new Label().setName("testClass").setValue(TEST),
                        new Label().setName("testMethod").setValue("postRun"),
                        new Label().setName("junit.platform.uniqueid").setValue(ID)));
        new FailureNote().beforeTestWrite(result);
        assertThat(result.getStatusDetails().getMessage())
                .startsWith("0 is not 1\n\nTo repeat it: mvn verify -Dtest=GoldenRunsTest#postRun");

        TestResult passed = new TestResult().setName("some").setStatus(Status.PASSED);
        new FailureNote().beforeTestWrite(passed);
        assertThat(passed.getStatusDetails()).isNull();
    }
}
