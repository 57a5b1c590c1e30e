package dev.regularisation.backend.opencl;

import dev.regularisation.backend.Activation;
import dev.regularisation.backend.Precision;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** The kernels of a precision on a device, put together from the files beside this class. */
public final class Programs {

    private Programs() {
    }

    /** The operations of {@link dev.regularisation.backend.Backend}, and the self-test. */
    static KernelSource operations(OpenClDevice device, Precision precision) {
        Map<String, String> names = new TreeMap<>();
        for (Activation f : Activation.values()) {
            names.put(f.name(), Integer.toString(f.ordinal()));
        }
        return program(device, precision, names,
                own("arithmetic.cl") + own("activations.cl") + own("operations.cl") + own("self-test.cl"));
    }

    /**
     * Kernels from elsewhere on the same arithmetic.
     *
     * @param names  what is defined for the source
     * @param source in OpenCL C; {@code arithmetic.cl} is put before it
     */
    public static KernelSource onArithmetic(OpenClDevice device, Precision precision, Map<String, String> names, String source) {
        return program(device, precision, names, own("arithmetic.cl") + source);
    }

    private static KernelSource program(OpenClDevice device, Precision precision, Map<String, String> names, String source) {
        StringBuilder options = new StringBuilder("-cl-std=CL1.2");
        options.append(" -DREAL_BITS=").append(Byte.SIZE * precision.bytes());
        if (device.dividesCorrectly()) {
            options.append(" -cl-fp32-correctly-rounded-divide-sqrt -DCORRECT_DIVISION");
        }
        names.forEach((name, value) -> options.append(" -D").append(name).append('=').append(value));
        return new KernelSource(source, options.toString());
    }

    private static String own(String file) {
        return read(Programs.class, file);
    }

    /** A file beside a class. */
    public static String read(Class<?> beside, String file) {
        try (InputStream in = beside.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
