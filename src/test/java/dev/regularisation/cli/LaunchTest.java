package dev.regularisation.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.regularisation.backend.cpu.Kernel;
import dev.regularisation.support.Jvm;
import dev.regularisation.support.ProgramJar;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The program as its users start it: a JVM of its own. */
final class LaunchTest {

    private static final long MINUTES = 5;
    /** How often to look for a second JVM, which lives for most of a second. */
    private static final long LOOK_MILLIS = 10;
    private static final String ONE_JVM = "-Dregularisation.relaunch=false";
    private static final List<String> CLASS_PATH =
            List.of("-cp", System.getProperty("java.class.path"), Main.class.getName());

    @TempDir
    private Path folder;

    /** Of the second JVM that was seen last. */
    private String secondCommand = "";

    /**
     * How the program ended.
     *
     * @param code   its exit code
     * @param errors what it said on standard error
     * @param second whether a process of its own was seen
     */
    private record Launch(int code, String errors, boolean second) {
    }

    static Stream<Named<Jvm>> jvms() {
        return Stream.concat(Stream.of(Jvm.own()), Jvm.newestOther().stream())
                .map(jvm -> Named.of("Java " + jvm.feature(), jvm));
    }

    private Launch jar(Jvm jvm, List<String> options, String... args) throws Exception {
        Path jar = ProgramJar.write(folder.resolve("program.jar"), Main.class);
        return launch(jvm, brief(options), List.of("-jar", jar.toString()), args);
    }

    private Launch classPath(List<String> options, String... args) throws Exception {
        return launch(Jvm.own(), brief(options), CLASS_PATH, args);
    }

    private static List<String> brief(List<String> options) {
        return Stream.concat(Jvm.BRIEF.stream(), options.stream()).toList();
    }

