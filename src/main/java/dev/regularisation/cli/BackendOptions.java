package dev.regularisation.cli;

import dev.regularisation.backend.Availability;
import dev.regularisation.backend.Backend;
import dev.regularisation.backend.BackendProvider;
import dev.regularisation.backend.Backends;
import dev.regularisation.backend.Precision;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Which backend computes, and in which precision. */
final class BackendOptions {

    @Option(names = "--backend", paramLabel = "NAME", defaultValue = "cpu",
            description = "What computes; \"regularisation backends\" lists them. Default: ${DEFAULT-VALUE}, which gives "
                    + "the same bits everywhere.")
    private String name;

    @Option(names = "--precision", paramLabel = "FORMAT", defaultValue = "float32",
            description = "float32 or float64. Default: ${DEFAULT-VALUE}.")
    private Precision precision;

    /** Makes a backend for each run. Throws before any run where that cannot be, and warns of what makes it slow. */
    Supplier<Backend> backends(CommandSpec command) {
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
        return () -> provider.create(precision);
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

    /** As options print it. */
    static String title(Precision precision) {
        return precision.name().toLowerCase(Locale.ROOT);
    }
}
