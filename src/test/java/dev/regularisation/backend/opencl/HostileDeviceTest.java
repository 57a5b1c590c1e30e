package dev.regularisation.backend.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.regularisation.backend.Precision;
import dev.regularisation.backend.cpu.CpuProvider;
import dev.regularisation.backend.opencl.WatchedBinding.Call;
import dev.regularisation.backend.opencl.WatchedBinding.Held;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.data.Problem;
import dev.regularisation.lockstep.LockstepEngine;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.study.LocalThreads;
import dev.regularisation.study.Study;
import dev.regularisation.study.StudyCell;
import dev.regularisation.study.StudyEngine;
import dev.regularisation.study.StudyListener;
import dev.regularisation.study.StudyLog;
import dev.regularisation.study.StudyRow;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lwjgl.opencl.CL10;
import org.lwjgl.opencl.CL12;

/** Whatever is missing, lies, is full or gets lost: one line that says what and what to do, and nothing else suffers. */
class HostileDeviceTest {

    private static final Problem SMALL = new LinearProblem(10, 40, 100, 0.2);
    private static final List<StudyCell> CELLS =
            Study.grid(List.of(PostExperiment.LINEAR), List.of(40), List.of(1L, 2L, 3L, 4L));
    private static final int EPOCHS = CELLS.get(0).plan().epochs();
    /** Room for one run at a time. */
    private static final long LITTLE = 1;

    @TempDir
    private Path folder;

    private static String reason(Supplier<Binding> maker) {
        return reason(maker, Precision.FLOAT32);
    }

    private static String reason(Supplier<Binding> maker, Precision precision) {
        var here = OpenClLibrary.of(maker).availability(precision);
        assertThat(here.available()).isFalse();
        return here.detail();
    }

    private static Supplier<Binding> missing(LinkageError error) {
        return () -> {
            throw error;
        };
    }

    @Test
    @DisplayName("Without jar, native or system's library, driver or device there is no backend, and it says what to install")
    void nothingThere() {
        LinkageError library = new ExceptionInInitializerError(
                new UnsatisfiedLinkError("Failed to locate library: libOpenCL.so.1"));
        LinkageError natives = new UnsatisfiedLinkError("Failed to locate library: liblwjgl.so");
        LinkageError jar = new NoClassDefFoundError("org/lwjgl/PointerBuffer");
        Binding noDriver = new FakeBinding() {
            @Override
            long[] platforms() {
                return new long[0];
            }
        };

        assertThat(reason(missing(library))).isEqualTo("this machine has no OpenCL library; "
                + "install the GPU's driver, or PoCL, which computes on the processor");
        assertThat(reason(missing(natives))).startsWith("the native library of LWJGL for ").contains(" is missing; add ");
        assertThat(reason(missing(jar))).startsWith("a class of LWJGL is missing (org/lwjgl/PointerBuffer); add ");
        assertThat(reason(() -> noDriver)).startsWith("the system's OpenCL library knows no driver; install ");
        assertThat(reason(FakeBinding::new)).startsWith("no driver of OpenCL has a device; install ");
        assertThatThrownBy(() -> OpenClLibrary.of(FakeBinding::new).chosen(Precision.FLOAT32, "0"))
                .hasMessageStartingWith("the opencl backend is not available here: no driver of OpenCL has a device; install ");
    }

    @Test
    @DisplayName("A driver that fails does not hide the devices of another")
    void brokenDriver() {
        Binding binding = new FakeBinding("Good") {
            @Override
            long[] platforms() {
                return new long[] {0, 1};
            }

            @Override
            long[] devices(long platform) {
                if (platform == 0) {
                    throw new OpenClException("clGetDeviceIDs", Status.INVALID_PLATFORM.code());
                }
                return super.devices(platform);
            }
        };

        assertThat(OpenClLibrary.of(() -> binding).devices()).extracting(OpenClDevice::name).containsExactly("Good");
    }

