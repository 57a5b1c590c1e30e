package dev.regularisation.cli;

import dev.regularisation.files.AtomicFiles;
import dev.regularisation.study.StudyBasis;
import dev.regularisation.training.TrainingPlan;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine;

/** The entry point; without a command it runs {@code post}. */
@Command(
        name = "regularisation",
        description = "Trains the experiments of the post \"Regularisation: the strange secret behind deep learning\".",
        subcommands = {PostCommand.class, TrainCommand.class, PredictCommand.class, StudyCommand.class, AuditCommand.class,
            MergeCommand.class, CompareCommand.class, ExplainCommand.class, BackendsCommand.class},
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "[post | train | predict | study | audit | merge | compare | explain | backends]",
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
        int code = SecondJvm.run(args).orElseGet(() -> heard(commandLine(), args));
        if (code != ExitCode.OK) {
            System.exit(code);
        }
    }

    /** Executes a command; a failure, too, if what it said went nowhere. */
    private static int heard(CommandLine line, String[] args) {
        int code = execute(line, args);
        line.getOut().flush();
        return code == ExitCode.OK && System.out.checkError() ? complain(line, "standard output: could not be written, its disk "
                + "is full or its reader is gone; results in files are whole", ExitCode.SOFTWARE) : code;
    }

    /** Executes a command; its exit code. */
    static int execute(CommandLine line, String[] args) {
        try {
            return line.execute(withCommand(args));
        } catch (OutOfMemoryError e) {
            return complain(line, MemoryLimit.tooLittle("more"), ExitCode.SOFTWARE);
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
        PlanOptions.add(line.getSubcommands().get(TrainCommand.NAME).getCommandSpec(), TrainingPlan.SETTINGS);
        PlanOptions.add(line.getSubcommands().get(CompareCommand.NAME).getCommandSpec(), TrainingPlan.SETTINGS);
        PlanOptions.add(line.getSubcommands().get(ExplainCommand.NAME).getCommandSpec(), TrainingPlan.SETTINGS);
        PlanOptions.add(line.getSubcommands().get(StudyCommand.NAME).getCommandSpec(), StudyBasis.SETTINGS);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        // No argument makes the program read a file that it was not told to read, such as @/dev/zero.
        line.setExpandAtFiles(false);
        line.registerConverter(Path.class, new PathConverter());
        line.setExecutionStrategy(Main::run);
        line.setParameterExceptionHandler(Main::badRequest);
        line.setExecutionExceptionHandler(Main::failure);
        return line;
    }

    private static int run(ParseResult parsed) {
        parsed.asCommandLineList().forEach(line -> ListOptions.requireEveryValue(line.getParseResult()));
        return new RunLast().execute(parsed);
    }

    private static int badRequest(ParameterException problem, String[] args) {
        CommandLine line = problem.getCommandLine();
        return complain(line, problem.getMessage() + "; see " + line.getCommandSpec().qualifiedName() + " --help",
                ExitCode.USAGE);
    }

    private static int failure(Exception problem, CommandLine line, ParseResult parsed) {
        if (problem instanceof IllegalArgumentException) {
            return complain(line, problem.getMessage(), ExitCode.USAGE);
        }
        if (problem instanceof UncheckedIOException unchecked) {
            return failure(unchecked.getCause(), line, parsed);
        }
        if (problem instanceof IOException io) {
            return complain(line, "results could not be written: " + AtomicFiles.reason(io) + "; earlier results and those of "
                    + "finished runs stay as they are; make room or name another folder with --out", ExitCode.SOFTWARE);
        }
        if (problem instanceof CancellationException) {
            // What ended this JVM has been told by then.
            return Interruption.isUnderWay() ? INTERRUPTED : complain(line, problem.getMessage(), INTERRUPTED);
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
