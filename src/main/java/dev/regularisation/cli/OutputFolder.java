package dev.regularisation.cli;

import dev.regularisation.experiment.AtomicFiles;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Where results go. */
final class OutputFolder {

    @Option(names = "--out", paramLabel = "DIR",
            description = "Folder for results, made where it is missing; files there are replaced one by one, atomically. "
                    + "Default: reports/ and the command's name.")
    private Path folder;

    /** The folder, after making sure that files can be made in it. */
    Path writable(CommandSpec command) {
        Path chosen = folder == null ? Path.of("reports", command.name()) : folder;
        try {
            AtomicFiles.requireWritable(chosen);
        } catch (IOException e) {
            String reason = e instanceof FileAlreadyExistsException ? "a file of that name is in the way" : e.toString();
            throw new ParameterException(command.commandLine(), "--out: wanted a folder that can be written, got "
                    + chosen + " (" + reason + "); name another folder");
        }
        return chosen;
    }
}
