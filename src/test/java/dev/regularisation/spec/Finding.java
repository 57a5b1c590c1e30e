package dev.regularisation.spec;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.DoublePredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A predicate applied to evidence: what is asked, whether it is shown or refuted, and on which figures. NaN shows nothing and
 * refutes nothing.
 *
 * @param what    the condition in words, without figures that were measured: it is the name of the predicate
 * @param outcome what the evidence does to it
 * @param figures what was measured, for a person
 * @param parts   conditions that this one is made of, if any
 */
public record Finding(String what, Outcome outcome, String figures, List<Finding> parts) {

    public Finding {
        Objects.requireNonNull(outcome, what);
        parts = List.copyOf(parts);
    }

    private static Finding of(String what, Outcome outcome, String figures) {
        return new Finding(what, outcome, figures, List.of());
    }

    /** All of several conditions: shown if each is, refuted if any is. */
    public static Finding all(Finding... parts) {
        List<Outcome> outcomes = Stream.of(parts).map(Finding::outcome).toList();
        Outcome outcome = outcomes.contains(Outcome.REFUTED) ? Outcome.REFUTED
                : outcomes.contains(Outcome.OPEN) || parts.length == 0 ? Outcome.OPEN : Outcome.SHOWN;
        return new Finding(Stream.of(parts).map(Finding::what).collect(Collectors.joining("; ")), outcome, "", List.of(parts));
    }

    /** The opposite of a condition, in words of its own; what refutes the one shows the other. */
    public static Finding not(String what, Finding finding) {
        Outcome outcome = switch (finding.outcome) {
            case SHOWN -> Outcome.REFUTED;
            case REFUTED -> Outcome.SHOWN;
            case OPEN -> Outcome.OPEN;
        };
        return of(what, outcome, finding.summary());
    }

    /** A condition decided by an exact argument, such as an equality of bits or a count. */
    public static Finding exactly(String what, boolean holds, String figures, Object... values) {
        return of(what, holds ? Outcome.SHOWN : Outcome.REFUTED, text(figures, values));
    }

    /** A number that must be at least a bound. */
    public static Finding atLeast(String what, double bound, double value) {
        return of(what, Double.isNaN(value) ? Outcome.OPEN : value >= bound ? Outcome.SHOWN : Outcome.REFUTED,
                text("%s, at least %s", number(value), number(bound)));
    }

    /** An interval that must begin at a bound or above: refuted where it ends below, and open where the bound is inside. */
    public static Finding atLeast(String what, double bound, double from, double to) {
        return of(what, from >= bound && to >= from ? Outcome.SHOWN : to < bound ? Outcome.REFUTED : Outcome.OPEN,
                text("%s to %s, at least %s", number(from), number(to), number(bound)));
    }

    /** A number that must be at most a bound. */
    public static Finding atMost(String what, double bound, double value) {
        return of(what, Double.isNaN(value) ? Outcome.OPEN : value <= bound ? Outcome.SHOWN : Outcome.REFUTED,
                text("%s, at most %s", number(value), number(bound)));
    }

    /** A number that must be from {@code least} to {@code most}; what is better than it can be is refuted too. */
    public static Finding within(String what, double least, double most, double value) {
        return of(what, Double.isNaN(value) ? Outcome.OPEN : value >= least && value <= most ? Outcome.SHOWN : Outcome.REFUTED,
                text("%s, from %s to %s", number(value), number(least), number(most)));
    }

    /** A condition that every one of several numbers must meet. */
    public static Finding each(String what, double[] values, DoublePredicate condition) {
        long met = Arrays.stream(values).filter(condition).count();
        boolean nan = Arrays.stream(values).anyMatch(Double::isNaN);
        double[] sorted = Arrays.stream(values).sorted().toArray();
        Outcome outcome = values.length == 0 || nan ? Outcome.OPEN : met == values.length ? Outcome.SHOWN : Outcome.REFUTED;
        return of(what, outcome, values.length == 0 ? "no number" : text("%d of %d, which are %s to %s", met, values.length,
                number(sorted[0]), number(sorted[sorted.length - 1])));
    }

    /** Intervals that must end at a bound or below: refuted by one that is wholly above it, and open where one holds it. */
    public static Finding eachAtMost(String what, double bound, double[] from, double[] to) {
        long met = Arrays.stream(to).filter(end -> end <= bound).count();
        Outcome outcome = Arrays.stream(from).anyMatch(end -> end > bound) ? Outcome.REFUTED
                : met == to.length && met > 0 ? Outcome.SHOWN : Outcome.OPEN;
        return of(what, outcome, text("%d of %d intervals, the last of which ends at %s, at most %s", met, to.length,
                number(Arrays.stream(to).max().orElse(Double.NaN)), number(bound)));
    }

    /** A share of several numbers that must meet a condition, at least. */
    public static Finding most(String what, double share, double[] values, DoublePredicate condition) {
        long met = Arrays.stream(values).filter(condition).count();
        boolean nan = Arrays.stream(values).anyMatch(Double::isNaN);
        return of(what, values.length == 0 || nan ? Outcome.OPEN
                : met >= share * values.length ? Outcome.SHOWN : Outcome.REFUTED, text("%d of %d", met, values.length));
    }

    /** A condition on a p value: shown below the level, in the stated direction, refuted below it in the other. */
    public static Finding atLevel(String what, double level, double p, boolean statedDirection, String figures,
            Object... values) {
        Outcome outcome = !(p <= level) ? Outcome.OPEN : statedDirection ? Outcome.SHOWN : Outcome.REFUTED;
        return of(what, outcome, text(figures, values) + text(" (p = %.2g, level %.2g)", p, level));
    }

    /** The conditions that are not made of others. */
    public List<Finding> leaves() {
        return parts.isEmpty() ? List.of(this) : parts.stream().flatMap(part -> part.leaves().stream()).toList();
    }

    /** What decided: of what is shown everything, of what is refuted or open the conditions that are. */
    public String summary() {
        List<String> words = new ArrayList<>();
        for (Finding leaf : leaves()) {
            if (leaf.outcome == outcome) {
                words.add(leaf.what + " (" + leaf.outcome.title() + ": " + leaf.figures + ")");
            }
        }
        return String.join("; ", words);
    }

    /** Four significant digits, without zeros that say nothing. */
    private static String number(double value) {
        double size = Math.abs(value);
        if (!Double.isFinite(value) || size != 0 && (size < 1e-3 || size >= 1e9)) {
            return text("%.3g", value);
        }
        BigDecimal rounded = value == Math.rint(value) ? BigDecimal.valueOf((long) value)
                : BigDecimal.valueOf(value).round(new MathContext(4)).stripTrailingZeros();
        return rounded.toPlainString();
    }

    private static String text(String format, Object... values) {
        return values.length == 0 ? format : String.format(Locale.ROOT, format, values);
    }
}
