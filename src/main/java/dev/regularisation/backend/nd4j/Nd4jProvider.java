package dev.regularisation.backend.nd4j;

import dev.regularisation.backend.Availability;
import dev.regularisation.backend.Backend;
import dev.regularisation.backend.BackendProvider;
import dev.regularisation.backend.Precision;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Offers {@link Nd4jBackend} where ND4J and its native code can be loaded. */
public final class Nd4jProvider implements BackendProvider {

    private static final String THREADS = "OMP_NUM_THREADS";

    @Override
    public String name() {
        return Nd4jBackend.NAME;
    }

    @Override
    public Set<Precision> precisions() {
        return Collections.unmodifiableSet(EnumSet.allOf(Precision.class));
    }

    @Override
    public Availability availability() {
        try {
            return Nd4jLibrary.availability();
        } catch (LinkageError e) {
            return Availability.no(Missing.reason(e));
        }
    }

    @Override
    public Backend create(Precision precision) {
        Availability here = availability();
        if (!here.available()) {
            throw new IllegalStateException(
                    "the nd4j backend is not available here: " + here.detail() + "; use cpu, which runs everywhere");
        }
        return new Nd4jBackend(precision);
    }

    /** ND4J reads the number of threads from the environment, before any Java code runs. */
    @Override
    public Optional<String> warning() {
        return warning(System.getenv(THREADS));
    }

    static Optional<String> warning(String threads) {
        return threads != null && !threads.isBlank() ? Optional.empty() : Optional.of(THREADS
                + " is not set: nd4j will use every core, which makes networks as small as the post's several times slower"
                + " and runs on other machines less alike; set " + THREADS + "=1 before starting Java");
    }
}