    private Launch launch(Jvm jvm, List<String> options, List<String> program, String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of(jvm.home().resolve("bin/java").toString()));
        command.addAll(options);
        command.addAll(program);
        command.addAll(List.of(args));
        Path errors = folder.resolve("stderr");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        // Set for the tests of drivers with a compiler, and no user has it.
        builder.environment().remove("LD_PRELOAD");
        Process process = builder.start();
        boolean second = false;
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES);
        while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            Optional<ProcessHandle> descendant = process.descendants().findAny();
            second |= descendant.isPresent();
            secondCommand = descendant.flatMap(seen -> seen.info().commandLine()).orElse(secondCommand);
            assertThat(System.nanoTime()).as("the time by which the program should have ended").isLessThan(end);
        }
        return new Launch(process.exitValue(), Files.readString(errors), second);
    }

    private String[] training(String results) {
        return new String[] {"train", "--epochs", "2", "--validation-size", "50", "--no-plots", "--out",
            folder.resolve(results).toString()};
    }

    private JsonNode summary(String name) throws IOException {
        return new ObjectMapper().readTree(folder.resolve(name).resolve("summary.json").toFile());
    }

    @Test
    @EnabledIfSystemProperty(named = "thorough", matches = "true",
            disabledReason = "every build starts the program from a class path, and holds vectors to the bits of loops")
    @DisplayName("java -jar has the Vector API in one JVM, says nothing on standard error, and gives the bits of the loops")
    void oneJvm() throws Exception {
        oneJvm(Jvm.own());
    }

    @Test
    @EnabledIfSystemProperty(named = "thorough", matches = "true",
            disabledReason = "every build trains in another version of Java, if one is installed")
    @DisplayName("so has it in another version of Java")
    void oneJvmOfTheOther() throws Exception {
        oneJvm(Jvm.requireOther());
    }

    private void oneJvm(Jvm jvm) throws Exception {
        Launch jar = jar(jvm, List.of(), training("vector"));
        Launch loops = classPath(List.of(ONE_JVM), training("loops"));

        assertThat(jar).isEqualTo(new Launch(0, "", false));
        assertThat(loops).isEqualTo(new Launch(0, "", false));
        assertThat(summary("vector").get("backend").asText()).contains("vector-");
        assertThat(summary("loops").get("backend").asText()).contains("loops");
        assertThat(summary("vector").get("history_sha256")).isEqualTo(summary("loops").get("history_sha256"));
    }

    @Test
    @DisplayName("what Maven is given for the program and for Spark is given to the second JVM, and nothing of Maven's own")
    void settings() {
        Properties properties = new Properties();
        Map.of("spark.regularisation.quiet", "9 s", "regularisation.other", "1", "sparkling.water", "no", "maven.home", "/m",
                "org.slf4j.simpleLogger.defaultLogLevel", "error").forEach(properties::setProperty);

        assertThat(SecondJvm.settings(properties)).containsExactly("-Dregularisation.other=1", "-Dspark.regularisation.quiet=9 s");
    }

    @Test
    @EnabledIfSystemProperty(named = "thorough", matches = "true",
            disabledReason = "every build has the second JVM of a program that Maven runs")
    @DisplayName("another program's class path is not known, such as Spark's: inside it there is one JVM")
    void otherProgram() throws Exception {
        assertThat(launch(Jvm.own(), Jvm.BRIEF, Loaded.command(), training("other"))).isEqualTo(new Launch(0, "", false));
    }

    @Test
    @EnabledIfSystemProperty(named = "thorough", matches = "true",
            disabledReason = "every build has the second JVM of a program that Maven runs")
    @DisplayName("started from a class path, the program may not load the Vector API: a second JVM may, without a warning too")
    void secondJvm() throws Exception {
        assertThat(classPath(List.of(), training("vector"))).isEqualTo(new Launch(0, "", true));
        assertThat(summary("vector").get("backend").asText()).contains("vector-");
    }

    /** Runs the program as Maven and Spark do, by a class loader of its own; the class path of its JVM is another. */
    static final class Loaded {

        private static final String PROGRAM = "program.class.path";

        private Loaded() {
        }

        static List<String> command() throws URISyntaxException {
            return List.of("-cp", Path.of(Loaded.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toString(),
                    "-D" + PROGRAM + "=" + System.getProperty("java.class.path"), Loaded.class.getName());
        }

        public static void main(String[] args) throws Exception {
            URL[] classPath = Stream.of(System.getProperty(PROGRAM).split(File.pathSeparator)).map(Path::of)
                    .map(Loaded::url).toArray(URL[]::new);
            try (URLClassLoader loader = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
                loader.loadClass(Loaded.class.getPackageName() + ".Main").getMethod("main", String[].class).invoke(null, (Object) args);
            }
        }

        private static URL url(Path entry) {
            try {
                return entry.toUri().toURL();
            } catch (MalformedURLException e) {
                throw new IllegalArgumentException(entry.toString(), e);
            }
        }
    }

    @Test
    @DisplayName("Maven's JVM is left without the second compiler for Maven's sake: the program runs in one that has it, by whatever "
            + "class path Maven gave it")
    void maven() throws Exception {
        List<String> options = Stream.concat(Files.readAllLines(Path.of(".mvn", "jvm.config")).stream()
                .flatMap(line -> Stream.of(line.split(" "))), Stream.of("-Dmaven.home=" + folder)).toList();

        assertThat(launch(Jvm.own(), options, Loaded.command(), training("maven"))).isEqualTo(new Launch(0, "", true));
        assertThat(summary("maven").get("backend").asText()).contains("vector-");
        assertThat(options).contains("-XX:TieredStopAtLevel=1");
        assertThat(secondCommand).contains("-XX:+UseSerialGC").doesNotContain("TieredStopAtLevel");
    }

    @Test
    @EnabledIfSystemProperty(named = "thorough", matches = "true",
            disabledReason = "every build loads ND4J in the JVM of the tests")
    @DisplayName("ND4J's native code and its use of sun.misc.Unsafe draw no warning: from Java 24 on, a second JVM allows it")
    void nd4j() throws Exception {
        nd4j(Jvm.own());
    }

    @Test
    @EnabledIfSystemProperty(named = "thorough", matches = "true",
            disabledReason = "every build loads ND4J in the JVM of the tests")
    @DisplayName("nor do they in another version of Java")
    void nd4jInTheOther() throws Exception {
        nd4j(Jvm.requireOther());
    }

    private void nd4j(Jvm jvm) throws Exception {
        assertThat(jar(jvm, List.of(), "backends")).isEqualTo(new Launch(0, "", jvm.feature() >= 24));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "backends, true", "train --backend nd4j, true", "post --backend=nd4j --seed 1, true",
        "post, false", "train --backend cpu, false", "'', false",
    })
    @DisplayName("only commands that load ND4J count as such")
    void whatUsesNd4j(String args, boolean uses) {
        assertThat(SecondJvm.usesNd4j(args.split(" "))).isEqualTo(uses);
    }

    @Test
    @EnabledIfSystemProperty(named = "thorough", matches = "true",
            disabledReason = "every build starts a second JVM")
    @DisplayName("options of the JVM, such as its memory, hold for the second JVM too")
    void options() throws Exception {
        // Not brief: of a heap for one collector thread a part is kept back.
        Launch launch = launch(Jvm.own(), List.of("-Xmx48m"), CLASS_PATH, "train", "--epochs", "100000", "--out", folder.toString());

        assertThat(launch.second()).isTrue();
        assertThat(launch.code()).isEqualTo(1);
        assertThat(launch.errors()).contains("MiB, more than the 48 MiB that this JVM may use");
    }

    @Test
    @EnabledIfSystemProperty(named = "thorough", matches = "true",
            disabledReason = "every build reads complaints in one JVM")
    @DisplayName("exit code and complaint come through from the second JVM, and are the same from the only one")
    void complaint() throws Exception {
        Launch second = classPath(List.of(), "train", "--lr", "-1");
        Launch only = jar(Jvm.own(), List.of(), "train", "--lr", "-1");

        assertThat(second.code()).isEqualTo(2);
        assertThat(second.errors()).contains("learning rate: wanted a positive finite number");
        assertThat(List.of(second.second(), only.second())).containsExactly(true, false);
        assertThat(only.errors()).isEqualTo(second.errors());
        assertThat(only.code()).isEqualTo(second.code());
    }

    /** Prints how {@link VectorModule} fares, first where the JDK's own method is missing. */
    static final class Loading {

        private static final String GONE = "jdk.internal.module.Gone";

        private Loading() {
        }

        public static void main(String[] args) {
            System.out.println(VectorModule.option(GONE) + " " + VectorModule.load(GONE) + " " + Kernel.fastest());
            System.out.println(VectorModule.option() + " " + VectorModule.load() + " " + Kernel.fastest());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jvms")
    @DisplayName("where the JDK's method is missing or not exported, loops compute, and the second JVM gets the option for its JDK")
    void fallback(Jvm jvm) {
        String export = "--add-exports=java.base/jdk.internal.module=ALL-UNNAMED";

        assertThat(jvm.run(List.of(export), Loading.class)).containsExactly(
                "--add-modules=jdk.incubator.vector false LOOPS", export + " true VECTOR");
        assertThat(jvm.run(List.of(), Loading.class)).containsExactly(
                "--add-modules=jdk.incubator.vector false LOOPS", export + " false LOOPS");
    }
}
