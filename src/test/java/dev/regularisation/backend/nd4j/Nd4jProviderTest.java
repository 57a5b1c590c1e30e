package dev.regularisation.backend.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.backend.Availability;
import dev.regularisation.cli.Main;
import dev.regularisation.support.FreshJvm;
import dev.regularisation.support.FreshJvm.Result;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Nd4jProviderTest {

    private static final Predicate<String> NO_NATIVE_CODE =
            jar -> !jar.contains("linux-") && !jar.contains("macosx-") && !jar.contains("windows-");

    @Test
    @DisplayName("Without the classifier jars \"backends\" names the missing library in one line, lists cpu, and prints "
            + "nothing else")
    void withoutNativeLibrary() {
        Result listed = command(NO_NATIVE_CODE, "backends");

        assertThat(listed.code()).isZero();
        assertThat(listed.output().lines().limit(2)).satisfiesExactly(
                cpu -> assertThat(cpu).startsWith("cpu ").contains(" available: "),
                nd4j -> assertThat(nd4j).startsWith("nd4j ").contains("not available: its native library for ")
                        .contains("is missing or cannot be loaded"));
        assertThat(listed.output().lines().skip(2)).allMatch(line -> line.matches("(opencl| +--device) .*"));
    }

    @Test
    @EnabledIfSystemProperty(named = "thorough", matches = "true",
            disabledReason = "every build lists backends without native code")
    @DisplayName("Without the classifier jars cpu trains as ever, and nd4j refuses in one line before it writes anything")
    void otherBackendsStillWork(@TempDir Path folder) {
        String[] small = {"train", "--layers", "50,1", "--epochs", "2", "--out", folder.resolve("run").toString()};

        Result refused = command(NO_NATIVE_CODE, with(small, "--backend", "nd4j"));
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.output()).hasLineCount(1).contains("backend nd4j is not available here: its native library");
        assertThat(folder).isEmptyDirectory();

        assertThat(command(NO_NATIVE_CODE, with(small, "--backend", "cpu")).code()).isZero();
        assertThat(folder.resolve("run/summary.json")).isNotEmptyFile();
    }

    @Test
    @EnabledIfSystemProperty(named = "thorough", matches = "true",
            disabledReason = "every build lists backends without native code")
    @DisplayName("Without an implementation of ND4J \"backends\" says what to add")
    void withoutImplementation() {
        Result listed = command(jar -> !jar.startsWith("nd4j-native-1") && !jar.startsWith("nd4j-cuda-11.6-1"), "backends");

        assertThat(listed.output().lines().toList().get(1)).startsWith("nd4j ").endsWith("not available: no implementation of ND4J is on the class path; add nd4j-native");
    }

    @Test
    @EnabledIfSystemProperty(named = "thorough", matches = "true",
            disabledReason = "only another ND4J, or other settings of its log, can print")
    @DisplayName("With everything there nd4j prints nothing of its own")
    void quiet() {
        Availability here = new Nd4jProvider().availability();

        assertThat(FreshJvm.output(Listing.class, jar -> true, "-Dbackends=opencl")).isEqualToIgnoringNewLines(here.available() + " " + here.detail());
    }

    @ParameterizedTest
    @CsvSource({"3, 5, false", "3, 7, true", "6, 1, true", "8, 6, true", "8, 9, true", "9, 0, false", "10, 0, false"})
    @DisplayName("nd4j-cuda-11.6 runs on compute capabilities 3.7 to 8.9")
    void computeCapability(int major, int minor, boolean runs) {
        assertThat(CudaDevice.obstacle(major, minor).isEmpty()).isEqualTo(runs);
    }

    @Test
    @DisplayName("A missing driver, a driver too old and a missing GPU are told apart")
    void noGpu() {
        UnsatisfiedLinkError noDriver = new UnsatisfiedLinkError(
                "/home/a/.javacpp/cache/cuda.jar/libjnicudart.so: libcuda.so.1: cannot open shared object file");
        UnsatisfiedLinkError noLibrary = new UnsatisfiedLinkError(
                "/home/a/.javacpp/cache/openblas.jar/libjniopenblas.so: libgfortran.so.4: cannot open shared object file");

        Throwable triedAgain = new UnsatisfiedLinkError("no jnicudart in java.library.path: /usr/lib").initCause(noDriver);
        assertThat(Missing.reason(new ExceptionInInitializerError(triedAgain))).startsWith("there is no NVIDIA driver here");
        assertThat(Missing.reason(noLibrary))
                .contains("cannot be loaded (libjniopenblas.so: libgfortran.so.4: cannot open shared object file)");
        assertThat(CudaDevice.failure(35)).startsWith("the NVIDIA driver is older");
        assertThat(CudaDevice.failure(100)).startsWith("there is no NVIDIA GPU here");
        assertThat(CudaDevice.failure(999)).contains("error 999");
    }

    @Test
    @DisplayName("A user is warned when the number of threads is left to ND4J")
    void threadsWarning() {
        assertThat(Nd4jProvider.warning(null)).hasValueSatisfying(text ->
                assertThat(text).contains("OMP_NUM_THREADS=1"));
        assertThat(Nd4jProvider.warning("1")).isEmpty();
    }

    @Test
    @DisplayName("A reason is one line, whatever a library wrote")
    void oneLine() {
        assertThat(Availability.no(" no device\n  at all ").detail()).isEqualTo("no device at all");
        assertThatThrownBy(() -> Availability.yes("a\nb")).isInstanceOf(IllegalArgumentException.class);
    }

    /** The product's own command line with those jars of this class path; without the JVM's remark on its own module. */
    private static Result command(Predicate<String> jars, String... arguments) {
        Result result = FreshJvm.run(List.of("--add-modules=jdk.incubator.vector"), Map.of(), jars, Main.class, arguments);
        return new Result(result.code(), result.output().replaceFirst("WARNING: Using incubator modules.*\\R", ""));
    }

    private static String[] with(String[] arguments, String... more) {
        return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
    }

    /** The main class of that JVM. */
    static final class Listing {

        private Listing() {
        }

        public static void main(String[] args) {
            Availability here = new Nd4jProvider().availability();
            System.out.println(here.available() + " " + here.detail());
        }
    }
}
