package dev.regularisation.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;

/**
 * A command executed in this JVM.
 *
 * @param code exit code
 * @param out  standard output
 * @param err  standard error
 */
record Run(int code, String out, String err) {

    static Run of(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int code = Main.execute(line, args);
        return new Run(code, out.toString(), err.toString());
    }

    static Run of(List<String> args) {
        return of(args.toArray(String[]::new));
    }
}
