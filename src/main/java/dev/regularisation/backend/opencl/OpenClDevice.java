package dev.regularisation.backend.opencl;

import dev.regularisation.backend.Availability;
import dev.regularisation.backend.Precision;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lwjgl.opencl.CL10;
import org.lwjgl.opencl.CL12;

/**
 * A device that a driver of this machine offers, with what it reports of itself, one context, and the programs built for it,
 * which all backends on it share.
 */
public final class OpenClDevice {

    /** What a kernel needs of the arithmetic in binary32, as bits of {@code CL_DEVICE_SINGLE_FP_CONFIG}. */
    private static final Map<String, Long> NEEDED = Map.of(
            "subnormal numbers", Long.valueOf(CL10.CL_FP_DENORM), "infinities and NaN", Long.valueOf(CL10.CL_FP_INF_NAN),
            "rounding to nearest", Long.valueOf(CL10.CL_FP_ROUND_TO_NEAREST), "fused multiply-add", Long.valueOf(CL10.CL_FP_FMA));

    private final Binding binding;
    private final long id;
    private final String name;
    private final String driver;
    private final long type;
    private final long single;
    private final long binary64;
    private final long memory;
    private final long largestBuffer;
    private final long localMemory;
    private final int computeUnits;
    private final Map<String, Long> programs = new HashMap<>();
    private final Map<Precision, Availability> tried = new EnumMap<>(Precision.class);
    private long context;

    OpenClDevice(Binding binding, long id) {
        this.binding = binding;
        this.id = id;
        this.name = binding.text(id, CL10.CL_DEVICE_NAME);
        this.driver = binding.text(id, CL10.CL_DEVICE_VENDOR) + ", driver " + binding.text(id, CL10.CL_DRIVER_VERSION);
        this.type = binding.number(id, CL10.CL_DEVICE_TYPE);
        this.single = binding.number(id, CL10.CL_DEVICE_SINGLE_FP_CONFIG);
        this.binary64 = binding.number(id, CL12.CL_DEVICE_DOUBLE_FP_CONFIG);
        this.memory = binding.number(id, CL10.CL_DEVICE_GLOBAL_MEM_SIZE);
        this.largestBuffer = binding.number(id, CL10.CL_DEVICE_MAX_MEM_ALLOC_SIZE);
        this.localMemory = binding.number(id, CL10.CL_DEVICE_LOCAL_MEM_SIZE);
        this.computeUnits = (int) binding.number(id, CL10.CL_DEVICE_MAX_COMPUTE_UNITS);
    }

    Binding binding() {
        return binding;
    }

    long id() {
        return id;
    }

    /** As its driver names it. */
    public String name() {
        return name;
    }

    /** Maker and version of the driver. */
    public String driver() {
        return driver;
    }

    /** Whether it is a GPU. */
    public boolean isGpu() {
        return (type & CL10.CL_DEVICE_TYPE_GPU) != 0;
    }

    /** Whether it is the processor of this machine under another name. */
    public boolean isCpu() {
        return (type & CL10.CL_DEVICE_TYPE_CPU) != 0;
    }

    /** GPU, CPU or accelerator. */
    public String kind() {
        return isGpu() ? "GPU" : isCpu() ? "CPU" : "accelerator";
    }

    /** Bytes of its memory. */
    public long memory() {
        return memory;
    }

    /** Bytes of the largest buffer that it allows. */
    public long largestBuffer() {
        return largestBuffer;
    }

    /** Bytes that the work-items of a group can share. */
    public long localMemory() {
        return localMemory;
    }

    /** How many groups of work-items it can work on side by side, at least. */
    public int computeUnits() {
        return computeUnits;
    }

    /** Whether it computes in binary64. */
    public boolean hasBinary64() {
        return (binary64 & CL10.CL_FP_FMA) != 0;
    }

    /** Whether it says that it divides and takes roots in binary32 correctly rounded. */
    boolean dividesCorrectly() {
        return (single & CL12.CL_FP_CORRECTLY_ROUNDED_DIVIDE_SQRT) != 0;
    }

    /** The arithmetic that it reports, in words. */
    public String arithmetic() {
        List<String> words = new ArrayList<>();
        words.add("float32 with " + (dividesCorrectly() ? "correctly rounded division" : "division by way of float64"));
        words.add(hasBinary64() ? "float64" : "no float64");
        return String.join(", ", words);
    }

    /** Kind, name and driver in one line. */
    public String description() {
        return kind() + " " + name + " (" + driver + ")";
    }

    /**
     * Whether it can be trusted with a precision: what it reports is enough, the kernels compile, and the self-test finds no
     * wrong bit. Tried once.
     */
    public synchronized Availability availability(Precision precision) {
        return tried.computeIfAbsent(precision, this::attempt);
    }

    private Availability attempt(Precision precision) {
        List<String> missing = NEEDED.entrySet().stream().filter(need -> (single & need.getValue()) == 0)
                .map(Map.Entry::getKey).sorted().toList();
        if (!missing.isEmpty()) {
            return Availability.no(description() + " has no " + String.join(" and no ", missing)
                    + ", which the bits of cpu need; use another device or cpu");
        }
        if (!hasBinary64() && (precision == Precision.FLOAT64 || !dividesCorrectly())) {
            return Availability.no(description() + " does not compute in float64"
                    + (precision == Precision.FLOAT64 ? "" : ", by way of which it would have to divide")
                    + "; use another device or cpu");
        }
        try (OpenClSession session = new OpenClSession(this, Programs.operations(this, precision))) {
            return new SelfTest(session, precision).run().map(wrong -> Availability.no(description() + ": " + wrong))
                    .orElseGet(() -> Availability.yes(description()));
        } catch (OpenClException e) {
            return Availability.no(description() + ": " + e.getMessage());
        }
    }

    /** Its context, made when it is first needed. */
    synchronized long context() {
        if (context == 0) {
            context = binding.context(id);
        }
        return context;
    }

    /** A program, built when it is first asked for and kept. */
    synchronized long program(KernelSource program) {
        return programs.computeIfAbsent(program.options() + "\n" + program.source(),
                key -> binding.program(context(), id, program.source(), program.options()));
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s, %d compute units, %.1f GiB, %s", description(), computeUnits,
                memory / (double) (1L << 30), arithmetic());
    }
}
