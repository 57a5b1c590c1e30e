package dev.regularisation.backend.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.backend.Availability;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Nd4jProviderTest {

    @Test
    @DisplayName("Without the classifier jars nd4j names the missing library in one line, and prints nothing else")
    void withoutNativeLibrary() {
        String output = listing(jar -> !jar.contains("linux-") && !jar.contains("macosx-") && !jar.contains("windows-"));

        assertThat(output).startsWith("false its native library for ").contains("is missing or cannot be loaded")
                .hasLineCount(1);
    }

    @Test
    @DisplayName("Without an implementation of ND4J nd4j says what to add")
    void withoutImplementation() {
        assertThat(listing(jar -> !jar.startsWith("nd4j-native-1") && !jar.startsWith("nd4j-cuda-11.6-1")))
                .isEqualToIgnoringNewLines("false no implementation of ND4J is on the class path; add nd4j-native");
    }

    @Test
    @DisplayName("With everything there nd4j prints nothing of its own")
    void quiet() {
        Availability here = new Nd4jProvider().availability();

        assertThat(listing(jar -> true)).isEqualToIgnoringNewLines(here.available() + " " + here.detail());
    }

    @ParameterizedTest
    @CsvSource({"3, 5, false", "3, 7, true", "6, 1, true", "8, 6, true", "8, 9, true", "9, 0, false", "10, 0, false"})
    @DisplayName("nd4j-cuda-11.6 runs on compute capabilities 3.7 to 8.9")
    void computeCapability(int major, int minor, boolean runs) {
        assertThat(CudaDevice.obstacle(major, minor).isEmpty()).isEqualTo(runs);
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

    private static String listing(Predicate<String> jars) {
        return FreshJvm.output(Listing.class, jars);
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
