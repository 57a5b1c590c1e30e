package dev.regularisation.cli;

import dev.regularisation.files.AtomicFiles;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Where results go. */
final class OutputFolder {

    @Option(names = "--out", paramLabel = "DIR",
            description = "Folder for results, made where it is missing; files there are replaced one by one, atomically. "
                    + "Default: reports/ and the command's name.")
    private String folder;

    /** The folder, after making sure that files can be made in it and in folders of these names inside it. */
    Path writable(CommandSpec command, List<String> inside) {
        Path chosen = chosen(command);
        requireWritable(command, chosen);
        inside.forEach(name -> requireWritable(command, chosen.resolve(name)));
        return chosen;
    }

    /** The folder, whether it can be written or not. */
    Path chosen(CommandSpec command) {
        if (folder == null) {
            return Path.of("reports", command.name());
        }
        // A variable that is not set, as in --out "$results", is no wish to fill the working directory.
        if (folder.isBlank()) {
            throw refusal(command, "\"" + folder + "\"", "a name without a letter");
        }
        try {
            return Path.of(folder);
        } catch (InvalidPathException e) {
            throw refusal(command, "\"" + folder + "\"", e.getReason());
        }
    }

    private static void requireWritable(CommandSpec command, Path folder) {
        try {
            AtomicFiles.requireWritable(folder);
        } catch (IOException e) {
            throw refusal(command, folder.toString(), AtomicFiles.reason(e));
        }
    }

    private static ParameterException refusal(CommandSpec command, String got, String reason) {
        return new ParameterException(command.commandLine(), "--out: wanted a folder that can be written, got " + got
                + " (" + reason + "); name another folder");
    }
}