    @Test
    @DisplayName("A device without the arithmetic, or with another than it says, or with a compiler that fails is not used")
    void notToBeTrusted() {
        int single = CL10.CL_DEVICE_SINGLE_FP_CONFIG;
        long whole = FakeBinding.WHOLE_ARITHMETIC;
        long poor = whole & ~(CL10.CL_FP_FMA | CL10.CL_FP_DENORM);
        long noDivision = whole & ~CL12.CL_FP_CORRECTLY_ROUNDED_DIVIDE_SQRT;
        Supplier<FakeBinding> without64 = () -> new FakeBinding("Old").with(CL12.CL_DEVICE_DOUBLE_FP_CONFIG, 0);
        Binding compiler = new FakeBinding("Old") {
            @Override
            long program(long context, long device, String source, String options) {
                throw new OpenClException("clBuildProgram", Status.BUILD_PROGRAM_FAILURE.code(),
                        "warning: it is late\n\n  input.cl:7:3: Error: no such thing\n1 error generated.\n");
            }
        };

        Binding files = new FakeBinding("Old") {
            @Override
            long program(long context, long device, String source, String options) {
                throw new OpenClException("clBuildProgram", Status.BUILD_PROGRAM_FAILURE.code(),
                        "error: <invalid loc>: unable to rename temporary 'a.cl.tmp' to output file 'a.cl'\n");
            }
        };

        assertThat(reason(() -> new FakeBinding("Old").with(single, poor))).isEqualTo("GPU Old (Maker, driver 1.0) has no "
                + "fused multiply-add and no subnormal numbers, which the bits of cpu need; use another device or cpu");
        assertThat(reason(without64::get, Precision.FLOAT64))
                .endsWith(" does not compute in float64; use another device or cpu");
        assertThat(reason(() -> without64.get().with(single, noDivision)))
                .contains(" does not compute in float64, by way of which it would have to divide; use ");
        assertThat(reason(() -> compiler)).isEqualTo("GPU Old (Maker, driver 1.0): opencl: clBuildProgram failed: the driver's "
                + "compiler refused the kernels (CL_BUILD_PROGRAM_FAILURE, -11): input.cl:7:3: Error: no such thing; use cpu, "
                + "which has the same bits, or try again");
        assertThat(reason(() -> files)).contains("start Java with LD_PRELOAD=").contains("libjsig.so, by which they share signals");
        // It says that it has it all, and computes nothing.
        assertThat(reason(() -> new FakeBinding("Old"))).contains(": self-test: wrong bits from addition of (");
    }

    @Test
    @DisplayName("Of memory that is full, at whichever buffer, all that was had is given back")
    void memoryIsFull() {
        for (int status : List.of(-4, -61)) {
            for (int buffers = 0; buffers < 16; buffers++) {
                WatchedBinding binding = new WatchedBinding(new FakeBinding("Full"));
                OpenClDevice device = OpenClLibrary.of(() -> binding).devices().get(0);
                for (StudyEngine engine : List.of(new LockstepEngine(device, Precision.FLOAT32, LITTLE, 1),
                        new LocalThreads(() -> new OpenClBackend(device, Precision.FLOAT32), 1))) {
                    binding.failAfter(buffers, Call.BUFFER, status);
                    assertThatThrownBy(() -> engine.run(SMALL, CELLS, row -> { })).hasMessageMatching("opencl: clCreateBuffer "
                            + "of \\d+ bytes failed: .* \\(CL_\\w+, " + status + "\\); ask for fewer .*--device-memory");
                    assertThat(binding.held()).as(status + " after " + buffers + " buffers").isEqualTo(Held.NOTHING);
                }
            }
        }
    }

