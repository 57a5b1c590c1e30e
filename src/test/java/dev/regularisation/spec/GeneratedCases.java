package dev.regularisation.spec;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** How the values that a property was given for one of its parameters are distributed, in a line for a person. */
final class GeneratedCases {

    /** So many different values are listed with their shares; more are summed up. */
    private static final int LISTED = 6;
    private static final int LONGEST = 60;

    private final List<Double> numbers = new ArrayList<>();
    private final List<Double> lengths = new ArrayList<>();
    private final Map<String, Integer> texts = new HashMap<>();
    private final Set<Integer> others = new HashSet<>();
    private int count;
    private int notFinite;

    /** Takes account of a value. */
    void add(Object value) {
        count++;
        if (value instanceof Number number) {
            if (Double.isFinite(number.doubleValue())) {
                numbers.add(number.doubleValue());
            } else {
                notFinite++;
            }
        } else if (value instanceof Collection<?> collection) {
            lengths.add((double) collection.size());
        } else if (value != null && value.getClass().isArray()) {
            lengths.add((double) Array.getLength(value));
        } else if (value == null || value instanceof Boolean || value instanceof Enum<?> || value instanceof CharSequence) {
            texts.merge(String.valueOf(value), 1, Integer::sum);
        } else {
            others.add(value.hashCode());
        }
    }

    /** Range, middle and number of different values; shares where there are few; lengths of what has a length. */
    String summary() {
        List<String> parts = new ArrayList<>();
        if (!numbers.isEmpty()) {
            long distinct = numbers.stream().distinct().count();
            parts.add(distinct <= LISTED ? shares(numbers.stream().collect(
                    Collectors.toMap(GeneratedCases::number, n -> 1, Integer::sum)))
                    : range(numbers) + ", " + distinct + " different values");
        }
        if (notFinite > 0) {
            parts.add(notFinite + " not finite");
        }
        if (!lengths.isEmpty()) {
            parts.add("length " + range(lengths));
        }
        if (!texts.isEmpty()) {
            parts.add(texts.size() <= LISTED ? shares(texts)
                    : texts.size() + " different values, as long as "
                            + texts.keySet().stream().mapToInt(String::length).max().getAsInt() + " characters");
        }
        if (!others.isEmpty()) {
            parts.add(others.size() + " different values");
        }
        return String.join("; ", parts);
    }

    private static String range(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        double least = sorted[0];
        double most = sorted[sorted.length - 1];
        return least == most ? number(least) : number(least) + " to " + number(most) + ", middle " + number(sorted[sorted.length / 2]);
    }

    private String shares(Map<String, Integer> counts) {
        return counts.entrySet().stream().sorted(Map.Entry.<String, Integer>comparingByValue().reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(entry -> text(entry.getKey()) + " (" + Math.round(100.0 * entry.getValue() / count) + " %)")
                .collect(Collectors.joining(", "));
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e7 ? String.valueOf((long) value)
                : String.format(Locale.ROOT, "%.3g", value);
    }

    /** Any value, cut where it is long; arrays with their elements. */
    static String text(Object value) {
        String whole = value != null && value.getClass().isArray() ? Arrays.deepToString(new Object[] {value})
                : String.valueOf(value);
        return whole.length() <= LONGEST ? whole : whole.substring(0, LONGEST) + "…";
    }
}
