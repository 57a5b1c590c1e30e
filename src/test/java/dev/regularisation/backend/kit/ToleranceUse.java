package dev.regularisation.backend.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/** How much of its tolerance each rule has used for one subject; written to {@code target/contract/<subject>.csv}. */
public final class ToleranceUse {

    /** Where the tables go. */
    public static final Path DIRECTORY = Path.of("target", "contract");

    private record Entry(Tolerance tolerance, double used) {
    }

    private static final Map<String, ToleranceUse> SUBJECTS = new ConcurrentSkipListMap<>();

    private final String subject;
    private final Map<String, Entry> byRule = new ConcurrentSkipListMap<>();

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

    void add(String rule, Tolerance tolerance, double used) {
        byRule.merge(rule, new Entry(tolerance, used), (a, b) -> a.used >= b.used ? a : b);
    }

    /** The largest part that a rule has used, of 1. */
    public double used(String rule) {
        return byRule.get(rule).used;
    }

    /** Writes the table: rule, tolerance, its reason and the largest part used, of 1. */
    public void write() {
        String table = byRule.entrySet().stream()
                .map(entry -> String.format(java.util.Locale.ROOT, "%s,%s,\"%s\",%.3g", entry.getKey(),
                        entry.getValue().tolerance.name(), entry.getValue().tolerance.why(), entry.getValue().used))
                .collect(Collectors.joining("\n", "rule,tolerance,why,largest part used\n", "\n"));
        try {
            Files.createDirectories(DIRECTORY);
            Files.write(DIRECTORY.resolve(subject + ".csv"), List.of(table.stripTrailing()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
