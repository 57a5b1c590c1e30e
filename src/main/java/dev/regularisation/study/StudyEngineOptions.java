package dev.regularisation.study;

import dev.regularisation.backend.Precision;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What was asked of an engine.
 *
 * @param backend   name of the backend that each run is trained with
 * @param precision in which it computes
 * @param device    which of the backend's devices; empty for the one that is meant by default
 * @param threads   runs at a time on this machine; engines on other machines have no use for it
 * @param master    where the cluster is, in the engine's own form; empty where the engine is to know it otherwise
 * @param cores     at most so many of a cluster's cores; empty for all that it gives
 */
public record StudyEngineOptions(String backend, Precision precision, Optional<String> device, int threads,
        Optional<String> master, OptionalInt cores) {

    /** Throws where a number of cores is not positive. */
    public StudyEngineOptions {
        cores.ifPresent(count -> {
            if (count < 1) {
                throw new IllegalArgumentException("cores: wanted at least 1, got " + count);
            }
        });
    }

    /** Throws where a cluster is asked of an engine that stays on this machine. */
    public void requireNoCluster(String engine) {
        master.ifPresent(url -> {
            throw new IllegalArgumentException("master: wanted none with engine " + engine + ", which stays on this machine, got "
                    + url + "; leave it out, or name the engine of that cluster with --engine");
        });
        cores.ifPresent(count -> {
            throw new IllegalArgumentException("cores: wanted none with engine " + engine + ", which stays on this machine, got "
                    + count + "; say --threads " + count);
        });
    }
}