    @Test
    @DisplayName("A device that is lost in the middle of a run ends it with one line, and is let go")
    void lostInARun() {
        TrainingPlan plan = PostExperiment.LINEAR.plan(SMALL, 1, 40);
        for (Map.Entry<Call, Integer> fault : Map.of(Call.LAUNCH, -5, Call.READ, -36).entrySet()) {
            WatchedBinding binding = new WatchedBinding(new FakeBinding("Lost"));
            OpenClDevice device = OpenClLibrary.of(() -> binding).devices().get(0);
            binding.failAfter(1000, fault.getKey(), fault.getValue());
            // Nor does it end its queue.
            binding.failAfter(0, Call.FINISH, fault.getValue());

            Throwable failure;
            try (OpenClBackend backend = new OpenClBackend(device, Precision.FLOAT32)) {
                failure = catchThrowable(() -> TrainingLoop.train(plan, backend));
                assertThat(binding.held().buffers()).isPositive();
            }

            assertThat(failure).hasMessageMatching("opencl: (kernel \\w+|clEnqueueReadBuffer) failed: the device .*was lost "
                    + "\\(CL_(OUT_OF_RESOURCES|INVALID_COMMAND_QUEUE), " + fault.getValue() + "\\); use cpu, .* or try again");
            assertThat(binding.held()).isEqualTo(Held.NOTHING);
        }
    }

    @Test
    @WhereOpenClIs
    @DisplayName("What a device has no room for goes one operation at a time, with a line that says so, to the rows of cpu")
    void oneOperationAtATime() {
        OpenClDevice device = OpenClLibrary.of(() -> new Binding() {
            @Override
            long number(long id, int what) {
                return what == CL10.CL_DEVICE_LOCAL_MEM_SIZE ? 16 : super.number(id, what);
            }
        }).devices().get(0);
        List<StudyCell> cells = Study.grid(List.of(PostExperiment.LINEAR), List.of(40), List.of(1L));
        List<StudyRow> rows = new ArrayList<>();
        List<String> remarks = new ArrayList<>();

        new LockstepEngine(device, Precision.FLOAT32, LITTLE, 1).run(SMALL, cells, new StudyListener() {
            @Override
            public void ended(StudyRow row) {
                rows.add(row);
            }

            @Override
            public void remark(String line) {
                remarks.add(line);
            }
        });

        assertThat(remarks).singleElement().asString().startsWith("1 run goes to the device one operation at a time, which is slow: ")
                .endsWith(" bytes, of which a work-group holds 16");
        List<StudyRow> cpu = new ArrayList<>();
        new LocalThreads(() -> new CpuProvider().create(Precision.FLOAT32), 1).run(SMALL, cells, cpu::add);
        assertThat(rows).isEqualTo(cpu);
    }

    @Test
    @WhereOpenClIs
    @DisplayName("A study whose device is lost keeps its finished rows, and goes on with a healthy one to the rows of cpu")
    void lostInAStudy() throws IOException {
        WatchedBinding binding = new WatchedBinding(new Binding());
        OpenClDevice device = OpenClLibrary.of(() -> binding).devices().get(0);
        StudyEngine engine = new LockstepEngine(device, Precision.FLOAT32, LITTLE, 1);
        // Three launches an epoch, epoch 0 too.
        binding.failAfter(3L * (EPOCHS + 1) * 2 + 700, Call.LAUNCH, Status.OUT_OF_RESOURCES.code());

        assertThatThrownBy(() -> run(engine))
                .hasMessageMatching("opencl: kernel \\w+ failed: .* \\(CL_OUT_OF_RESOURCES, -5\\); use cpu.*");

        assertThat(binding.held()).isEqualTo(Held.NOTHING);
        try (StudyLog log = StudyLog.open(folder)) {
            assertThat(log.rows()).extracting(StudyRow::cell).containsExactlyElementsOf(CELLS.subList(0, 2));
        }
        OpenClDevice healthy = OpenClProvider.device(Precision.FLOAT32, null);
        assertThat(run(new LockstepEngine(healthy, Precision.FLOAT32, 1 << 20, 1))).isEqualTo(rowsOfCpu());
    }

    private List<StudyRow> run(StudyEngine engine) throws IOException {
        try (StudyLog log = StudyLog.open(folder)) {
            Study.run(SMALL, CELLS, log, engine, row -> { });
            return log.rows();
        }
    }

    private static List<StudyRow> rowsOfCpu() {
        List<StudyRow> rows = new ArrayList<>();
        new LocalThreads(() -> new CpuProvider().create(Precision.FLOAT32), 1).run(SMALL, CELLS, rows::add);
        rows.sort(Comparator.comparing(StudyRow::cell));
        return rows;
    }
}
