package dev.regularisation.spec.rules.remarks;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.atMost;
import static dev.regularisation.spec.Finding.each;
import static dev.regularisation.spec.Finding.exactly;

import dev.regularisation.plot.TrainingPicture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.RuleTest;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import dev.regularisation.training.History;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleBiFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

@Rule(id = "erratum.l2-norm-is-squared", section = Section.REMARKS, strength = Strength.FINDING,
        statement = "The curve called L2 norm is the sum of squares in the post, and their mean in the notebook; neither is a "
                + "norm.",
        related = {"l2.norms-fall", "l2.gradient", "minibatch.weights-grow"})
final class ErratumL2NormIsSquaredTest extends RuleTest<ErratumL2NormIsSquaredTest.Evidence> {

    /** How readings of a vector and of its double compare; and our curves, which generated cases go without. */
    record Evidence(double[] theta, double ofNorm, double ofSum, double ofMean, Curves curves) {

        static Evidence of(double[] theta, Curves curves) {
            double[] doubled = Readings.times(2, theta);
            return new Evidence(theta, Readings.norm(doubled) / Readings.norm(theta), Readings.sum(doubled) / Readings.sum(theta),
                    Readings.mean(doubled) / Readings.mean(theta), curves);
        }

        Evidence with(ToDoubleBiFunction<History, Integer> curve, String altText) {
            return new Evidence(theta, ofNorm, ofSum, ofMean, Curves.of(curve, altText));
        }
    }

    /** The largest difference of our curve from the sum of squares, as a share, and whether the picture calls it so. */
    record Curves(double error, boolean called) {

        static Curves of(ToDoubleBiFunction<History, Integer> curve, String altText) {
            return new Curves(Readings.errorOfCurves(curve), altText.contains(
                    Document.format("the squared L2 norm, from %.4g", Readings.sum(Runs.initialParameters()))));
        }
    }

    @Override
    protected Evidence evidence() {
        return Evidence.of(Runs.initialParameters(), Curves.of(History::squaredL2Norm, altText()));
    }

    private static String altText() {
        return TrainingPicture.of(Runs.CPU.of(PostExperiment.MLP), "Plain MLP").altText();
    }

    /** Doubling does not round, so that nothing has to be allowed for. */
    @Override
    protected Finding asSaid(Evidence e) {
        Finding law = all(exactly("twice the vector has twice the root of the sum of squares", e.ofNorm == 2, "%s times", e.ofNorm),
                each("and four times the sum of squares, and their mean: no norms", new double[] {e.ofSum, e.ofMean}, r -> r == 4));
        // Two sums of 1,951 positive terms in double, in whatever order.
        return e.curves == null ? law : all(law, atMost("our curve is the sum of squares, as a share",
                        2 * 1951 * 0x1p-53, e.curves.error),
                exactly("our picture calls it the squared L2 norm", e.curves.called, "in its alternative text"));
    }

    @Property(tries = 100)
    @Label("for any vector")
    void generated(@ForAll @IntRange(min = 1, max = 50) int parameters, @ForAll long seed) {
        require(Evidence.of(new Random(seed).doubles(parameters, 0.1, 9).toArray(), null));
    }

    @Override
    protected Map<String, Evidence> counterexamples(Evidence e) {
        return Map.of("squares in the norm's place", new Evidence(e.theta, e.ofSum, e.ofSum, e.ofMean, e.curves),
                "norms in the squares' place", new Evidence(e.theta, e.ofNorm, e.ofNorm, e.ofNorm, e.curves),
                "the norm drawn", e.with((history, epoch) -> Math.sqrt(history.squaredL2Norm(epoch)), altText()),
                "the mean drawn", e.with((history, epoch) -> history.squaredL2Norm(epoch) / history.parameterCount(), altText()),
                "a curve that is called a norm", e.with(History::squaredL2Norm, altText().replace("squared L2 norm", "L2 norm")),
                "no number", e.with((history, epoch) -> Double.NaN, altText()));
    }

    @Override
    protected void describe(Document page, Evidence e) {
        page.figure("plain MLP before training: norm %.2f, sum of squares %.2f, mean %.4f", Readings.norm(e.theta),
                        Readings.sum(e.theta), Readings.mean(e.theta))
                .table("readings", List.of("method", "epoch", "Σ|θ|, the L1 norm", "L2 norm", "sum of squares (post)",
                        "mean of squares (notebook)"), Readings.rows())
                .picture("readings", Readings.picture()).series("readings", Readings.series());
    }
}
