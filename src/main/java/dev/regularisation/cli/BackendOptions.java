package dev.regularisation.cli;

import dev.regularisation.backend.Availability;
import dev.regularisation.backend.Backend;
import dev.regularisation.backend.BackendProvider;
import dev.regularisation.backend.Backends;
import dev.regularisation.backend.Precision;
import dev.regularisation.backend.opencl.OpenClDevice;
import dev.regularisation.backend.opencl.OpenClProvider;
import dev.regularisation.data.Problem;
import dev.regularisation.lockstep.LockstepEngine;
import dev.regularisation.study.StudyBasis;
import dev.regularisation.study.StudyEngine;
import dev.regularisation.study.StudyEngineOptions;
import dev.regularisation.study.StudyEngineProvider;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** Which backend computes, and in which precision. */
final class BackendOptions {

    private static final String OPENCL = new OpenClProvider().name();

    @Option(names = "--backend", paramLabel = "NAME", defaultValue = "cpu",
            description = "What computes; \"regularisation backends\" lists them. Default: ${DEFAULT-VALUE}, which gives "
                    + "the same bits everywhere.")
    private String name;

    @Option(names = "--precision", paramLabel = "FORMAT", defaultValue = "float32",
            description = "float32 or float64. Default: ${DEFAULT-VALUE}.")
    private Precision precision;

    @Option(names = "--device", paramLabel = "DEVICE",
            description = "Which device of opencl: its number in \"regularisation backends\", or words of its name. Default: "
                    + "the first GPU that passes its self-test; where none does, what passes.")
    private String device;

    /** Makes a backend for each run. Throws before any run where that cannot be, and warns of what makes it slow. */
    Supplier<Backend> backends(CommandSpec command) {
        BackendProvider provider = available(command);
        // A device that is not there is refused before any run.
        provider.create(precision, device).close();
        return () -> provider.create(precision, device);
    }

    /** The same with another backend or precision, on its first device where it is another backend. */
    BackendOptions with(String otherName, Precision otherPrecision) {
        BackendOptions other = new BackendOptions();
        other.name = otherName;
        other.precision = otherPrecision;
        other.device = otherName.equals(name) ? device : null;
        return other;
    }

    /** What carries out a study: on OpenCL's devices of this machine many runs together, else what the engine's kind makes. */
    StudyEngine engine(CommandSpec command, EngineOptions engines, Long deviceMemory) {
        StudyEngineProvider provider = engines.provider(command);
        StudyEngineOptions options = engines.options(name, precision, device);
        if (!name.equals(OPENCL) && deviceMemory != null) {
            throw new IllegalArgumentException("device memory: wanted none with backend " + name
                    + ", which has no device, got " + deviceMemory + " bytes; leave it out, or use --backend " + OPENCL);
        }
        if (!engines.isLocal()) {
            return provider.create(options);
        }
        if (!name.equals(OPENCL)) {
            // So that one that is not there is refused before the study begins.
            backends(command);
            return provider.create(options);
        }
        options.requireNoCluster(provider.name());
        available(command);
        OpenClDevice chosen = OpenClProvider.device(precision, device);
        long memory = deviceMemory == null ? LockstepEngine.standardMemory(chosen) : deviceMemory;
        if (memory > chosen.memory()) {
            throw new IllegalArgumentException("device memory: wanted at most the " + chosen.memory() + " bytes of "
                    + chosen.description() + ", got " + memory);
        }
        return new LockstepEngine(chosen, precision, memory, engines.threads());
    }

    /** Takes the precision and, where it is meant, the backend of a study, unless others were asked for. */
    void likeThose(CommandSpec command, StudyBasis basis) {
        ParseResult request = command.commandLine().getParseResult();
        if (!request.hasMatchedOption("--precision")) {
            precision = basis.precision();
        }
        if (!request.hasMatchedOption("--backend")) {
            basis.backend().ifPresent(backend -> name = backend);
        }
    }

    /** The basis of a study with this backend. */
    StudyBasis basis(Problem problem) {
        return StudyBasis.of(problem, precision, Backends.named(name).isBitExact() ? Optional.empty() : Optional.of(name));
    }

    private BackendProvider available(CommandSpec command) {
        BackendProvider provider = Backends.named(name);
        requirePrecision(provider, precision);
        Availability availability = provider.availability();
        if (!availability.available()) {
            throw new IllegalStateException("backend " + name + " is not available here: " + availability.detail());
        }
        provider.warning().ifPresent(warning -> {
            command.commandLine().getErr().println(command.qualifiedName() + ": warning: " + warning);
            command.commandLine().getErr().flush();
        });
        return provider;
    }

    /** Refuses a precision in which that backend does not compute, naming the backends that do. */
    static void requirePrecision(BackendProvider provider, Precision precision) {
        if (!provider.precisions().contains(precision)) {
            String others = Backends.all().stream().filter(other -> other.precisions().contains(precision))
                    .map(BackendProvider::name).collect(Collectors.joining(" or "));
            throw new IllegalArgumentException("precision: wanted one that " + provider.name() + " computes in, "
                    + provider.precisions().stream().map(BackendOptions::title).collect(Collectors.joining(" or "))
                    + ", got " + title(precision) + "; use --backend " + others + " for it");
        }
    }

    /** The precision that was asked for. */
    Precision precision() {
        return precision;
    }

    /** The name of the backend that was asked for. */
    String name() {
        return name;
    }

    /** As options print it. */
    static String title(Precision precision) {
        return precision.name().toLowerCase(Locale.ROOT);
    }
}
