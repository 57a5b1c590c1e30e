package dev.regularisation.golden;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * How what a test got differs from its golden file, for a person.
 *
 * @param name     of the golden file
 * @param expected key to value, of the file
 * @param got      key to value
 */
record GoldenDifference(String name, Map<String, String> expected, Map<String, String> got) {

    /** What to do when the change is meant. */
    static final String REMEDY = "If the change is meant: mvn verify -Dgolden=update, and review the difference. "
            + "If not, the contract kit names the operation: mvn verify -Dtest='Cpu*ContractTest,GemmTest'.";

    private static final int SHOWN = 5;

    GoldenDifference {
        expected = Map.copyOf(expected);
        got = Map.copyOf(got);
    }

    /** The first differing epochs, or other numbers where there are none, the worst, and what else differs. */
    String message() {
        TreeSet<String> keys = new TreeSet<>(expected.keySet());
        keys.addAll(got.keySet());
        List<String> different = keys.stream().filter(key -> !expected.getOrDefault(key, "").equals(got.getOrDefault(key, "")))
                .toList();
        List<String> numbers = different.stream().filter(this::isNumber)
                .sorted(Comparator.comparing(key -> !key.startsWith(GoldenText.EPOCH))).toList();
        List<String> shown = new ArrayList<>();
        numbers.stream().limit(SHOWN).forEach(key -> shown.add("  " + describe(key)));
        numbers.stream().max(Comparator.comparingDouble(this::relative)).ifPresent(key -> shown.add("  worst: " + describe(key)));
        different.stream().filter(key -> !isNumber(key)).limit(SHOWN)
                .forEach(key -> shown.add("  " + key + ": expected " + expected.get(key) + ", got " + got.get(key)));
        return "golden file " + name + ": " + different.size() + " of " + keys.size() + " values differ; the first:\n"
                + String.join("\n", shown) + "\n" + REMEDY;
    }

    private boolean isNumber(String key) {
        return GoldenText.isNumber(expected.get(key)) && GoldenText.isNumber(got.get(key));
    }

    private double relative(String key) {
        double e = GoldenText.number(expected.get(key));
        double difference = Math.abs(e - GoldenText.number(got.get(key))) / Math.abs(e);
        return Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
    }

    private String describe(String key) {
        double e = GoldenText.number(expected.get(key));
        double ulps = Math.abs(e - GoldenText.number(got.get(key))) / Math.ulp((float) e);
        return String.format(Locale.ROOT, "%s: expected %s, got %s (relative %.2g, %.3g float32 ulps)", key, expected.get(key),
                got.get(key), relative(key), ulps);
    }
}
