package dev.regularisation.backend.nd4j;

import java.lang.reflect.Method;
import java.util.Optional;

/**
 * The GPU that ND4J would use. The CUDA classes are there in the build for CUDA only, so they are called by name.
 *
 * <p>nd4j-cuda-11.6 holds machine code for compute capabilities 3.7 to 8.6 and nothing that a driver could translate for a
 * later one: it runs on generations 3 to 8.
 */
final class CudaDevice {

    private static final int ATTRIBUTE_MAJOR = 75;
    private static final int ATTRIBUTE_MINOR = 76;
    private static final int INSUFFICIENT_DRIVER = 35;
    private static final int NO_DEVICE = 100;

    private CudaDevice() {
    }

    /** Why device 0 cannot run ND4J's kernels. */
    static Optional<String> obstacle() throws ReflectiveOperationException {
        Method query = Class.forName("org.bytedeco.cuda.global.cudart")
                .getMethod("cudaDeviceGetAttribute", int[].class, int.class, int.class);
        return obstacle(attribute(query, ATTRIBUTE_MAJOR), attribute(query, ATTRIBUTE_MINOR));
    }

    static Optional<String> obstacle(int major, int minor) {
        boolean runs = major >= 4 && major <= 8 || major == 3 && minor >= 7;
        return runs ? Optional.empty() : Optional.of("the GPU has compute capability " + major + "." + minor
                + "; nd4j-cuda-11.6 runs on 3.7 to 8.9 (Kepler to Ada)");
    }

    private static int attribute(Method query, int attribute) throws ReflectiveOperationException {
        int[] value = new int[1];
        Object error = query.invoke(null, value, attribute, 0);
        if (!Integer.valueOf(0).equals(error)) {
            throw new IllegalStateException(failure((Integer) error));
        }
        return value[0];
    }

    /** What an error code of the CUDA runtime means for a user. */
    static String failure(int error) {
        return switch (error) {
            case INSUFFICIENT_DRIVER -> "the NVIDIA driver is older than CUDA 11.6 allows; update it";
            case NO_DEVICE -> "there is no NVIDIA GPU here, or CUDA_VISIBLE_DEVICES hides it";
            default -> "CUDA cannot describe device 0 (error " + error + ")";
        };
    }
}
