package dev.regularisation.spec.rules;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.plot.Axis;
import dev.regularisation.plot.DistributionPicture.Group;
import dev.regularisation.plot.DistributionPicture;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.post.PublishedFigures.Figure;
import dev.regularisation.post.PublishedFigures.Quantity;
import dev.regularisation.post.PublishedFigures;
import dev.regularisation.sensitivity.Grade;
import dev.regularisation.sensitivity.Parting;
import dev.regularisation.sensitivity.RoundingBand;
import dev.regularisation.spec.Page;
import dev.regularisation.spec.OldRule;
import dev.regularisation.spec.Shows;
import dev.regularisation.spec.Teeth;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RoundingBandRuleTest {

    private static final List<PostExperiment> STABLE = List.of(PostExperiment.LINEAR, PostExperiment.MLP);
    private static final List<PostExperiment> AMPLIFYING = List.of(
            PostExperiment.WEIGHT_DECAY, PostExperiment.L2, PostExperiment.L1, PostExperiment.MINIBATCH);
    /**
     * Neighbours of stable runs end within 1e-5, of amplifying runs at 1e-2 or more in the median; this lies between.
     */
    private static final double APART = 3e-4;
    /** Where a fit of the growth ends: beyond, the distance is that of two trained networks and grows no more. */
    private static final double SATURATED = 0.01;
    /**
     * The one figure that no run comes to: the notebook prints it of weight decay, and 0.0138 of the same steps by
     * hand.
     */
    private static final String OUTSIDE = "mlp-weight-decay best train loss";

    @Test
    @Shows(OldRule.FIGURES_ROUNDING_BAND)
    @DisplayName("figures.rounding-band: each of the 28 printed figures is reproduced or inside the band, but one, by "
            + "a last digit")
    void grades() {
        page().publish();

        for (Grade grade : all()) {
            if (name(grade).equals(OUTSIDE)) {
                requireWithinOneDigit(grade);
            } else {
                requireExplained(grade);
            }
        }
    }

    @Test
    @Shows(OldRule.FIGURES_ROUNDING_BAND)
    @DisplayName("figures.rounding-band: neighbours of the linear and the plain run stay together, of decay, L1 and "
            + "minibatches part")
    void partings() {
        STABLE.forEach(method -> requireTogether(method, RoundingBands.of(method).partings()));
        AMPLIFYING.forEach(method -> requireApart(method, RoundingBands.of(method).partings()));
    }

    @Test
    @Shows(OldRule.FIGURES_ROUNDING_BAND)
    @DisplayName("figures.rounding-band: rounding decides digits of the losses of L1 and minibatches, none of the "
            + "other best losses")
    void widths() {
        for (PostExperiment method : PostExperiment.values()) {
            double[] losses = RoundingBands.of(method).values(Quantity.BEST_VALIDATION_LOSS);
            boolean wide = method == PostExperiment.L1 || method == PostExperiment.MINIBATCH;
            double width = StatUtils.max(losses) - StatUtils.min(losses);
            // Measured: 0.07 and 0.03 against 6e-8 at most.
            Check.that(wide ? width > 0.01 : width < 1e-6, "%s: the band of best validation losses is %.2g wide",
                    method, width);
        }
    }

    @Test
    @Teeth(OldRule.FIGURES_ROUNDING_BAND)
    @DisplayName("figures.rounding-band: rejects another run's figure, runs that never part as amplifying, and L1 as "
            + "stable")
    void teeth() {
        Figure wrong = new Figure(PostExperiment.L1, Quantity.BEST_VALIDATION_LOSS, "0.4996", "weight decay's");
        List<Parting> same = List.of(Parting.of(new double[2001]));

        assertThatThrownBy(() -> requireExplained(RoundingBands.of(PostExperiment.L1).grade(wrong)))
                .hasMessageContaining("outside the band");
        assertThatThrownBy(() -> requireWithinOneDigit(RoundingBands.of(PostExperiment.L1).grade(wrong)))
                .hasMessageContaining("more than");
        assertThatThrownBy(() -> requireApart(PostExperiment.L1, same))
                .hasMessageContaining("neighbours stay together");
        assertThatThrownBy(() -> requireApart(PostExperiment.MLP, RoundingBands.of(PostExperiment.MLP).partings()))
                .hasMessageContaining("neighbours stay together");
        assertThatThrownBy(() -> requireTogether(PostExperiment.L1, RoundingBands.of(PostExperiment.L1).partings()))
                .hasMessageContaining("neighbours part");
    }

    static void requireExplained(Grade grade) {
        Check.that(grade.mark() != Grade.Mark.OUTSIDE, "%s, printed %s, is %s", name(grade), grade.figure().printed(),
                grade.inWords());
    }

    static void requireWithinOneDigit(Grade grade) {
        BigDecimal printed = new BigDecimal(grade.figure().printed());
        BigDecimal unit = printed.ulp();
        Check.that(new BigDecimal(grade.figure().round(grade.from())).subtract(unit).compareTo(printed) <= 0
                        && printed.compareTo(new BigDecimal(grade.figure().round(grade.to())).add(unit)) <= 0,
                "%s, printed %s, is more than one unit of its last digit %s", name(grade), printed, grade.inWords());
    }

    static void requireTogether(PostExperiment method, List<Parting> partings) {
        for (Parting parting : partings) {
            double greatest = StatUtils.max(parting.distances());
            Check.that(greatest < APART, "%s: neighbours part, to a distance of %.2g", method, greatest);
        }
    }

    static void requireApart(PostExperiment method, List<Parting> partings) {
        double median = medians(partings)[partings.get(0).epochs()];
        Check.that(median > APART, "%s: neighbours stay together, within %.2g in the median after the last epoch",
                method, median);
    }

    private static String name(Grade grade) {
        return grade.figure().experiment() + " " + grade.figure().quantity().title();
    }

    private static List<Grade> all() {
        return PublishedFigures.all().stream()
                .map(figure -> RoundingBands.of(figure.experiment()).grade(figure)).toList();
    }

    /** By epoch, the median over the neighbours. */
    private static double[] medians(List<Parting> partings) {
        return IntStream.rangeClosed(0, partings.get(0).epochs()).mapToDouble(epoch -> StatUtils.percentile(
                partings.stream().mapToDouble(parting -> parting.distance(epoch)).toArray(), 50)).toArray();
    }

    /**
     * Of the neighbour with the median rate, of those that have not come to be equal to the reference run, bit for
     * bit.
     */
    private static Parting.Growth growth(RoundingBand band) {
        List<Parting.Growth> rates = band.partings().stream().filter(parting -> parting.distance(parting.epochs()) > 0)
                .map(parting -> parting.growth(1, Math.min(parting.epochs(), parting.firstReaching(SATURATED))))
                .sorted(Comparator.comparingDouble(Parting.Growth::rate)).toList();
        return rates.get(rates.size() / 2);
    }

    private static long count(Grade.Mark mark) {
        return all().stream().filter(grade -> grade.mark() == mark).count();
    }

    private static Page page() {
        List<List<String>> grades = new ArrayList<>();
        for (Grade grade : all()) {
            grades.add(List.of(grade.figure().experiment().title(), grade.figure().quantity().title(),
                    grade.figure().printed(), grade.figure().round(grade.ours()), grade.inWords()));
        }
        List<List<String>> rates = new ArrayList<>();
        for (PostExperiment method : PostExperiment.values()) {
            List<Parting> partings = RoundingBands.of(method).partings();
            double[] ends = partings.stream().mapToDouble(parting -> parting.distance(parting.epochs())).toArray();
            Parting.Growth growth = growth(RoundingBands.of(method));
            rates.add(List.of(method.title(), String.valueOf(partings.size() + 1),
                    Check.text("%.1e (%.1e to %.1e)", StatUtils.percentile(ends, 50), StatUtils.min(ends),
                            StatUtils.max(ends)),
                    Check.text("%d to %d", growth.from(), growth.to()), Check.text("%.4f", growth.rate()),
                    Check.text("%.0f", growth.epochsPerDecade()), Check.text("%.2f", growth.determination())));
        }
        double l1 = growth(RoundingBands.of(PostExperiment.L1)).epochsPerDecade();
        return Page.of(OldRule.FIGURES_ROUNDING_BAND)
                .formula("<msub><mi>δ</mi><mi>t</mi></msub><mo>=</mo><munder><mi>max</mi><mi>i</mi></munder><mo>|</mo>"
                        + "<msub><mi>θ</mi><mi>i</mi></msub><mo>(</mo><mi>t</mi><mo>)</mo><mo>−</mo><msubsup>"
                        + "<mi>θ</mi><mi>i</mi><mo>′</mo></msubsup><mo>(</mo><mi>t</mi><mo>)</mo><mo>|</mo><mo>,</mo>"
                        + "<mspace width=\"1em\"/><mi>ln</mi><msub><mi>δ</mi><mi>t</mi></msub><mo>≈</mo><mi>ln</mi>"
                        + "<msub><mi>δ</mi><mn>0</mn></msub><mo>+</mo><mi>γ</mi><mi>t</mi>")
                .setup("Each of the seven runs is repeated with neighbours: runs that differ in one initial weight, by "
                        + "one unit in its last place (some 1e-8). Adding in another order changes a run no less. What "
                        + "neighbours do not agree on cannot be expected of another program, another processor or "
                        + "another version of PyTorch.")
                .table("The 28 figures that the notebook prints",
                        List.of("method", "quantity", "printed", "ours", "grade"), grades)
                .table("How neighbours part: greatest difference of any parameter after the last epoch, and the growth "
                        + "rate γ of the neighbour in the middle, fitted until 0.01 is reached",
                        List.of("method", "runs", "δ at the end, median (least to greatest)", "fitted over epochs",
                                "γ per epoch",
                                "epochs per factor 10", "R² of the fit"), rates)
                .paragraph("What decides", "Linear regression and the plain network forget a rounding error or carry "
                        + "it along. Under weight decay it grows after the best epoch, so the best validation loss "
                        + "keeps its digits and the training loss and the final R² lose one. Under L1 and with "
                        + "minibatches it grows before the best epoch, and the best loss has hardly one certain digit. "
                        + "It grows in jumps rather than smoothly, hence the poor fits: the gradients of |θ| and of "
                        + "ReLU jump at zero, and two runs on either side of it get different gradients at once. Of "
                        + "dropout's neighbours some part, late, and move no printed digit here.")
                .paragraph("The notebook on itself", "Weight decay and L2 by hand are the same steps. The notebook's "
                        + "two runs print 0.0141 and 0.0138, 0.9984 and 0.9983, 0.9439 and 0.9438: they are two points "
                        + "of this band. The first lies one unit of its last digit outside ours; a band of 64 runs, "
                        + "tried once, ends at 0.0140 too.")
                .picture(partingPicture())
                .picture(bandPicture())
                .series("median distance by epoch", csv())
                .figure(Check.text("%d reproduced, %d inside the band, %d outside; L1 amplifies rounding tenfold in "
                        + "%.0f epochs",
                        count(Grade.Mark.REPRODUCED), count(Grade.Mark.INSIDE), count(Grade.Mark.OUTSIDE), l1))
                .sure("The runs are bit-exact, so every grade comes out the same on every machine. A band of 12 runs "
                        + "is a sample: another run of the same distribution falls inside with a probability of 11 in "
                        + "13, one of 6 runs with 5 in 7, so a figure outside would not be proof of an error, nor is "
                        + "one inside proof of its absence.")
                .reproduce("mvn verify -Dtest=RoundingBandRuleTest");
    }

    private static Picture partingPicture() {
        List<Series> curves = new ArrayList<>();
        for (PostExperiment method : PostExperiment.values()) {
            curves.add(Series.byEpoch(method.title(), Palette.of(method), medians(RoundingBands.of(method).partings()))
                    .drawn(Palette.line(method)));
        }
        return SeriesPicture.ofCurves("How runs part that differ by one unit in the last place of one weight",
                "Seed 42, 200 samples; median over the neighbours of each run", Axis.epochs(),
                Axis.log("Greatest difference of any parameter"), curves, List.of()).picture();
    }

    private static Picture bandPicture() {
        List<Group> groups = new ArrayList<>();
        for (PostExperiment method : PostExperiment.values()) {
            groups.add(Group.of(method.title(), Palette.of(method),
                    RoundingBands.of(method).values(Quantity.BEST_VALIDATION_LOSS))
                    .comparedWith(Double.parseDouble(Methods.printed(method, Quantity.BEST_VALIDATION_LOSS))));
        }
        return new DistributionPicture("What rounding alone does to the best validation loss",
                "Seed 42, 200 samples; runs that differ by one unit in the last place of one initial weight",
                        Axis.linear("Best validation loss"),
                groups, "Published", List.of()).picture();
    }

    private static String csv() {
        StringBuilder text = new StringBuilder("method,epoch,median distance\n");
        for (PostExperiment method : PostExperiment.values()) {
            double[] medians = medians(RoundingBands.of(method).partings());
            IntStream.range(0, medians.length)
                    .forEach(epoch -> text.append(Check.text("%s,%d,%s\n", method, epoch, medians[epoch])));
        }
        return text.toString();
    }
}
