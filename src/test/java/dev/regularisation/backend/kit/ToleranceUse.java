package dev.regularisation.backend.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/** How much of its tolerance each rule has used for one subject; written to {@code target/contract/<subject>.csv}. */
public final class ToleranceUse {

    /** Where the tables go. */
    public static final Path DIRECTORY = Path.of("target", "contract");

    private static final Map<String, ToleranceUse> SUBJECTS = new ConcurrentSkipListMap<>();

    private final String subject;
    private final Map<String, Double> entries = new ConcurrentSkipListMap<>();

    private ToleranceUse(String subject) {
        this.subject = subject;
    }

    /** The record of that subject; rules run one by one, each in its own test, add to one. */
    public static ToleranceUse of(String subject) {
        return SUBJECTS.computeIfAbsent(subject, ToleranceUse::new);
    }

    /** A record that nobody writes down. */
    static ToleranceUse discarded() {
        return new ToleranceUse("discarded");
    }

    /** Notes that a comparison has used that part of its tolerance, of 1. */
    public void record(String rule, Tolerance tolerance, double used) {
        entries.merge(rule + "," + tolerance.name() + ",\"" + tolerance.why() + '"', used, Math::max);
    }

    /** Writes the table: rule, tolerance, its reason and the largest part used, of 1. */
    public void write() {
        String table = entries.entrySet().stream()
                .map(entry -> String.format(Locale.ROOT, "%s,%.3g", entry.getKey(), entry.getValue()))
                .collect(Collectors.joining("\n", "rule,tolerance,why,largest part used\n", ""));
        try {
            Files.createDirectories(DIRECTORY);
            Files.write(DIRECTORY.resolve(subject + ".csv"), List.of(table));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
