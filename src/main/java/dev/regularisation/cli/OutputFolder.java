package dev.regularisation.cli;

import dev.regularisation.files.AtomicFiles;
import java.io.IOException;
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
    private Path folder;

    /** The folder, after making sure that files can be made in it and in folders of these names inside it. */
    Path writable(CommandSpec command, List<String> inside) {
        Path chosen = chosen(command);
        requireWritable(command, chosen);
        inside.forEach(name -> requireWritable(command, chosen.resolve(name)));
        return chosen;
    }

    /** The folder, whether it can be written or not. */
    Path chosen(CommandSpec command) {
        return folder == null ? Path.of("reports", command.name()) : folder;
    }

    private static void requireWritable(CommandSpec command, Path folder) {
        try {
            AtomicFiles.requireWritable(folder);
        } catch (IOException e) {
            throw new ParameterException(command.commandLine(), "--out: wanted a folder that can be written, got " + folder
                    + " (" + AtomicFiles.reason(e) + "); name another folder");
        }
    }
}
