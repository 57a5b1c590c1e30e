package dev.regularisation.study;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The form of {@code study.csv}: lines that begin with {@code #} and say what the file is and what each column means, the names
 * of the columns, and a row for each run. When a study has ended, its rows are in the order of their cells, and one more line
 * that begins with {@code #} has their number and the SHA-256 of all that stands below it, so that a row that is changed, moved,
 * lost or added afterwards is noticed.
 *
 * @param rows  in the order of the file
 * @param ended whether the study had ended when the file was written
 * @param size  bytes up to the end of the last whole line, and what follows is a line that was being written; 0 where not even
 *              the names of the columns are whole
 */
record StudyFile(List<StudyRow> rows, boolean ended, int size) {

    /** Counted up when rows change their meaning, or files their form: those of two versions must not meet. */
    static final int VERSION = 3;

    private static final String COLUMNS = String.join(",", StudyRow.COLUMNS);
    private static final String FIRST = "# regularisation study, format " + VERSION
            + ": made by the command study, a row for each run, on the post's samples or those that study.json beside it names; "
            + "whoever runs a plan again gets the same row, and audit does that for a sample";
    private static final Pattern ANY_VERSION = Pattern.compile("# regularisation study, format (\\d+):.*");
    private static final String ENDED = "# ended: %d rows; SHA-256 of all lines below %s";
    private static final Pattern ENDED_LINE = Pattern.compile("# ended: (\\d{1,9}) rows; SHA-256 of all lines below ([0-9a-f]{64})");
    private static final String REMEDY = "; mend or move the file, or name another folder";

    StudyFile {
        rows = List.copyOf(rows);
    }

    /** What a file begins with, before the names of its columns. */
    private static List<String> head() {
        List<String> head = new ArrayList<>(List.of(FIRST));
        StudyRow.definitions().forEach((name, meaning) -> head.add("# " + name + ": " + meaning));
        return head;
    }

    /** The whole of a file to which rows are going to be added. */
    static String begun(List<StudyRow> rows) {
        return text(head()) + body(rows);
    }

    /** The whole of a file whose study has ended, with rows in their order. */
    static String ended(List<StudyRow> rows) {
        String body = body(rows.stream().sorted((a, b) -> a.cell().compareTo(b.cell())).toList());
        return text(head()) + String.format(ENDED, rows.size(), sha256(body)) + "\n" + body;
    }

    private static String body(List<StudyRow> rows) {
        return COLUMNS + "\n" + text(rows.stream().map(StudyRow::line).toList());
    }

    private static String text(List<String> lines) {
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException naming file and line, where it is not one of this version, is damaged, has a row twice
     *                                  that differs, or is not as it was when its study ended
     */
    static StudyFile read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(file + ": wanted a file, got a folder or device" + REMEDY);
        }
        byte[] bytes = Files.readAllBytes(file);
        int whole = bytes.length;
        while (whole > 0 && bytes[whole - 1] != '\n') {
            whole--;
        }
        if (begun(List.of()).startsWith(new String(bytes, StandardCharsets.UTF_8)) && bytes.length < begun(List.of()).length()) {
            return new StudyFile(List.of(), false, 0);
        }
        return new Reading(file, new String(bytes, 0, whole, StandardCharsets.UTF_8), bytes.length > whole).read(whole);
    }

    /** A file while it is read. */
    private static final class Reading {

        private final Path file;
        private final List<String> lines;
        private final boolean torn;
        private final Map<StudyCell, Integer> lineOf = new TreeMap<>();

        Reading(Path file, String text, boolean torn) {
            this.file = file;
            this.lines = text.isEmpty() ? List.of() : List.of(text.substring(0, text.length() - 1).split("\n", -1));
            this.torn = torn;
        }

        StudyFile read(int size) {
            List<String> head = head();
            for (int i = 0; i < head.size(); i++) {
                requireLine(i, head.get(i));
            }
            int names = head.size();
            Matcher ended = ENDED_LINE.matcher(names < lines.size() ? lines.get(names) : "");
            if (ended.matches()) {
                names++;
            }
            requireLine(names, COLUMNS);
            if (ended.matches()) {
                requireUnchanged(names, ended);
            }
            List<StudyRow> rows = new ArrayList<>();
            for (int i = names + 1; i < lines.size(); i++) {
                add(rows, i, ended.matches());
            }
            return new StudyFile(rows, ended.matches(), size);
        }

        private void requireLine(int index, String wanted) {
            if (index < lines.size() && lines.get(index).equals(wanted)) {
                return;
            }
            String got = index < lines.size() ? lines.get(index) : "the end";
            Matcher version = ANY_VERSION.matcher(got);
            throw broken(index, index == 0 && version.matches()
                    ? "wanted rows of format " + VERSION + ", got format " + version.group(1) + ", of another version"
                    : index == 0 && got.startsWith("method,train_size,") ? "wanted rows of format " + VERSION
                            + ", got rows without a format, of an earlier version" : "wanted \"" + wanted + "\"");
        }

        private void requireUnchanged(int names, Matcher ended) {
            int count = lines.size() - names - 1;
            String digest = sha256(text(lines.subList(names, lines.size())));
            if (torn || count != Integer.parseInt(ended.group(1)) || !digest.equals(ended.group(2))) {
                throw broken(names - 1, "wanted " + ended.group(1) + " rows with SHA-256 " + ended.group(2) + ", got " + count
                        + " with " + digest + (torn ? " and a line that is cut off" : "")
                        + ": rows were changed, moved, lost or added after the study ended");
            }
        }

        private void add(List<StudyRow> rows, int index, boolean inOrder) {
            StudyRow row;
            try {
                row = StudyRow.parse(lines.get(index));
            } catch (IllegalArgumentException e) {
                throw broken(index, e.getMessage());
            }
            Integer earlier = lineOf.put(row.cell(), index);
            if (earlier != null) {
                List<String> differing = StudyRow.parse(lines.get(earlier)).differences(row);
                if (inOrder || !differing.isEmpty()) {
                    throw broken(index, "wanted a run once, got that of line " + (earlier + 1) + " again"
                            + (differing.isEmpty() ? "" : ", with other " + String.join(", ", differing)));
                }
                return;
            }
            if (inOrder && !rows.isEmpty() && rows.get(rows.size() - 1).cell().compareTo(row.cell()) > 0) {
                throw broken(index, "wanted rows in the order of method, size, strength, settings and seed, got one that belongs "
                        + "further up");
            }
            rows.add(row);
        }

        private IllegalArgumentException broken(int index, String what) {
            return new IllegalArgumentException(file + ", line " + (index + 1) + ": " + what + REMEDY);
        }
    }
}
