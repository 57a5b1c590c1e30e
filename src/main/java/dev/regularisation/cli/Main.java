package dev.regularisation.cli;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** The entry point; without a command it runs {@code post}. */
@Command(
        name = "regularisation",
        description = "Trains the experiments of the post \"Regularisation: the strange secret behind deep learning\".",
        subcommands = {PostCommand.class, TrainCommand.class, StudyCommand.class, BackendsCommand.class},
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "[post | train | study | backends]",
        footer = "%nWithout a command, \"post\" runs. Exit codes: 0 done, 1 failed, 2 bad request, 130 interrupted.",
        usageHelpAutoWidth = true)
public final class Main {

    /** Exit code of an interrupted command, as shells have it: 128 + SIGINT. */
    static final int INTERRUPTED = 130;

    private static final List<String> GENERAL = List.of("-h", "--help", "-V", "--version");

    private Main() {
    }

    /** Runs a command and, if it failed, ends the JVM with its exit code. */
    public static void main(String[] args) {
        System.setProperty("java.awt.headless", "true");
        int code = VectorModule.relaunch(args).orElseGet(() -> execute(commandLine(), args));
        if (code != ExitCode.OK) {
            System.exit(code);
        }
    }

    /** Executes a command; its exit code. */
    static int execute(CommandLine line, String[] args) {
        try {
            return line.execute(withCommand(args));
        } catch (OutOfMemoryError e) {
            long heap = Runtime.getRuntime().maxMemory() >> 20;
            return complain(line, "memory: wanted more than the " + heap + " MiB that this JVM may use; ask for fewer "
                    + "samples, dimensions, units or epochs, or start Java with a larger -Xmx", ExitCode.SOFTWARE);
        }
    }

    /** Puts {@code post} before arguments that name no command: none at all, or its options. */
    static String[] withCommand(String[] args) {
        if (args.length > 0 && (!args[0].startsWith("-") || GENERAL.contains(args[0]))) {
            return args;
        }
        String[] result = new String[args.length + 1];
        result[0] = PostCommand.NAME;
        System.arraycopy(args, 0, result, 1, args.length);
        return result;
    }

    /** The command line, ready to execute. */
    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Main());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler(Main::badRequest);
        line.setExecutionExceptionHandler(Main::failure);
        return line;
    }

    private static int badRequest(ParameterException problem, String[] args) {
        CommandLine line = problem.getCommandLine();
        return complain(line, problem.getMessage() + "; see " + line.getCommandSpec().qualifiedName() + " --help",
                ExitCode.USAGE);
    }

    private static int failure(Exception problem, CommandLine line, CommandLine.ParseResult parsed) {
        if (problem instanceof IllegalArgumentException) {
            return complain(line, problem.getMessage(), ExitCode.USAGE);
        }
        if (problem instanceof UncheckedIOException io) {
            return complain(line, "results could not be written: " + io.getCause(), ExitCode.SOFTWARE);
        }
        if (problem instanceof CancellationException) {
            return complain(line, problem.getMessage(), INTERRUPTED);
        }
        String message = problem.getMessage() == null ? problem.getClass().getSimpleName() : problem.getMessage();
        return complain(line, message, ExitCode.SOFTWARE);
    }

    private static int complain(CommandLine line, String message, int code) {
        PrintWriter err = line.getErr();
        err.println(line.getCommandSpec().qualifiedName() + ": " + message.lines().findFirst().orElse(""));
        err.flush();
        return code;
    }

    /** Version of the jar, Java and platform. */
    static final class Version implements CommandLine.IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {
                "regularisation " + (version == null ? "(built from source)" : version),
                "Java " + System.getProperty("java.runtime.version") + ", " + System.getProperty("os.name") + " "
                        + System.getProperty("os.arch")
            };
        }
    }
}
