package dev.regularisation.study;

import dev.regularisation.files.AtomicFiles;
import dev.regularisation.files.FolderLock;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The file of a study, {@code study.csv}, while the study is under way: each finished run is on disk before the next one counts.
 *
 * <p>A study that is killed goes on where it stopped: a line that was being written is dropped, whole lines are kept, and
 * their runs are not repeated. A lock keeps a second run out of the folder. When all is done the lines are put in order and
 * sealed with a digest; a study that is extended begins to write below them again.
 */
public final class StudyLog implements AutoCloseable {

    /** Name of the file. */
    public static final String FILE = "study.csv";

    private final Path file;
    private final FolderLock lock;
    /** No channel: an interrupt, which is how a study is told to end, would close it in the middle of a line. */
    private RandomAccessFile out;
    private final Map<StudyCell, StudyRow> rows = new TreeMap<>();
    /** Whether the file says that its study has ended. */
    private boolean ended;

    private StudyLog(Path file, FolderLock lock) {
        this.file = file;
        this.lock = lock;
    }

    private void begin(StudyBasis basis) throws IOException {
        AtomicFiles.naming(file, () -> {
            int size = 0;
            if (Files.exists(file)) {
                StudyFile there = StudyFile.read(file);
                there.rows().forEach(row -> rows.put(row.cell(), row));
                size = there.size();
                ended = there.ended();
            }
            if (!rows.isEmpty()) {
                requireBasis(basis);
            }
            reopen(size);
        });
        if (rows.isEmpty()) {
            basis.write(file.getParent());
        }
        if (out.getFilePointer() == 0) {
            append(StudyFile.begun(List.of()));
        }
    }

    private void requireBasis(StudyBasis wanted) throws IOException {
        StudyBasis there = StudyBasis.read(file.getParent());
        if (!there.equals(wanted)) {
            throw new IllegalArgumentException(file + ": wanted rows of runs on " + wanted + ", got rows on " + there
                    + "; name another folder");
        }
    }

    private void reopen(long size) throws IOException {
        // rwd: a line is on the disk when it is written.
        out = new RandomAccessFile(file.toFile(), "rwd");
        out.setLength(size);
        out.seek(size);
    }

    /** Opens or begins the study of the post's problem in {@code folder}. */
    public static StudyLog open(Path folder) throws IOException {
        return open(folder, StudyBasis.POST);
    }

    /**
     * Opens or begins the study in {@code folder}.
     *
     * @param basis what its runs share
     * @throws IOException              when the folder or file cannot be used
     * @throws IllegalArgumentException when the file is not one of a study; it is left alone
     * @throws IllegalStateException    when another run uses the folder now
     */
    public static StudyLog open(Path folder, StudyBasis basis) throws IOException {
        StudyLog log = new StudyLog(folder.resolve(FILE), FolderLock.of(folder));
        try {
            log.begin(basis);
            return log;
        } catch (IOException | RuntimeException e) {
            log.close();
            throw e;
        }
    }

    /** Whether the run of that cell is on disk. */
    public synchronized boolean has(StudyCell cell) {
        return rows.containsKey(cell);
    }

    /** Whether the run of that cell is on disk, and diverged. */
    public synchronized boolean diverged(StudyCell cell) {
        return has(cell) && rows.get(cell).diverged();
    }

    /** The finished runs, in the order of their cells. */
    public synchronized List<StudyRow> rows() {
        return List.copyOf(rows.values());
    }

    /**
     * Takes rows of other studies of the same basis in; they are on disk when the study {@link #end() ends}.
     *
     * @param from where they come from
     * @throws IllegalArgumentException where a run is here already, or twice, and has another row
     */
    public synchronized void merge(Path from, List<StudyRow> others) {
        for (StudyRow row : others) {
            StudyRow here = rows.get(row.cell());
            List<String> differing = here == null ? List.of() : here.differences(row);
            if (!differing.isEmpty()) {
                throw new IllegalArgumentException(from + ": wanted the same row of a run everywhere, got other "
                        + String.join(", ", differing) + " for " + row.cell() + "; audit says which is right");
            }
            rows.put(row.cell(), row);
        }
    }

    /** Puts a finished run on disk. */
    public synchronized void add(StudyRow row) throws IOException {
        if (ended) {
            rewrite(StudyFile.begun(List.copyOf(rows.values())));
            ended = false;
        }
        append(row.line() + "\n");
        rows.put(row.cell(), row);
    }

    private void append(String lines) throws IOException {
        byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
        AtomicFiles.naming(file, () -> {
            long whole = out.getFilePointer();
            try {
                out.write(bytes);
            } catch (IOException e) {
                cut(whole, e);
                throw e;
            }
        });
    }

    /** Takes a torn line off again: the row of another thread must not follow it. */
    private void cut(long size, IOException problem) throws IOException {
        try {
            out.setLength(size);
        } catch (IOException e) {
            problem.addSuppressed(e);
            out.close();
        }
    }

    /** Ends the study: rows in the order of their cells, so that the file does not tell in which order runs ended, and a digest. */
    public synchronized void end() throws IOException {
        rewrite(StudyFile.ended(List.copyOf(rows.values())));
        ended = true;
    }

    private void rewrite(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        AtomicFiles.write(file, stream -> stream.write(bytes));
        out.close();
        reopen(bytes.length);
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            if (out != null) {
                out.close();
            }
        }
    }
}
