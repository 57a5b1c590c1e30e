package dev.regularisation.backend.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.backend.Precision;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Which device a user means, and what a status means to a user. */
class OpenClLibraryTest {

    private static final OpenClLibrary THREE =
            OpenClLibrary.of(() -> new FakeBinding("GeForce 1", "Radeon 8 Pro", "GeForce 2"));

    private static String chosen(String wanted) {
        try {
            return THREE.chosen(Precision.FLOAT32, wanted).name();
        } catch (IllegalStateException untrusted) {
            // These devices compute nothing, and the self-test says so of the one that was chosen.
            assertThat(untrusted).hasMessageContaining(": self-test: wrong bits from addition of ");
            return untrusted.getMessage().replaceAll(".*: GPU (.*) \\(Maker.*", "$1");
        }
    }

    @Test
    @DisplayName("A device is meant by number, by words of its name in any case, or by nothing; none and several are refused")
    void choice() {
        assertThat(List.of("0", " 1 ", "2", "radeon", "FORCE 2", " 8 pro ")).extracting(OpenClLibraryTest::chosen)
                .containsExactly("GeForce 1", "Radeon 8 Pro", "GeForce 2", "Radeon 8 Pro", "GeForce 2", "Radeon 8 Pro");
        assertThatThrownBy(() -> THREE.chosen(Precision.FLOAT32, null)).isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("the opencl backend is not available here: GPU GeForce 1 (Maker, driver 1.0): self-");
        assertThatThrownBy(() -> THREE.chosen(Precision.FLOAT32, "geforce")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("device: wanted a number from 0 to 2 or words that one device's name has, got \"geforce\", which 2 "
                        + "have; \"regularisation backends\" lists them");
        for (String wrong : List.of("3", "-1", "Arc", "", " ")) {
            assertThatThrownBy(() -> OpenClLibrary.of(() -> new FakeBinding("GeForce")).chosen(Precision.FLOAT32, wrong))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("\"" + wrong + "\", which none has; ");
        }
    }

    @Test
    @WhereOpenClIs
    @DisplayName("The same device of this machine is meant by default, by its number and by its whole name")
    void chosenHere() {
        OpenClDevice device = OpenClLibrary.here().chosen(Precision.FLOAT32, null);

        assertThat(OpenClLibrary.here().chosen(Precision.FLOAT64, "" + OpenClLibrary.here().devices().indexOf(device)))
                .isSameAs(device);
        assertThat(device.availability(Precision.FLOAT32).detail()).isEqualTo(device.description());
    }

    @Test
    @DisplayName("A status is described by meaning, name and number; one that no header names by its number")
    void status() {
        assertThat(Status.describe(-4)).isEqualTo("the device's memory is full (CL_MEM_OBJECT_ALLOCATION_FAILURE, -4)");
        assertThat(Status.describe(-9999)).isEqualTo("OpenCL error -9999");
        assertThat(Status.values()).extracting(Status::code).doesNotHaveDuplicates().allMatch(code -> code < 0);
        assertThat(new OpenClException("clFinish", -9999)).hasMessage(
                "opencl: clFinish failed: OpenCL error -9999; use cpu, which has the same bits, or try again");
    }
}
