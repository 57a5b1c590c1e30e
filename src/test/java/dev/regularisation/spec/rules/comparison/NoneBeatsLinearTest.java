package dev.regularisation.spec.rules.comparison;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.each;

import dev.regularisation.plot.Axis;
import dev.regularisation.plot.DistributionPicture;
import dev.regularisation.plot.DistributionPicture.Group;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.ReferenceLine;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.post.PublishedFigures.Quantity;
import dev.regularisation.spec.BackendRuleTest;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import dev.regularisation.spec.StudyRows;
import dev.regularisation.spec.rules.Majority;
import dev.regularisation.spec.rules.Methods;
import dev.regularisation.spec.rules.Validation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.StatUtils;

@Rule(id = "compare.none-beats-linear", section = Section.COMPARISON, strength = Strength.CLAIM,
        statement = "No network, regularised or not, reaches the validation loss of the linear model.",
        qualified = "None does with 200 samples; with 400 L1 does, at fewer than one seed in a hundred, and no other does.",
        related = {"compare.gap-shrinks", "mlp.contains-linear", "data.l1-400-nearly-optimal"})
final class NoneBeatsLinearTest extends BackendRuleTest<NoneBeatsLinearTest.Evidence> {

    private static final double REACHED = 1;

    private static final List<PostExperiment> BUT_L1 = Methods.MLPS.stream().filter(method -> method != PostExperiment.L1).toList();

    /** Best validation losses of networks over the linear model's: at the post's seed and at others, at two sizes. */
    record Evidence(double[] at200, double[] at400, double[] seeds200, double[] seeds400, double[] l1) {

        Evidence over(double[] other200, double[] other400, double[] otherL1) {
            return new Evidence(at200, at400, other200, other400, otherL1);
        }
    }

    @Override
    protected Evidence evidence(Runs runs) {
        return new Evidence(Losses.of(runs, 200).validationOverLinear(Methods.MLPS),
                Losses.of(runs, 400).validationOverLinear(Methods.MLPS),
                overLinear(runs.seeds(), Methods.MLPS), overLinear(runs.seeds(400), BUT_L1),
                overLinear(runs.seeds(400), List.of(PostExperiment.L1)));
    }

    private static double[] overLinear(StudyRows rows, List<PostExperiment> methods) {
        return Losses.ofSeeds(rows).stream().flatMapToDouble(seed -> Arrays.stream(seed.validationOverLinear(methods))).toArray();
    }

    @Override
    protected Finding asSaid(Evidence e) {
        return all(butL1(e), each("and so is L1", e.l1, r -> r > REACHED));
    }

    @Override
    protected Finding qualified(Evidence e) {
        return all(butL1(e), Finding.not("with 400 samples L1 is not above it at every seed", each("L1", e.l1, r -> r > REACHED)),
                Majority.atLeast("L1 is above it at 99 seeds of a hundred", 0.99, e.l1, r -> r > REACHED));
    }

    private static Finding butL1(Evidence e) {
        return all(each("with 200 samples, seed 42, every network is above the linear model", e.at200, r -> r > REACHED),
                each("with 400 samples too", e.at400, r -> r > REACHED),
                each("with 200 samples every network is above it at every other seed", e.seeds200, r -> r > REACHED),
                each("with 400 samples every network but L1 is above it at every other seed", e.seeds400, r -> r > REACHED));
    }

    @Override
    protected Map<String, Evidence> counterexamples(Evidence e) {
        double[] one = {11, 0.99, 9};
        double[] seldom = new double[2000];
        Arrays.fill(seldom, 1, seldom.length, 1.5);
        return Map.of("a network that equals the linear model",
                new Evidence(new double[] {REACHED}, e.at400, e.seeds200, e.seeds400, e.l1),
                "with twice the samples one is better", new Evidence(e.at200, one, e.seeds200, e.seeds400, e.l1),
                "one is better at some seed", e.over(one, e.seeds400, e.l1),
                "one is better at some seed with twice the samples", e.over(e.seeds200, one, e.l1),
                "L1 is better at some seed", e.over(e.seeds200, e.seeds400, one),
                "L1 is better at one seed of 2,000", e.over(e.seeds200, e.seeds400, seldom),
                "no number", new Evidence(new double[] {Double.NaN}, e.at400, e.seeds200, e.seeds400, e.l1));
    }

    @Override
    protected void describe(Document page, Evidence e) {
        Losses at200 = Losses.of(Runs.CPU, 200);
        Losses at400 = Losses.of(Runs.CPU, 400);
        double closest = StatUtils.min(e.seeds200);
        double closest400 = Math.min(StatUtils.min(e.seeds400), StatUtils.min(e.l1));
        int count = e.l1.length;
        page.figure("closest over %d seeds: %.2f times the linear model's loss with 200 samples, %.2f with 400", count, closest,
                        closest400)
                .number("pairs", "%d", e.seeds200.length).number("closest", "%.2f", closest)
                .number("closest400", "%.2f", StatUtils.min(e.at400))
                .number("seeds400", "%.2f", closest400)
                .text("chance", Methods.allOneWay(count))
                .table("losses", List.of("method", "published, 200", "ours, 200", "ours, 400", "least training loss, 400",
                        "200, least of seeds", "mean", "greatest"), Stream.of(PostExperiment.values()).map(method -> {
                            double[] seeds = Runs.CPU.seeds().bestValidationLosses(method);
                            return List.of(method.title(), Validation.printed(method, Quantity.BEST_VALIDATION_LOSS),
                                    number(at200.validation().get(method)), number(at400.validation().get(method)),
                                    number(at400.train().get(method)), number(StatUtils.min(seeds)),
                                    number(StatUtils.mean(seeds)), number(StatUtils.max(seeds)));
                        }).toList())
                .picture("seeds", new DistributionPicture("How near the networks come to the linear model",
                        "200 training samples; a point is the best validation loss at a seed", Axis.log("Best validation loss"),
                        Stream.of(PostExperiment.values()).map(method -> Group.of(method.title(), Palette.of(method),
                                Runs.CPU.seeds().bestValidationLosses(method)).comparedWith(Double.parseDouble(
                                        Validation.printed(method, Quantity.BEST_VALIDATION_LOSS)))).toList(),
                        "Published, seed 42", List.of(ReferenceLine.vertical("Variance of the noise, 0.04", 0.04))).picture())
                .series("losses", Validation.series(Runs.CPU.seeds(), PostExperiment.values()));
    }

    private static String number(double loss) {
        return Document.format("%.4f", loss);
    }
}
