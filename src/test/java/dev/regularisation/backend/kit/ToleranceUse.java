package dev.regularisation.backend.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/** How much of its tolerance each comparison has used for one subject; written to {@code target/contract/<subject>.csv}. */
public final class ToleranceUse {

    /** Where the tables go. */
    public static final Path DIRECTORY = Path.of("target", "contract");

    private static final Map<String, ToleranceUse> SUBJECTS = new ConcurrentSkipListMap<>();
    private static final String HEADER = "rule,quantity,tolerance,why,comparisons,largest error,of the magnitude,share used\n";

    private final String subject;
    private final Map<Compared, Used> entries = new ConcurrentSkipListMap<>();
    private volatile String description;

    /**
     * What was compared with the reference.
     *
     * @param rule      id of the rule that asked for it
     * @param quantity  the operand or result, such as {@code z}
     * @param tolerance name of the tolerance
     * @param why       where that comes from
     */
    public record Compared(String rule, String quantity, String tolerance, String why) implements Comparable<Compared> {

        private static final Comparator<Compared> ORDER = Comparator.comparing(Compared::rule)
                .thenComparing(Compared::quantity).thenComparing(Compared::tolerance).thenComparing(Compared::why);

        @Override
        public int compareTo(Compared other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * What comparisons found.
     *
     * @param comparisons how many numbers were compared
     * @param error       the largest distance from the reference; 0 for equal numbers, infinite where one is not finite
     * @param relative    the largest distance as a multiple of the magnitude of what was added up
     * @param share       the largest part of the tolerance that was used, of 1; more where it was exceeded
     */
    public record Used(long comparisons, double error, double relative, double share) {

        /** No comparison yet. */
        static final Used NONE = new Used(0, 0, 0, 0);

        /** One comparison. */
        public static Used of(double got, double want, Tolerance tolerance, double magnitude) {
            double share = tolerance.used(got, want, magnitude);
            if (share == 0) {
                return new Used(1, 0, 0, 0);
            }
            double distance = Math.abs(got - want);
            double error = Double.isNaN(distance) ? Double.POSITIVE_INFINITY : distance;
            return new Used(1, error, error / magnitude, share);
        }

        Used and(Used other) {
            return new Used(comparisons + other.comparisons, Math.max(error, other.error),
                    Math.max(relative, other.relative), Math.max(share, other.share));
        }
    }

    private ToleranceUse(String subject) {
        this.subject = subject;
        this.description = subject;
    }

    /** The record of that subject; rules run one by one, each in its own test, add to one. */
    public static ToleranceUse of(String subject) {
        return SUBJECTS.computeIfAbsent(subject, ToleranceUse::new);
    }

    /** All subjects that something was recorded of, by name. */
    public static List<ToleranceUse> all() {
        return SUBJECTS.values().stream().filter(use -> !use.entries.isEmpty()).toList();
    }

    /** A record that nobody writes down. */
    static ToleranceUse discarded() {
        return new ToleranceUse("discarded");
    }

    /** Says what the subject is, for its page in the report. */
    public ToleranceUse describe(String text) {
        description = text;
        return this;
    }

    /** What the subject is. */
    public String description() {
        return description;
    }

    /** The name of the subject. */
    public String subject() {
        return subject;
    }

    /** Notes what comparisons found. */
    public void record(String rule, String quantity, Tolerance tolerance, Used used) {
        entries.merge(new Compared(rule, quantity, tolerance.name(), tolerance.why()), used, Used::and);
    }

    /** What was recorded, by rule and quantity. */
    public Map<Compared, Used> entries() {
        return Map.copyOf(entries);
    }

    /** Forgets what was recorded. */
    public void clear() {
        entries.clear();
    }

    /** The table of everything recorded, with a header. */
    public String csv() {
        return entries.entrySet().stream().map(entry -> line(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining("", HEADER, ""));
    }

    private static String line(Compared compared, Used used) {
        return String.format(Locale.ROOT, "%s,\"%s\",%s,\"%s\",%d,%.3g,%.3g,%.3g%n", compared.rule(), compared.quantity(),
                compared.tolerance(), compared.why(), used.comparisons(), used.error(), used.relative(), used.share());
    }

    /** Writes the table to its file. */
    public void write() {
        try {
            Files.createDirectories(DIRECTORY);
            Files.writeString(DIRECTORY.resolve(subject + ".csv"), csv(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
