package dev.regularisation.golden;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Compares what a test got with its golden file. */
final class GoldenFolder {

    /** The golden files. */
    static final Path APPROVED = Path.of("golden", "cpu");
    /** What the last run of the tests got. */
    static final Path RECEIVED = Path.of("target", "golden");

    private static final String REMEDY = "If the change is meant: mvn verify -Dgolden=update, and review the difference.";
    private static final int SHOWN = 5;

    private GoldenFolder() {
    }

    /** Whether this run is to make new golden files, so that a difference is no failure. */
    static boolean updating() {
        return "update".equals(System.getProperty("golden"));
    }

    /**
     * Leaves {@code got} in {@link #RECEIVED} and compares it.
     *
     * @throws AssertionError if there is no golden file or it differs, naming the first and the worst difference
     */
    static void check(String name, GoldenText got) throws IOException {
        String text = got.toString();
        Files.createDirectories(RECEIVED);
        Files.writeString(RECEIVED.resolve(name), text, StandardCharsets.UTF_8);
        if (!updating()) {
            check(APPROVED.resolve(name), text, got.values());
        }
    }

    static void check(Path approved, String text, Map<String, String> got) throws IOException {
        if (!Files.exists(approved)) {
            throw new AssertionError("golden file " + approved + " is missing. " + REMEDY);
        }
        String expected = Files.readString(approved, StandardCharsets.UTF_8);
        if (!expected.equals(text)) {
            throw new AssertionError(explain(approved.toString(), GoldenText.parse(approved.toString(), expected), got));
        }
    }

    /** What differs, for a person. */
    static String explain(String name, Map<String, String> expected, Map<String, String> got) {
        TreeSet<String> keys = new TreeSet<>(expected.keySet());
        keys.addAll(got.keySet());
        List<String> different = keys.stream()
                .filter(key -> !expected.getOrDefault(key, "").equals(got.getOrDefault(key, ""))).toList();
        List<String> shown = new ArrayList<>();
        different.stream().filter(key -> isNumber(expected.get(key)) && isNumber(got.get(key))).limit(SHOWN)
                .forEach(key -> shown.add("  " + describe(key, expected.get(key), got.get(key))));
        different.stream().filter(key -> isNumber(expected.get(key)) && isNumber(got.get(key)))
                .max((a, b) -> Double.compare(relative(expected.get(a), got.get(a)), relative(expected.get(b), got.get(b))))
                .ifPresent(key -> shown.add("  worst: " + describe(key, expected.get(key), got.get(key))));
        different.stream().filter(key -> !isNumber(expected.get(key)) || !isNumber(got.get(key))).limit(SHOWN)
                .forEach(key -> shown.add("  " + key + ": expected " + expected.get(key) + ", got " + got.get(key)));
        return "golden file " + name + ": " + different.size() + " of " + keys.size() + " values differ; the first:\n"
                + String.join("\n", shown) + "\n" + REMEDY;
    }

    private static boolean isNumber(String value) {
        return value != null && value.matches("(-?0x\\S+|NaN|-?Infinity) \\S+");
    }

    private static double number(String value) {
        return Double.parseDouble(value.substring(value.indexOf(' ') + 1));
    }

    private static double relative(String expected, String got) {
        double e = number(expected);
        double difference = Math.abs(e - number(got)) / Math.abs(e);
        return Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
    }

    private static String describe(String key, String expected, String got) {
        double e = number(expected);
        return String.format(Locale.ROOT, "%s: expected %s, got %s (relative %.2g, %.3g float32 ulps)", key, expected, got,
                relative(expected, got), Math.abs(e - number(got)) / Math.ulp((float) e));
    }

    /** Names of golden files that no test made. */
    static List<String> orphans() throws IOException {
        if (!Files.isDirectory(APPROVED)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(APPROVED)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !Files.exists(RECEIVED.resolve(name))).sorted().toList();
        }
    }
}
