package dev.regularisation.spec.rules;

import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Outcome;
import dev.regularisation.theory.PairedComparison;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;

/**
 * A quantity of two methods at the same seeds, and the claim that one method's is the lower.
 *
 * <p>The claim is judged by Wilcoxon's signed-rank test, exact and two-sided, at the level {@link #level()}: the
 * probability that methods of equal merit pass is at most half of it, as they must also differ in the stated direction.
 *
 * <p>The statistics are computed once, as the exact test takes a while for a thousand seeds.
 */
public final class PairedSeeds {

    private static final double CONFIDENCE = 0.99;
    /** A twentieth of a loss, too little to prefer a method for. */
    private static final double EVEN = 0.05;
    /** The level of every claim over seeds that is looked at once. */
    public static final double LEVEL = 0.001;

    private final String quantity;
    private final String candidate;
    private final double[] values;
    private final String baseline;
    private final double[] others;
    private final PairedComparison comparison;

    /**
     * The comparison.
     *
     * @param quantity  what is compared, such as {@code best validation loss}
     * @param candidate the method claimed to be lower
     * @param values    its values at each seed; not modified
     * @param baseline  the method that it is compared with
     * @param others    its values at the same seeds in the same order; not modified
     * @throws IllegalArgumentException if there are fewer than two seeds, or not as many of both, or a value is not finite
     */
    public PairedSeeds(String quantity, String candidate, double[] values, String baseline, double[] others) {
        this(quantity, candidate, values.clone(), baseline, others.clone(), PairedComparison.of(values, others, CONFIDENCE));
    }

    private PairedSeeds(String quantity, String candidate, double[] values, String baseline, double[] others,
            PairedComparison comparison) {
        this.quantity = quantity;
        this.candidate = candidate;
        this.values = values;
        this.baseline = baseline;
        this.others = others;
        this.comparison = comparison;
    }

    /** What is compared. */
    public String quantity() {
        return quantity;
    }

    /** The method claimed to be lower. */
    public String candidate() {
        return candidate;
    }

    /** Its values at each seed, a copy. */
    public double[] values() {
        return values.clone();
    }

    /** The method that it is compared with. */
    public String baseline() {
        return baseline;
    }

    /** Its values at each seed, a copy. */
    public double[] others() {
        return others.clone();
    }

    /** Statistics of candidate minus baseline. */
    public PairedComparison comparison() {
        return comparison;
    }

    /** Candidate minus baseline, at each seed. */
    public double[] differences() {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i] - others[i]).toArray();
    }

    /** The same with the values of the methods exchanged. */
    public PairedSeeds exchanged() {
        return new PairedSeeds(quantity, candidate, /* values= */ others, baseline, /* others= */ values, comparison.exchanged());
    }

    /** The same with other values of the baseline. */
    public PairedSeeds against(double[] otherValues) {
        return new PairedSeeds(quantity, candidate, values, baseline, otherValues);
    }

    /** That the candidate is lower, at the level, by mean and median alike; refuted where it is higher so. */
    public Finding lower() {
        return lower(level());
    }

    /** The same at a level of its own, as a claim needs that is looked at more than once. */
    public Finding lower(double level) {
        PairedComparison c = comparison;
        boolean lower = c.medianDifference() < 0 && c.meanDifference() < 0;
        boolean higher = c.medianDifference() > 0 && c.meanDifference() > 0;
        return Finding.atLevel(quantity + " over seeds: " + candidate + " below " + baseline, level,
                lower || higher ? c.wilcoxonP() : 1, lower, "lower at %d of %d seeds, median difference %.4g", c.lower(), c.count(),
                c.medianDifference());
    }

    /** That the two draw even: the mean difference's interval lies within a twentieth of the baseline's mean; refuted outside. */
    public Finding even() {
        PairedComparison.Interval interval = comparison.meanInterval();
        double margin = EVEN * StatUtils.mean(others);
        Outcome outcome = interval.from() >= -margin && interval.to() <= margin ? Outcome.SHOWN
                : interval.from() > margin || interval.to() < -margin ? Outcome.REFUTED : Outcome.OPEN;
        return new Finding(quantity + " over seeds: the means of " + candidate + " and " + baseline + " are within a twentieth of each "
                + "other", outcome, Document.format("99 %% interval of the mean difference %.4f to %.4f, within %.4f",
                interval.from(), interval.to(), margin), List.of());
    }

    /** 0.001, or the least p value that so few seeds can have, 2¹⁻ⁿ, where that is larger. */
    public double level() {
        return Math.max(LEVEL, StrictMath.pow(2, 1 - values.length));
    }

    /** The header of {@link #rows()}. */
    public static List<String> header() {
        return List.of("Statistic of the differences at each seed", "Value");
    }

    /** The comparison as a table. */
    public List<List<String>> rows() {
        PairedComparison.Interval interval = comparison.meanInterval();
        return List.of(
                List.of("seeds", Document.format("%d", comparison.count())),
                List.of("lower / higher / equal", Document.format("%d / %d / %d",
                        comparison.lower(), comparison.higher(), comparison.equal())),
                List.of("mean", Document.format("%.4g", comparison.meanDifference())),
                List.of(Document.format("%.0f%% interval of the mean", 100 * interval.confidence()),
                        Document.format("%.4g to %.4g", interval.from(), interval.to())),
                List.of("median", Document.format("%.4g", comparison.medianDifference())),
                List.of("effect size, mean over standard deviation", Document.format("%.2f", comparison.effectSize())),
                List.of("p, Wilcoxon's signed ranks, exact", Document.format("%.2g", comparison.wilcoxonP())),
                List.of("p, sign test, exact", Document.format("%.2g", comparison.signP())),
                List.of("p, paired t test", Document.format("%.2g", comparison.studentP())));
    }

    /** Sample size, test, level and false-alarm probability in a sentence. */
    public String sure() {
        return sure(level());
    }

    /** The same at a level of its own. */
    public String sure(double level) {
        return Document.format("%d seeds (1 to %d), each with its own data and initial weights, both methods at every seed:"
                + " %s is lower with %s at %d of %d. The check is Wilcoxon's exact signed-rank test at level %.2g:"
                + " methods of equal merit would pass with probability at most %.2g.",
                comparison.count(), comparison.count(), quantity, candidate, comparison.lower(), comparison.count(),
                level, level / 2);
    }
}
