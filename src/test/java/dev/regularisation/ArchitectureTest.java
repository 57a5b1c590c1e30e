package dev.regularisation;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameContaining;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.regularisation.backend.kit.BackendContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which package may see which, what each library is kept to, and what the arithmetic of training may be made of. */
class ArchitectureTest {

    private static final String ROOT = "dev.regularisation";
    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages(ROOT);

    private static final JavaClasses TESTS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS).importPackages(ROOT + ".backend.kit");

    /** Training and what it is made of: nothing here may depend on a clock, a platform or another source of randomness. */
    private static final String[] CORE = packages("random", "data", "backend", "backend.cpu", "nn", "optim", "penalty",
            "training");

    /** Every package of the house and those it may see, its own aside. A package need not exist yet. */
    private static final Map<String, List<String>> ARROWS = new LinkedHashMap<>();

    static {
        ARROWS.put("random", List.of());
        ARROWS.put("setting", List.of());
        ARROWS.put("backend", List.of());
        ARROWS.put("theory", List.of());
        ARROWS.put("backend.cpu", List.of("backend"));
        ARROWS.put("backend.nd4j", List.of("backend"));
        ARROWS.put("backend.opencl", List.of("backend"));
        ARROWS.put("data", List.of("random", "setting"));
        ARROWS.put("nn", List.of("backend", "random", "setting"));
        ARROWS.put("optim", List.of("backend", "setting"));
        ARROWS.put("penalty", List.of("backend", "setting"));
        ARROWS.put("training", List.of("backend", "random", "setting", "data", "nn", "optim", "penalty"));
        ARROWS.put("parallel", List.of());
        ARROWS.put("files", List.of("backend"));
        ARROWS.put("post", List.of("training", "data"));
        ARROWS.put("results", List.of("post", "files", "training", "backend", "data", "nn", "optim", "penalty", "setting",
                "theory"));
        ARROWS.put("study", List.of("results", "post", "parallel", "files", "training", "data", "nn", "optim", "penalty", "setting",
                "theory", "backend"));
        ARROWS.put("sensitivity", List.of("parallel", "files", "training", "data", "nn", "penalty", "setting", "backend"));
        ARROWS.put("lockstep", List.of("study", "parallel", "training", "backend", "backend.cpu", "backend.opencl", "random", "data",
                "nn", "optim", "penalty", "setting"));
        ARROWS.put("plot", List.of("sensitivity", "post", "study", "files", "training", "data", "nn", "setting", "theory"));
        ARROWS.put("cli", List.of("plot", "results", "study", "lockstep", "sensitivity", "post", "parallel", "files", "training", "backend",
                "backend.cpu", "backend.nd4j", "backend.opencl", "data", "nn", "setting"));
    }

    private static String[] packages(String... names) {
        return Stream.of(names).map(ArchitectureTest::room).toArray(String[]::new);
    }

    /** A package of the house, {@code backend.cpu} with what the build makes of it for the other precision. */
    private static String room(String name) {
        return ROOT + "." + name + (name.equals("backend.cpu") ? ".." : "");
    }

    static Stream<Arguments> arrows() {
        return ARROWS.entrySet().stream().map(arrow -> Arguments.of(arrow.getKey(), arrow.getValue()));
    }

    @ParameterizedTest(name = "{0} sees {1}")
    @MethodSource("arrows")
    @DisplayName("arrows between packages run one way")
    void arrowsRunOneWay(String from, List<String> to) {
        String[] allowed = Stream.concat(Stream.of(from), to.stream()).map(ArchitectureTest::room).toArray(String[]::new);

        noClasses().that().resideInAPackage(room(from))
                .should().dependOnClassesThat(resideInAPackage(ROOT + "..").and(
                        DescribedPredicate.not(resideInAnyPackage(allowed))))
                .allowEmptyShould(true).check(PRODUCT);
    }

    @Test
    @DisplayName("the picture in the README shows every dependency between packages, and none that is not there")
    void pictureIsTrue() throws IOException {
        Map<String, Set<String>> drawn = new LinkedHashMap<>();
        Pattern.compile("^ +([\\w.]+) --> ([\\w.]+)$", Pattern.MULTILINE).matcher(Files.readString(Path.of("README.md")))
                .results().forEach(arrow -> drawn.computeIfAbsent(arrow.group(1), from -> new TreeSet<>()).add(arrow.group(2)));
        Map<String, Set<String>> actual = PRODUCT.stream().collect(Collectors.groupingBy(ArchitectureTest::house,
                Collectors.flatMapping(type -> type.getDirectDependenciesFromSelf().stream().map(Dependency::getTargetClass)
                        .filter(target -> target.getPackageName().startsWith(ROOT)).map(ArchitectureTest::house),
                        Collectors.toCollection(TreeSet::new))));

        drawn.forEach((from, to) -> assertThat(actual.get(from)).as(from + " sees").containsAll(to));
        actual.forEach((from, to) -> {
            to.remove(from);
            assertThat(reachable(from, drawn)).as("reachable from " + from + " in the picture").containsAll(to);
        });
    }

    private static String house(JavaClass type) {
        return type.getPackageName().substring(ROOT.length() + 1).replace("backend.cpu.float64", "backend.cpu");
    }

    private static Set<String> reachable(String from, Map<String, Set<String>> arrows) {
        Set<String> found = new TreeSet<>();
        arrows.getOrDefault(from, Set.of()).forEach(to -> {
            found.add(to);
            found.addAll(reachable(to, arrows));
        });
        return found;
    }

    @Test
    @DisplayName("every class lives in a package of the house")
    void everyClassHasAPlace() {
        classes().should().resideInAnyPackage(packages(ARROWS.keySet().toArray(String[]::new))).check(PRODUCT);
        assertThat(CORE).allSatisfy(name -> assertThat(PRODUCT.that(resideInAPackage(name))).as(name).isNotEmpty());
    }

    @ParameterizedTest(name = "{1} belongs to {0}")
    @CsvSource({
        "backend.nd4j, org.nd4j..", "backend.nd4j, org.bytedeco..", "backend.cpu, jdk.incubator..",
        "backend.opencl, org.lwjgl..", "plot, org.jfree..",
        "cli, picocli..", "cli, me.tongfei..", "cli, org.jline..",
    })
    @DisplayName("a library belongs to one package")
    void libraryBelongsToOnePackage(String owner, String library) {
        belongsTo(library, room(owner)).check(PRODUCT);
    }

    private static ArchRule belongsTo(String library, String... owners) {
        return noClasses().that().resideOutsideOfPackages(owners).should().dependOnClassesThat().resideInAPackage(library);
    }

    @Test
    @DisplayName("the core is plain Java: it sees no library, but for the parser that reads a table")
    void coreIsPlainJava() {
        classes().that().resideInAnyPackage(CORE).and().doNotHaveFullyQualifiedName(ROOT + ".data.TableReader")
                .should().onlyDependOnClassesThat().resideInAnyPackage("java..", "jdk.incubator.vector..", ROOT + "..")
                .check(PRODUCT);
    }

    @Test
    @DisplayName("the contract kit, a jar of its own, sees the program, jqwik and of the tests only itself")
    void kitStandsAlone() {
        JavaClasses kit = TESTS.that(resideInAPackage(ROOT + ".backend.kit").and(
                DescribedPredicate.not(simpleNameContaining("Test"))));

        assertThat(standsAlone(ROOT + ".backend.kit").evaluate(kit).getFailureReport().getDetails()).isEmpty();
        assertThat(standsAlone(ROOT + ".nowhere").evaluate(kit).hasViolation()).as("the rule bites").isTrue();
    }

    /** What the jar with the classifier "kit" in pom.xml holds sees nothing that its users have not got. */
    private static ArchRule standsAlone(String kit) {
        return classes().should().onlyDependOnClassesThat(resideInAnyPackage(kit, "java..", "net.jqwik.api..")
                .or(new DescribedPredicate<>("belong to the program") {
                    @Override
                    public boolean test(JavaClass type) {
                        return PRODUCT.contain(type.getName());
                    }
                }));
    }

    @Test
    @DisplayName("no state is static: fields of classes are final, and hold no container that can change")
    void noStaticState() {
        fields().that().areStatic().should(beConstants()).check(PRODUCT);
    }

    /** Lists and maps pass, for {@code List.of}; so do arrays that nobody else can see. */
    private static ArchCondition<JavaField> beConstants() {
        return new ArchCondition<>("be constants") {
            private final List<Class<?>> changing = List.of(
                    java.util.AbstractCollection.class, java.util.AbstractMap.class, java.util.Dictionary.class,
                    java.util.Random.class, java.util.concurrent.atomic.AtomicInteger.class,
                    java.util.concurrent.atomic.AtomicLong.class, java.util.concurrent.atomic.AtomicBoolean.class,
                    java.util.concurrent.atomic.AtomicReference.class, ThreadLocal.class, StringBuilder.class,
                    java.security.MessageDigest.class, java.util.concurrent.Executor.class, java.nio.Buffer.class);

            @Override
            public void check(JavaField field, ConditionEvents events) {
                Set<JavaModifier> modifiers = field.getModifiers();
                JavaClass type = field.getRawType();
                boolean fixed = modifiers.contains(JavaModifier.FINAL)
                        && changing.stream().noneMatch(type::isAssignableTo)
                        && (!type.isArray() || modifiers.contains(JavaModifier.PRIVATE)
                                || modifiers.contains(JavaModifier.SYNTHETIC));
                events.add(new SimpleConditionEvent(field, fixed, field.getFullName() + " of type " + type.getName()));
            }
        };
    }

    @Test
    @DisplayName("the core reads no clock and no randomness but its own")
    void noClockAndNoOtherRandomness() {
        noClasses().that().resideInAnyPackage(CORE)
                .should().dependOnClassesThat().haveNameMatching(
                        "java\\.util\\.(Random|SplittableRandom|concurrent\\.ThreadLocalRandom|UUID|Date)"
                        + "|java\\.util\\.random\\..*|java\\.security\\.SecureRandom|java\\.time\\..*")
                .orShould().callMethod(System.class, "currentTimeMillis")
                .orShould().callMethod(System.class, "nanoTime")
                .orShould().callMethod(Math.class, "random")
                .orShould().callMethod(StrictMath.class, "random")
                .check(PRODUCT);
    }

    @Test
    @DisplayName("of Math the core uses what is rounded the same everywhere; the rest is StrictMath's")
    void onlyPortableArithmetic() {
        Set<String> portable = Set.of("sqrt", "fma", "abs", "max", "min", "signum", "ceil", "floor", "scalb", "getExponent",
                "addExact", "multiplyExact", "toIntExact", "floorDiv", "floorMod");

        noClasses().that().resideInAnyPackage(CORE)
                .should().accessTargetWhere(new DescribedPredicate<>("platforms may round differently") {
                    @Override
                    public boolean test(JavaAccess<?> access) {
                        return access.getTargetOwner().isEquivalentTo(Math.class) && !portable.contains(access.getName());
                    }
                }).check(PRODUCT);
    }

    @Test
    @DisplayName("the core starts no threads and no parallel streams: a run belongs to the thread that called it")
    void noThreads() {
        noClasses().that().resideInAnyPackage(CORE)
                .should().accessTargetWhere(new DescribedPredicate<>("a parallel method of the library") {
                    @Override
                    public boolean test(JavaAccess<?> access) {
                        return access.getName().startsWith("parallel")
                                && access.getTargetOwner().getPackageName().startsWith("java.util");
                    }
                })
                .orShould().dependOnClassesThat().haveNameMatching(
                        "java\\.util\\.concurrent\\.(Executor.*|ForkJoin.*|CompletableFuture)")
                .orShould().callConstructor(Thread.class, Runnable.class)
                .check(PRODUCT);
    }

    /** What the rule about state is for, each declared by a class of Java's that only its ancestors tell to be a container. */
    static final class Stateful {

        static final java.util.concurrent.ConcurrentHashMap<String, String> KNOWN = new java.util.concurrent.ConcurrentHashMap<>();
        static final java.util.ArrayList<String> SEEN = new java.util.ArrayList<>();
        static int count;

        private Stateful() {
        }
    }

    @Test
    @DisplayName("the rule about state would bite: it knows what the classes of fields extend")
    void stateIsFound() {
        JavaClasses example = new ClassFileImporter().importClasses(Stateful.class);

        assertThat(fields().that().areStatic().should(beConstants()).evaluate(example).getFailureReport().getDetails())
                .hasSize(3).anyMatch(line -> line.contains("KNOWN")).anyMatch(line -> line.contains("SEEN"))
                .anyMatch(line -> line.contains("count"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"org.junit..", "net.jqwik..", "org.assertj..", "com.tngtech.."})
    @DisplayName("the rules would bite: these tests break the one about libraries")
    void rulesBite(String library) {
        JavaClasses tests = new ClassFileImporter().importClasses(ArchitectureTest.class, BackendContract.class);

        assertThat(belongsTo(library, ROOT + ".nowhere").evaluate(tests).hasViolation()).isTrue();
    }
}
