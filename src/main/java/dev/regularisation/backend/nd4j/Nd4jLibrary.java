package dev.regularisation.backend.nd4j;

import dev.regularisation.backend.Availability;
import dev.regularisation.backend.Precision;
import dev.regularisation.backend.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What of ND4J is here. Everything about it may be missing, its classes, its native code, a device, and what is missing
 * comes as an error rather than an exception: so whatever is thrown becomes one line.
 */
final class Nd4jLibrary {

    private static final String JARS = "backends";

    private Nd4jLibrary() {
    }

    /** Tried once: what is missing does not appear while the JVM runs. */
    private static final class Trial {
        static final Availability RESULT = attempt();
    }

    static Availability availability() {
        return Trial.RESULT;
    }

    /** What computes: ND4J's version, its implementation and the number of threads. */
    static String description() {
        int threads = Nd4j.getEnvironment().maxThreads();
        String version = Optional.ofNullable(Nd4j.class.getPackage().getImplementationVersion())
                .map(number -> " " + number).orElse("");
        return "ND4J" + version + " " + (Nd4j.getEnvironment().isCPU() ? "native" : "CUDA") + ", " + threads
                + (threads == 1 ? " thread" : " threads");
    }

    private static Availability attempt() {
        // What loads native code writes its warnings to the error stream otherwise; SLF4J is silent unless asked.
        System.getProperties().putIfAbsent("org.bytedeco.javacpp.logger", "slf4j");
        // ND4J takes a property of so common a name for a list of jars, and without those starts but half.
        String jars = System.clearProperty(JARS);
        try {
            Optional<String> obstacle = obstacle();
            return obstacle.isPresent() ? Availability.no(obstacle.get()) : compute();
        } catch (Exception | LinkageError e) {
            return Availability.no(Missing.reason(e));
        } finally {
            if (jars != null) {
                System.setProperty(JARS, jars);
            }
        }
    }

    /** Why no implementation will run; ND4J itself only logs this. */
    private static Optional<String> obstacle() {
        List<String> reasons = new ArrayList<>();
        for (org.nd4j.linalg.factory.Nd4jBackend implementation
                : ServiceLoader.load(org.nd4j.linalg.factory.Nd4jBackend.class)) {
            Optional<String> reason = obstacle(implementation);
            if (reason.isEmpty()) {
                return Optional.empty();
            }
            reasons.add(reason.get());
        }
        return Optional.of(reasons.isEmpty()
                ? Missing.IMPLEMENTATION
                : String.join("; ", reasons));
    }

    private static Optional<String> obstacle(org.nd4j.linalg.factory.Nd4jBackend implementation) {
        try {
            // Asked first: of a missing driver ND4J prints a stack trace.
            Optional<String> device = implementation.getClass().getName().contains("jcublas")
                    ? CudaDevice.obstacle() : Optional.empty();
            if (device.isPresent() || implementation.isAvailable()) {
                return device;
            }
            return Optional.of(implementation.getClass().getSimpleName() + " is not available");
        } catch (Exception | LinkageError e) {
            return Optional.of(Missing.reason(e));
        }
    }

    /** A product: the first call that needs native code, and on a GPU machine code that fits it. */
    private static Availability compute() {
        try (Nd4jBackend backend = new Nd4jBackend(Precision.FLOAT32)) {
            Tensor three = backend.tensor(1, 1, new double[] {3});
            Tensor product = backend.zeros(1, 1);
            backend.gemm(false, three, false, three, product);
            double nine = backend.read(product)[0];
            return nine == 9
                    ? Availability.yes(description())
                    : Availability.no("its native code computes 3 · 3 = " + nine + "; reinstall it");
        }
    }
}
