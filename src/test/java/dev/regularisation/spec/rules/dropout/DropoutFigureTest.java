package dev.regularisation.spec.rules.dropout;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.each;

import dev.regularisation.post.PostExperiment;
import dev.regularisation.post.PublishedFigures.Quantity;
import dev.regularisation.spec.BackendRuleTest;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import dev.regularisation.spec.rules.Majority;
import dev.regularisation.spec.rules.RoundingBands;
import dev.regularisation.spec.rules.Validation;
import dev.regularisation.support.Golden;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.StatUtils;

@Rule(id = "erratum.dropout-figure", section = Section.DROPOUT, strength = Strength.FINDING,
        statement = "The best validation loss of 0.27 that the post's text gives for dropout is no run's figure.",
        related = {"dropout.improves-validation", "figures.rounding-band", "figures.reproduced"})
final class DropoutFigureTest extends BackendRuleTest<DropoutFigureTest.Evidence> {

    /**
     * Best validation losses of dropout: ours with its neighbours of one rounding, PyTorch's in either precision; the last
     * loss; and what the notebook prints of the best.
     */
    record Evidence(double[] ours, double[] pyTorch, double last, double notebook) {
    }

    @Override
    protected Evidence evidence(Runs runs) {
        return new Evidence(DoubleStream.concat(DoubleStream.of(Validation.best(runs.of(PostExperiment.DROPOUT))),
                Arrays.stream(RoundingBands.values(PostExperiment.DROPOUT, Quantity.BEST_VALIDATION_LOSS)).skip(1)).toArray(),
                Stream.of("float32", "float64").mapToDouble(precision ->
                        Golden.member(Golden.member(Golden.read("training.json"),
                        "mlp-dropout train=200 " + precision), "best_val").doubleValue()).toArray(),
                runs.of(PostExperiment.DROPOUT).last().fit().validationLoss(),
                Double.parseDouble(Validation.printed(PostExperiment.DROPOUT, Quantity.BEST_VALIDATION_LOSS)));
    }

    @Override
    protected Finding asSaid(Evidence e) {
        return all(each("our run rounds to what the notebook prints", Arrays.copyOf(e.ours, 1), loss -> rounds(loss, e.notebook)),
                Majority.atLeast("and so do four of five runs within a rounding of it", 0.8, e.ours, loss -> rounds(loss, e.notebook)),
                each("PyTorch's in float32 does", Arrays.copyOf(e.pyTorch, 1), loss -> rounds(loss, e.notebook)),
                each("none of these, of PyTorch's in float64 and of ours after the last epoch rounds to 0.27",
                        DoubleStream.concat(
                        DoubleStream.concat(Arrays.stream(e.ours), Arrays.stream(e.pyTorch)),
                                DoubleStream.of(e.last, e.notebook))
                        .toArray(), loss -> !roundsToTheText(loss)));
    }

    /** To two decimals. */
    private static boolean roundsToTheText(double loss) {
        return Math.rint(loss * 100) == 27;
    }

    /** To four decimals. */
    private static boolean rounds(double loss, double printed) {
        return Math.rint(loss * 1e4) == Math.rint(printed * 1e4);
    }

    @Override
    protected Map<String, Evidence> counterexamples(Evidence e) {
        double[] l1 = RoundingBands.values(PostExperiment.L1, Quantity.BEST_VALIDATION_LOSS);
        return Map.of("L1's band, in which rounding decides", new Evidence(l1, e.pyTorch, e.last, e.notebook),
                "PyTorch at the text's figure", new Evidence(e.ours, new double[] {0.27, 0.27}, e.last, e.notebook),
                "a notebook that prints 0.2710", new Evidence(new double[] {0.271}, new double[] {0.271}, e.last, 0.271),
                "a run that ends there", new Evidence(e.ours, e.pyTorch, 0.268, e.notebook),
                "no number", new Evidence(new double[] {Double.NaN}, e.pyTorch, e.last, e.notebook));
    }

    @Override
    protected void describe(Document page, Evidence e) {
        List<List<String>> rows = new ArrayList<>(List.of(List.of("the post's text", "0.27", "")));
        rows.add(List.of("the notebook", Document.format("%.4f", e.notebook), ""));
        rows.add(List.of("PyTorch, float32 and float64", Document.format("%.4f", e.pyTorch[0]),
                Document.format("%.4f", e.pyTorch[1])));
        rows.add(List.of("ours and its hundred neighbours of one rounding, least and greatest",
                Document.format("%.6f", StatUtils.min(e.ours)),
                Document.format("%.6f", StatUtils.max(e.ours))));
        rows.add(List.of("ours, after the last epoch", Document.format("%.4f", e.last), ""));
        double[] seeds = Runs.CPU.seeds().bestValidationLosses(PostExperiment.DROPOUT);
        page.figure("%.4f in the notebook and here", e.notebook)
                .number("elsewhere", "%d of %d", Arrays.stream(seeds).filter(DropoutFigureTest::roundsToTheText).count(),
                        seeds.length)
                .table("figures", List.of("dropout's validation loss", "value", "and"), rows)
                .number("width", "%.0e", StatUtils.max(e.ours) - StatUtils.min(e.ours));
    }
}
