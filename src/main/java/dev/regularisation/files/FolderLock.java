package dev.regularisation.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a folder of results for one run at a time, so that files of two runs are never mixed. The operating system holds the
 * lock and drops it when the process ends, however it ends. The file {@code .lock} stays: deleting it would let two runs lock
 * two files of that name.
 */
public final class FolderLock implements AutoCloseable {

    private static final String FILE = ".lock";
    /** Far behind the text of the file, which another process can then read on Windows too. */
    private static final long POSITION = Long.MAX_VALUE - 1;

    private final Path file;
    private FileChannel channel;

    private FolderLock(Path file) {
        this.file = file;
    }

    /**
     * Takes the folder, which is made where it is missing, and deletes what a run that was killed left half-written there.
     *
     * @throws IOException           when the folder cannot be used
     * @throws IllegalStateException when another run has it now
     */
    public static FolderLock of(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        FolderLock lock = new FolderLock(file);
        try {
            AtomicFiles.naming(file, lock::take);
            AtomicFiles.removeLeftovers(folder);
            return lock;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private void take() throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            throw new IllegalStateException("wanted " + file.getParent() + " for this run alone, but another run" + holder()
                    + " is writing to it now; wait for it or name another folder");
        }
        channel.truncate(0);
        channel.write(StandardCharsets.US_ASCII.encode(Long.toString(ProcessHandle.current().pid())));
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(POSITION, 1, false);
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private String holder() throws IOException {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        return text.matches("\\d{1,19}") ? " (process " + text + ")" : "";
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
