package dev.regularisation.cli;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.cpu.CpuBackend;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** Which backend computes. */
final class BackendOptions {

    @Option(names = "--backend", paramLabel = "NAME", defaultValue = CpuBackend.NAME,
            description = "What computes: cpu. Default: ${DEFAULT-VALUE}, which gives the same bits everywhere.")
    private String backend;

    /** Makes a backend for each run; throws before any run where there is none of that name. */
    Supplier<Backend> backends() {
        if (!backend.equals(CpuBackend.NAME)) {
            throw new IllegalArgumentException("--backend: wanted cpu, got " + backend);
        }
        return CpuBackend::new;
    }
}
