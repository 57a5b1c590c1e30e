package dev.regularisation.cli;

import dev.regularisation.sensitivity.Comparison;
import dev.regularisation.sensitivity.Comparison.Place;
import dev.regularisation.sensitivity.Growth;
import dev.regularisation.sensitivity.RoundingBand;
import dev.regularisation.sensitivity.RoundingBand.Judgement;
import dev.regularisation.sensitivity.RoundingBand.Outside;
import dev.regularisation.sensitivity.Trajectory;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What {@code compare} says. */
final class ComparisonLines {

    /** A smaller distance is told as a relative difference, a larger one as a factor. */
    private static final double SMALL = 0.1;

    private ComparisonLines() {
    }

    /** How two runs differ. */
    static Stream<String> of(Comparison comparison) {
        return Stream.of(Optional.of(comparison.epochs() + " epochs in common"),
                comparison.first().map(place -> "first difference: " + words(place)),
                comparison.farthest().map(place -> "farthest apart: " + words(place)),
                comparison.growth().map(ComparisonLines::words)).flatMap(Optional::stream);
    }

    private static String words(Growth growth) {
        return format("from epoch %d to %d the distance %s every %.0f epochs, on the whole (R² %.2f)", growth.from(), growth.to(),
                growth.rate() > 0 ? "grows tenfold" : "falls to a tenth", Math.abs(growth.epochsPerDecade()), growth.determination());
    }

    private static String words(Place place) {
        return format("epoch %d, %s %.9g and %.9g, %s", place.epoch(), place.column().title(), place.one(), place.other(),
                distance(place.distance()))
                + place.ulps().map(ulps -> format(", %.2g units in the last place of float32", ulps)).orElse("");
    }

    private static String distance(double distance) {
        return Double.isInfinite(distance) ? "one of them no loss" : distance < SMALL
                ? format("relative difference %.2g", distance) : format("a factor of %.3g", StrictMath.exp(distance));
    }

    /** What a band says of a run. */
    static String of(RoundingBand band, Trajectory run, Judgement judgement) {
        if (judgement.isRounding()) {
            return run + (judgement.statistic() == 0 ? ": equals the plan's own run" : format(
                    ": within rounding of the plan's own run, at most %.2g times as far as rounding explains", judgement.share()));
        }
        Outside outside = judgement.outside().orElseThrow();
        return run + format(": farther from the plan's own run than rounding explains from epoch %d on: %s %.9g instead of %.9g, %s, where "
                + "rounding explains %s", outside.epoch(), outside.column().title(), outside.value(), outside.wanted(),
                distance(outside.distance()), distance(outside.most())) + hint(band, run);
    }

    /** Other programs count epochs otherwise. */
    private static String hint(RoundingBand band, Trajectory run) {
        return Stream.of(-1, 1).filter(by -> run.columns().stream().allMatch(column -> run.readings(column).firstKey() + by >= 0))
                .filter(by -> run.columns().stream().anyMatch(column -> !run.later(by).common(column, band.own()).isEmpty()))
                .filter(by -> band.judge(run.later(by)).isRounding()).findFirst()
                .map(by -> "; counted one epoch " + (by > 0 ? "later" : "earlier") + " it would be within rounding").orElse("");
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
