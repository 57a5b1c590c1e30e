package dev.regularisation.cli;

import dev.regularisation.backend.Precision;
import dev.regularisation.parallel.ParallelRuns;
import dev.regularisation.study.LocalProvider;
import dev.regularisation.study.StudyEngineOptions;
import dev.regularisation.study.StudyEngineProvider;
import dev.regularisation.study.StudyEngines;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What carries out the runs of a study, and where. */
final class EngineOptions {

    private static final String THREADS = "--threads";

    @Option(names = "--engine", paramLabel = "NAME", defaultValue = LocalProvider.NAME,
            description = "What carries out the runs: local, threads of this machine, or spark, a cluster, where its jar is on the "
                    + "class path. Rows do not depend on it. Default: ${DEFAULT-VALUE}.")
    private String name;

    @Option(names = "--master", paramLabel = "URL",
            description = "With engine spark the cluster's master, such as spark://host:7077. Default: that of spark-submit.")
    private String master;

    @Option(names = "--cores", paramLabel = "N",
            description = "With engine spark the cluster's cores that are taken at most. Default: all it gives.")
    private Integer cores;

    @Option(names = THREADS, paramLabel = "N",
            description = "Runs at a time with engine local, with backend opencl threads that draw for the device; rows do not "
                    + "depend on it. Default: the number of cores.")
    private int threads = Runtime.getRuntime().availableProcessors();

    /** Throws where the number of threads makes no sense. */
    void requireThreads() {
        ParallelRuns.requireThreads(threads);
    }

    /** The kind of engine that was asked for. */
    StudyEngineProvider provider(CommandSpec command) {
        StudyEngineProvider provider = StudyEngines.named(name);
        if (!isLocal() && command.commandLine().getParseResult().hasMatchedOption(THREADS)) {
            throw new IllegalArgumentException("threads: wanted none with engine " + name + ", which takes cores of other machines, got "
                    + threads + "; say --cores " + threads);
        }
        return provider;
    }

    boolean isLocal() {
        return name.equals(LocalProvider.NAME);
    }

    int threads() {
        return threads;
    }

    /** What is asked of it, with a backend. */
    StudyEngineOptions options(String backend, Precision precision, String device) {
        return new StudyEngineOptions(backend, precision, Optional.ofNullable(device), threads, Optional.ofNullable(master),
                cores == null ? OptionalInt.empty() : OptionalInt.of(cores));
    }
}
