package dev.regularisation.experiment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The file of a study, {@code study.csv}: a header and a line for each finished run, on disk before the next one counts.
 *
 * <p>A study that is killed goes on where it stopped: a line that was being written is dropped, whole lines are kept, and
 * their runs are not repeated. A lock keeps a second study out of the folder. When all is done the lines are put in order.
 */
public final class StudyLog implements AutoCloseable {

    /** Name of the file. */
    public static final String FILE = "study.csv";

    private static final String LOCK = ".study.lock";
    private static final String HEADER = String.join(",", StudyRow.COLUMNS);

    private final Path file;
    private final FileChannel lockChannel;
    private FileChannel channel;
    private final Map<StudyCell, StudyRow> rows = new TreeMap<>();

    private StudyLog(Path file, FileChannel lockChannel) throws IOException {
        this.file = file;
        this.lockChannel = lockChannel;
        int whole = read();
        reopen(whole);
        if (whole == 0) {
            append(HEADER);
        }
    }

    private void reopen(long size) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel.truncate(size);
        channel.position(size);
    }

    /**
     * Opens or begins the study in {@code folder}.
     *
     * @throws IOException              when the folder or file cannot be used
     * @throws IllegalArgumentException when another study uses it now, or the file is not one of a study
     */
    public static StudyLog open(Path folder) throws IOException {
        Files.createDirectories(folder);
        FileChannel lockChannel =
                FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = tryLock(lockChannel);
            if (lock == null) {
                throw new IllegalArgumentException("study: another one is writing to " + folder
                        + " now; wait for it or name another folder");
            }
            return new StudyLog(folder.resolve(FILE), lockChannel);
        } catch (IOException | RuntimeException e) {
            lockChannel.close();
            throw e;
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** Reads what is there; the number of bytes of whole lines. */
    private int read() throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        byte[] bytes = Files.readAllBytes(file);
        int whole = bytes.length;
        while (whole > 0 && bytes[whole - 1] != '\n') {
            whole--;
        }
        List<String> lines = new String(bytes, 0, whole, StandardCharsets.UTF_8).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (i == 0) {
                if (!lines.get(0).equals(HEADER)) {
                    throw broken(1, "wanted the header " + HEADER);
                }
                continue;
            }
            try {
                StudyRow row = StudyRow.parse(lines.get(i));
                rows.put(row.cell(), row);
            } catch (IllegalArgumentException e) {
                throw broken(i + 1, e.getMessage());
            }
        }
        return whole;
    }

    private IllegalArgumentException broken(int line, String what) {
        return new IllegalArgumentException(file + ", line " + line + ": " + what
                + "; mend or move the file, or name another folder");
    }

    /** Whether the run of that cell is on disk. */
    public synchronized boolean has(StudyCell cell) {
        return rows.containsKey(cell);
    }

    /** The finished runs, in the order of their cells. */
    public synchronized List<StudyRow> rows() {
        return List.copyOf(rows.values());
    }

    /** Puts a finished run on disk. */
    public synchronized void add(StudyRow row) throws IOException {
        append(row.line());
        rows.put(row.cell(), row);
    }

    private void append(String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(false);
    }

    /** Puts the lines in the order of their cells, so that the file does not tell in which order runs ended. */
    public synchronized void sort() throws IOException {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        rows.values().forEach(row -> text.append(row.line()).append('\n'));
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        AtomicFiles.write(file, out -> out.write(bytes));
        channel.close();
        reopen(bytes.length);
    }

    @Override
    public void close() throws IOException {
        channel.close();
        lockChannel.close();
    }
}
