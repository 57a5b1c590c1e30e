package dev.regularisation.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Replaces files so that a reader, a run that dies, or a machine that loses power finds the old content or the new, never part
 * of one: contents are forced to the disk before the first file gets its name, and names before a method returns.
 */
public final class AtomicFiles {

    /** What {@link #temporary} makes, and nobody else is likely to. */
    private static final Pattern TEMPORARY =
            Pattern.compile("\\..+\\.[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\.part");

    private AtomicFiles() {
    }

    /** Writes the content of a file. */
    @FunctionalInterface
    public interface Content {

        /** Writes to {@code out}, which the caller closes. */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Makes {@code content} the content of {@code file}, by way of a temporary file beside it that is renamed.
     *
     * @throws IOException when it cannot be written, naming {@code file} and the reason; {@code file} is then as it was
     */
    public static void write(Path file, Content content) throws IOException {
        writeTogether(Map.of(file, content));
    }

    /**
     * Makes contents those of files that belong together: all are on the disk before the first gets its name.
     *
     * @throws IOException when one cannot be written, naming it and the reason; all are then as they were, unless
     *                     the names cannot be given though the contents could be written
     */
    public static void writeTogether(Map<Path, Content> contents) throws IOException {
        writeTogether(contents, new Disk());
    }

    static void writeTogether(Map<Path, Content> contents, Disk disk) throws IOException {
        Map<Path, Path> temporaries = new LinkedHashMap<>();
        try {
            for (Map.Entry<Path, Content> entry : contents.entrySet()) {
                Path file = entry.getKey();
                Path folder = file.toAbsolutePath().getParent();
                temporaries.put(file, temporary(folder, file.getFileName().toString()));
                naming(file, () -> {
                    if (Files.isDirectory(file)) {
                        throw new IOException("a folder of that name is in the way");
                    }
                    Files.createDirectories(folder);
                    // Not createTempFile, which would keep the file from everybody but its owner.
                    try (OutputStream out = Files.newOutputStream(temporaries.get(file), StandardOpenOption.CREATE_NEW)) {
                        entry.getValue().writeTo(out);
                    }
                    disk.force(temporaries.get(file));
                });
            }
            Set<Path> folders = new LinkedHashSet<>();
            for (Map.Entry<Path, Path> entry : temporaries.entrySet()) {
                naming(entry.getKey(), () -> disk.rename(entry.getValue(), entry.getKey()));
                folders.add(entry.getKey().toAbsolutePath().getParent());
            }
            for (Path folder : folders) {
                naming(folder, () -> disk.forceNames(folder));
            }
        } finally {
            for (Path temporary : temporaries.values()) {
                Files.deleteIfExists(temporary);
            }
        }
    }

    /** What may fail on a file. */
    @FunctionalInterface
    public interface Work {

        void run() throws IOException;
    }

    /** Runs {@code work}; a failure then names {@code file} and the reason. */
    public static void naming(Path file, Work work) throws IOException {
        try {
            work.run();
        } catch (IOException e) {
            throw new IOException(file + " (" + reason(e) + ")", e);
        }
    }

    private static Path temporary(Path folder, String name) {
        return folder.resolve("." + name + "." + UUID.randomUUID() + ".part");
    }

    /**
     * Makes sure that files can be made in {@code folder}, creating it where it is missing.
     *
     * @throws IOException when not; {@link #reason} says why
     */
    public static void requireWritable(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.delete(Files.createFile(temporary(folder, "writable")));
    }

    /** Deletes the temporary files of runs that were killed; only while no other run writes to {@code folder}. */
    public static void removeLeftovers(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> leftovers = files.filter(Files::isRegularFile)
                    .filter(file -> TEMPORARY.matcher(file.getFileName().toString()).matches()).toList();
            for (Path file : leftovers) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Why the file system refused, in words: Java's messages are often a path alone. */
    public static String reason(IOException refusal) {
        if (refusal instanceof FileAlreadyExistsException exists) {
            return "a file of that name is in the way: " + exists.getFile();
        }
        if (refusal instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (refusal instanceof NoSuchFileException) {
            return "no such file or folder";
        }
        if (refusal instanceof FileSystemException other && other.getReason() != null) {
            return other.getReason();
        }
        return refusal.getMessage() == null ? refusal.getClass().getSimpleName() : refusal.getMessage();
    }
}
