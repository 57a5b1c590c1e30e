package dev.regularisation.cli;

import dev.regularisation.parallel.ParallelRuns;
import picocli.CommandLine.Option;

/** How many runs are trained at a time. */
final class Threads {

    @Option(names = "--threads", paramLabel = "N",
            description = "Runs at a time; results do not depend on it. Default: the number of cores.")
    private int count = Runtime.getRuntime().availableProcessors();

    /** The number; throws where it makes no sense. */
    int required() {
        ParallelRuns.requireThreads(count);
        return count;
    }
}
