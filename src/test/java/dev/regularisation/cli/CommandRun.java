package dev.regularisation.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A command executed in this JVM.
 *
 * @param code exit code
 * @param out  standard output
 * @param err  standard error
 */
public record CommandRun(int code, String out, String err) {

    /** No command of a test takes a tenth of it. */
    private static final long LIMIT_SECONDS = 120;

    /** Executes a command; one that hangs, or throws where it should complain, is a failure. */
    public static CommandRun of(String... args) {
        FutureTask<CommandRun> run = new FutureTask<>(() -> execute(args));
        Thread thread = new Thread(run, "command");
        thread.setDaemon(true);
        thread.start();
        try {
            return run.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            thread.interrupt();
            throw new AssertionError("still busy after " + LIMIT_SECONDS + " s: " + String.join(" ", args), e);
        } catch (ExecutionException e) {
            throw new AssertionError("threw: " + String.join(" ", args), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a command ran", e);
        }
    }

    /** Executes a command. */
    public static CommandRun of(List<String> args) {
        return of(args.toArray(String[]::new));
    }

    /**
     * Reads a command line, as one text, without executing it.
     *
     * @throws CommandLine.ParameterException if the program does not know it
     */
    public static void parse(String arguments) {
        Main.commandLine().parseArgs(Main.withCommand(arguments.split(" ")));
    }

    /** The options of a command, but for help and where its results go. */
    public static List<String> options(String command) {
        return Main.commandLine().getSubcommands().get(command).getCommandSpec().options().stream()
                .filter(option -> !option.usageHelp() && !option.versionHelp())
                .map(OptionSpec::longestName).filter(name -> !name.equals("--out")).toList();
    }

    private static CommandRun execute(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int code = Main.execute(line, args);
        return new CommandRun(code, out.toString(), err.toString());
    }
}
