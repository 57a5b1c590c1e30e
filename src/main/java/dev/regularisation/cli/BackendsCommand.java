package dev.regularisation.cli;

import dev.regularisation.backend.Availability;
import dev.regularisation.backend.BackendProvider;
import dev.regularisation.backend.Backends;
import dev.regularisation.backend.Device;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the backends. */
@Command(name = BackendsCommand.NAME,
        description = "Lists the backends: what is available here, and of the others what is missing. GPUs come first among "
                + "the devices of opencl; the first that passes its self-test is meant by default.")
final class BackendsCommand implements Callable<Integer> {

    static final String NAME = "backends";

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        for (BackendProvider provider : Backends.all()) {
            Availability availability = provider.availability();
            out.printf(Locale.ROOT, "%-6s %-17s %s: %s%n", provider.name(),
                    provider.precisions().stream().sorted().map(BackendOptions::title).collect(Collectors.joining(", ")),
                    availability.available() ? "available" : "not available", availability.detail());
            for (Device device : provider.devices()) {
                out.printf(Locale.ROOT, "       --device %d: %s; %s%n", device.number(), device.description(),
                        device.availability().available() ? "self-test passed" : device.availability().detail());
            }
        }
        out.flush();
        return 0;
    }
}
