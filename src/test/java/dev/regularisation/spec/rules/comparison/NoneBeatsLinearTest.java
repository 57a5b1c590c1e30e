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
import dev.regularisation.spec.rules.Methods;
import dev.regularisation.spec.rules.Validation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.StatUtils;

@Rule(id = "compare.none-beats-linear", section = Section.COMPARISON, strength = Strength.CLAIM,
        statement = "No network, regularised or not, reaches the validation loss of the linear model.",
        related = {"compare.gap-shrinks", "mlp.contains-linear", "data.l1-400-nearly-optimal"})
final class NoneBeatsLinearTest extends BackendRuleTest<NoneBeatsLinearTest.Evidence> {

    /** Best validation losses of all networks over the linear model's: at the post's seed at two sizes, and at other seeds. */
    record Evidence(double[] at200, double[] at400, double[] seeds) {
    }

    @Override
    protected Evidence evidence(Runs runs) {
        return new Evidence(Losses.of(runs, 200).validationOverLinear(Methods.MLPS),
                Losses.of(runs, 400).validationOverLinear(Methods.MLPS),
                Losses.ofSeeds(Runs.CPU).stream().map(seed -> seed.validationOverLinear(Methods.MLPS))
                        .flatMapToDouble(Arrays::stream).toArray());
    }

    @Override
    protected Finding asSaid(Evidence e) {
        return all(each("with 200 samples, seed 42, every network is above the linear model", e.at200, r -> r > 1),
                each("with 400 samples too", e.at400, r -> r > 1),
                each("with 200 samples every network is above it at every other seed", e.seeds, r -> r > 1));
    }

    @Override
    protected Map<String, Evidence> counterexamples(Evidence e) {
        return Map.of("a network that equals the linear model", new Evidence(new double[] {1}, e.at400, e.seeds),
                "with twice the samples one is better", new Evidence(e.at200, new double[] {0.99}, e.seeds),
                "one is better at some seed", new Evidence(e.at200, e.at400, new double[] {11, 0.99, 9}),
                "no number", new Evidence(new double[] {Double.NaN}, e.at400, e.seeds));
    }

    @Override
    protected void describe(Document page, Evidence e) {
        Losses at200 = Losses.of(Runs.CPU, 200);
        Losses at400 = Losses.of(Runs.CPU, 400);
        double closest = StatUtils.min(e.seeds);
        page.figure("closest of %d networks: %.2f times the linear model's loss", e.seeds.length, closest)
                .number("pairs", "%d", e.seeds.length).number("closest", "%.2f", closest)
                .number("closest400", "%.2f", StatUtils.min(e.at400))
                .text("chance", Methods.allOneWay(Runs.CPU.seeds().seeds().size()))
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
