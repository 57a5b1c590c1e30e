package dev.regularisation.backend.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.backend.Precision;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.lwjgl.opencl.CL10;

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
    @DisplayName("GPUs are listed first and processors last, in whatever order the driver has them, and the first is meant")
    void order() {
        OpenClLibrary library = OpenClLibrary.of(() -> new FakeBinding("Core", "Card", "GeForce", "Radeon")
                .withType(0, CL10.CL_DEVICE_TYPE_CPU).withType(1, CL10.CL_DEVICE_TYPE_ACCELERATOR));

        assertThat(library.devices()).extracting(device -> device.kind() + " " + device.name())
                .containsExactly("GPU GeForce", "GPU Radeon", "accelerator Card", "CPU Core");
        // None of them computes; what is said is of the one that is meant.
        assertThatThrownBy(() -> library.chosen(Precision.FLOAT32, null)).hasMessageContaining(" here: GPU GeForce (Maker");
        assertThatThrownBy(() -> library.chosen(Precision.FLOAT32, "0")).hasMessageStartingWith("device: GPU GeForce (Maker");
    }

    @Test
    @WhereOpenClIs
    @DisplayName("By default a GPU is meant, a processor where no GPU passes its self-test; one that is named and fails is refused")
    void processorLast() {
        OpenClLibrary sound = OpenClLibrary.of(() -> new ProcessorAndGpu(true));
        OpenClLibrary broken = OpenClLibrary.of(() -> new ProcessorAndGpu(false));

        assertThat(sound.chosen(Precision.FLOAT32, null).kind()).isEqualTo("GPU");
        assertThat(sound.availability(Precision.FLOAT32).detail()).startsWith("GPU ");
        assertThat(sound.chosen(Precision.FLOAT32, "1").kind()).isEqualTo("CPU");
        assertThat(broken.devices()).extracting(OpenClDevice::kind).containsExactly("GPU", "CPU");
        assertThat(broken.chosen(Precision.FLOAT32, null).kind()).isEqualTo("CPU");
        assertThat(broken.availability(Precision.FLOAT32).detail()).startsWith("CPU ");
        assertThatThrownBy(() -> broken.chosen(Precision.FLOAT32, "0")).isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("device: GPU ").hasMessageContaining(": self-test: wrong bits from addition of (");
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

    /** This machine's device twice: as a processor, and after it as a GPU, which computes nothing unless it is sound. */
    private static final class ProcessorAndGpu extends Binding {

        private final long device = OpenClLibrary.here().chosen(Precision.FLOAT32, null).id();
        private final long gpu = ~device;
        private final boolean sound;
        private final Set<Long> gpuQueues = new HashSet<>();

        ProcessorAndGpu(boolean sound) {
            this.sound = sound;
        }

        @Override
        long[] platforms() {
            return new long[1];
        }

        @Override
        long[] devices(long platform) {
            return new long[] {device, gpu};
        }

        @Override
        String text(long id, int what) {
            return super.text(device, what);
        }

        @Override
        long number(long id, int what) {
            return what == CL10.CL_DEVICE_TYPE ? id == gpu ? CL10.CL_DEVICE_TYPE_GPU : CL10.CL_DEVICE_TYPE_CPU
                    : super.number(device, what);
        }

        @Override
        long context(long id) {
            return super.context(device);
        }

        @Override
        long program(long context, long id, String source, String options) {
            return super.program(context, device, source, options);
        }

        @Override
        long queue(long context, long id) {
            long queue = super.queue(context, device);
            if (id == gpu) {
                gpuQueues.add(queue);
            }
            return queue;
        }

        @Override
        void launch(long queue, long kernel, String name, long columns, long rows, long group) {
            if (sound || !gpuQueues.contains(queue)) {
                super.launch(queue, kernel, name, columns, rows, group);
            }
        }
    }
}
