package dev.regularisation.spec.rules.l1;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.each;
import static dev.regularisation.spec.rules.l1.Sparsity.Penalised.ACTIVATIONS;
import static dev.regularisation.spec.rules.l1.Sparsity.Penalised.NOTHING;
import static dev.regularisation.spec.rules.l1.Sparsity.Penalised.PARAMETERS;

import dev.regularisation.spec.BackendRuleTest;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import dev.regularisation.training.History;
import dev.regularisation.training.TrainingResult;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

@Rule(id = "l1.on-activations", section = Section.L1, strength = Strength.CLAIM,
        statement = "Put on activations, as in sparse autoencoders, L1 lets few neurons respond; weights need not vanish.",
        related = {"l1.sparsifies", "l1.gradient"})
final class L1OnActivationsTest extends BackendRuleTest<L1OnActivationsTest.Evidence> {

    /** At the post's seed, then at others. */
    record Evidence(List<Sparsity> activations, List<Sparsity> parameters, List<Sparsity> plain) {

        /** How many light up as a share of the fewer of both other networks'. */
        double[] ratios() {
            return IntStream.range(0, activations.size()).mapToDouble(s ->
                    activations.get(s).lit() / Math.min(plain.get(s).lit(), parameters.get(s).lit())).toArray();
        }
    }

    @Override
    protected Evidence evidence(Runs runs) {
        return new Evidence(Sparsity.of(runs, ACTIVATIONS), Sparsity.of(runs, PARAMETERS), Sparsity.of(runs, NOTHING));
    }

    /** Measured at 100 seeds and 42: at most 0.55 of the neurons; of the weights at most 0.20 and at least 0.93. */
    @Override
    protected Finding asSaid(Evidence e) {
        return all(each("on activations some neurons light up, at most 0.7 as many as in either other network at every seed",
                        e.ratios(), ratio -> ratio > 0 && ratio <= 0.7),
                each("and a third of the weights or less is near zero", Sparsity.values(e.activations, Sparsity::nearZero),
                        near -> near <= 1 / 3.0),
                each("on parameters, nine in ten weights are near zero", Sparsity.values(e.parameters, Sparsity::nearZero),
                        near -> near >= 0.9));
    }

    private static List<Sparsity> alike(List<Sparsity> like, double lit, double nearZero) {
        return like.stream().map(sparsity -> new Sparsity(lit, nearZero, 0)).toList();
    }

    @Override
    protected Map<String, Evidence> counterexamples(Evidence e) {
        return Map.of("the penalty left out", new Evidence(e.plain, e.parameters, e.plain),
                "the penalty left on parameters", new Evidence(e.parameters, e.parameters, e.plain),
                "few weights as well", new Evidence(alike(e.plain, 0.1, 0.95), e.parameters, e.plain),
                "no neuron at all", new Evidence(alike(e.plain, 0, 0.1), e.parameters, e.plain),
                "a penalty on parameters that leaves them", new Evidence(e.activations, e.plain, e.plain),
                "no number", new Evidence(alike(e.plain, Double.NaN, 0.1), e.parameters, e.plain));
    }

    @Override
    protected void describe(Document page, Evidence e) {
        TrainingResult trained = Sparsity.trained(Runs.CPU);
        History history = trained.history();
        Map<Sparsity.Penalised, List<Sparsity>> all = new EnumMap<>(
                Map.of(NOTHING, e.plain, PARAMETERS, e.parameters, ACTIVATIONS, e.activations));
        page.figure("%.0f%% of neurons lit against %.0f%% plain; weights near zero %.0f%% against %.0f%%",
                        100 * e.activations.get(0).lit(), 100 * e.plain.get(0).lit(), 100 * e.activations.get(0).nearZero(),
                        100 * e.parameters.get(0).nearZero())
                .table("sparsity", Sparsity.header(), all.entrySet().stream()
                        .map(entry -> entry.getValue().get(0).row(entry.getKey())).toList())
                .picture("sparsity", Sparsity.picture(all)).number("best", "%.2f", history.validationLoss(history.bestEpoch()))
                .number("last", "%.2f", trained.last().fit().validationLoss())
                .number("norm", "%.0f", history.squaredL2Norm(history.epochs())).number("start", "%.0f",
                        history.squaredL2Norm(0))
                .number("seeds", "%d", e.plain.size() - 1).series("sparsity", Sparsity.series(all));
    }
}
