package dev.regularisation.spec.rules.data;

import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.rules.Methods;
import dev.regularisation.theory.PairedComparison;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * By what factor a loss changes: the geometric mean over seeds, with Student's interval of the mean of logarithms.
 *
 * @param mean the geometric mean
 * @param from least value of the interval
 * @param to   greatest
 */
record Factor(double mean, double from, double to) {

    /** Of some twenty factors that are looked at together. */
    private static final double CONFIDENCE = 0.999;

    /** From losses before to losses after, at the same seeds in the same order. */
    static Factor of(double[] before, double[] after) {
        PairedComparison logs = PairedComparison.of(logarithms(after), logarithms(before), CONFIDENCE);
        return new Factor(Math.exp(logs.meanDifference()), Math.exp(logs.meanInterval().from()), Math.exp(logs.meanInterval().to()));
    }

    /** Of every network, from 200 to 400 samples. */
    static List<Factor> ofTwice(Runs runs) {
        return Methods.MLPS.stream().map(method -> of(runs.seeds().bestValidationLosses(method),
                runs.seeds(400).bestValidationLosses(method))).toList();
    }

    static List<String> header() {
        return List.of("network", "400 samples over 200, geometric mean over seeds, 99.9 % interval");
    }

    /** Those of {@link #ofTwice}. */
    static List<List<String>> rows(List<Factor> twice) {
        return IntStream.range(0, twice.size()).mapToObj(i -> List.of(Methods.MLPS.get(i).title(), twice.get(i).text())).toList();
    }

    private static double[] logarithms(double[] losses) {
        return Arrays.stream(losses).map(Math::log).toArray();
    }

    /** That each is at most a bound, whole intervals of them. */
    static Finding atMost(String what, double bound, List<Factor> factors) {
        return Finding.eachAtMost(what, bound, factors.stream().mapToDouble(Factor::from).toArray(),
                factors.stream().mapToDouble(Factor::to).toArray());
    }

    /** Such as {@code 0.42 (0.41 to 0.43)}. */
    String text() {
        return Document.format("%.2f (%.2f to %.2f)", mean, from, to);
    }
}
