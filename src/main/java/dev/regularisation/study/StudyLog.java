package dev.regularisation.study;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.regularisation.files.AtomicFiles;
import dev.regularisation.files.FolderLock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The file of a study, {@code study.csv}: a header and a line for each finished run, on disk before the next one counts.
 *
 * <p>A study that is killed goes on where it stopped: a line that was being written is dropped, whole lines are kept, and
 * their runs are not repeated. A lock keeps a second run out of the folder. When all is done the lines are put in order.
 */
public final class StudyLog implements AutoCloseable {

    /** Name of the file. */
    public static final String FILE = "study.csv";

    /** Name of the file that says on which samples a study runs, where not on the post's. */
    public static final String SAMPLES = "samples.json";

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private static final String HEADER = String.join(",", StudyRow.COLUMNS);

    private static final String REMEDY = "; mend or move the file, or name another folder";

    private final Path file;
    private final FolderLock lock;
    private FileChannel channel;
    private final Map<StudyCell, StudyRow> rows = new TreeMap<>();

    private StudyLog(Path file, FolderLock lock) {
        this.file = file;
        this.lock = lock;
    }

    private void begin(Map<String, Object> samples) throws IOException {
        AtomicFiles.naming(file, () -> {
            int size = read();
            if (!rows.isEmpty()) {
                requireSamples(samples);
            }
            reopen(size);
        });
        if (rows.isEmpty()) {
            keepSamples(samples);
        }
        if (channel.position() == 0) {
            append(HEADER);
        }
    }

    private Path samplesFile() {
        return file.resolveSibling(SAMPLES);
    }

    /** Rows of two problems must not meet in one file, whose columns do not tell them apart. */
    private void requireSamples(Map<String, Object> samples) throws IOException {
        JsonNode there = Files.exists(samplesFile()) ? JSON.readTree(samplesFile().toFile()) : JSON.createObjectNode();
        JsonNode wanted = JSON.valueToTree(samples);
        if (!there.equals(wanted)) {
            throw new IllegalArgumentException(file + ": wanted rows of runs on samples " + wanted + ", got rows on " + there
                    + "; name another folder");
        }
    }

    private void keepSamples(Map<String, Object> samples) throws IOException {
        if (samples.isEmpty()) {
            Files.deleteIfExists(samplesFile());
        } else {
            AtomicFiles.write(samplesFile(), out -> JSON.writeValue(out, samples));
        }
    }

    private void reopen(long size) throws IOException {
        // DSYNC: a line is on the disk when it is written.
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.DSYNC);
        channel.truncate(size);
        channel.position(size);
    }

    /** Opens or begins the study of the post's problem in {@code folder}. */
    public static StudyLog open(Path folder) throws IOException {
        return open(folder, Map.of());
    }

    /**
     * Opens or begins the study in {@code folder}.
     *
     * @param samples what the samples of its runs are, where not the post's; by name, as JSON has it
     * @throws IOException              when the folder or file cannot be used
     * @throws IllegalArgumentException when the file is not one of a study; it is left alone
     * @throws IllegalStateException    when another run uses the folder now
     */
    public static StudyLog open(Path folder, Map<String, Object> samples) throws IOException {
        StudyLog log = new StudyLog(folder.resolve(FILE), FolderLock.of(folder));
        try {
            log.begin(samples);
            return log;
        } catch (IOException | RuntimeException e) {
            log.close();
            throw e;
        }
    }

    /** Reads what is there; the number of bytes of whole lines. */
    private int read() throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(file + ": wanted a file, got a folder or device" + REMEDY);
        }
        byte[] bytes = Files.readAllBytes(file);
        int whole = bytes.length;
        while (whole > 0 && bytes[whole - 1] != '\n') {
            whole--;
        }
        if (whole == 0 && !HEADER.startsWith(new String(bytes, StandardCharsets.UTF_8))) {
            throw broken(1, "wanted the header " + HEADER);
        }
        List<String> lines = new String(bytes, 0, whole, StandardCharsets.UTF_8).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (i == 0) {
                if (!lines.get(0).equals(HEADER)) {
                    throw broken(1, "wanted the header " + HEADER + earlier(lines.get(0)));
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

    /** What to say of a header that lacks columns which came later, and has no others. */
    private static String earlier(String header) {
        List<String> there = List.of(header.split(",", -1));
        String missing = StudyRow.COLUMNS.stream().filter(name -> !there.contains(name)).collect(Collectors.joining(", "));
        return StudyRow.COLUMNS.containsAll(there) && !missing.isEmpty()
                ? ", got one without " + missing + ", of an earlier version" : "";
    }

    private IllegalArgumentException broken(int line, String what) {
        return new IllegalArgumentException(file + ", line " + line + ": " + what + REMEDY);
    }

    /** Whether the run of that cell is on disk. */
    public synchronized boolean has(StudyCell cell) {
        return rows.containsKey(cell);
    }

    /** Whether the run of that cell is on disk, and diverged. */
    public synchronized boolean diverged(StudyCell cell) {
        return has(cell) && rows.get(cell).diverged().isPresent();
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
        AtomicFiles.naming(file, () -> {
            long whole = channel.position();
            try {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            } catch (IOException e) {
                cut(whole, e);
                throw e;
            }
        });
    }

    /** Takes a torn line off again: the row of another thread must not follow it. */
    private void cut(long size, IOException problem) throws IOException {
        try {
            channel.truncate(size);
        } catch (IOException e) {
            problem.addSuppressed(e);
            channel.close();
        }
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
        try (lock) {
            if (channel != null) {
                channel.close();
            }
        }
    }
}
