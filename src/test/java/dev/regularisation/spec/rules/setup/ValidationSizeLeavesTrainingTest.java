package dev.regularisation.spec.rules.setup;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.atMost;
import static dev.regularisation.spec.Finding.within;

import dev.regularisation.data.LinearProblem;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.RuleTest;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import dev.regularisation.support.Golden;
import dev.regularisation.support.PostRuns;
import dev.regularisation.training.History;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

@Rule(id = "setup.validation-size-leaves-training", section = Section.SETUP, strength = Strength.CLAIM,
        statement = "The number of validation samples does not touch training.",
        qualified = "It does not, but for dropout, which draws masks for the validation pass before training: there, another "
                + "number gives another run.",
        related = {"setup.validation-without-fluctuation", "setup.seed-reproduces", "loop.semantics"})
final class ValidationSizeLeavesTrainingTest extends RuleTest<ValidationSizeLeavesTrainingTest.Evidence> {

    private static final int[] SIZES = {100, 1000, 10_000};
    private static final int EPOCHS = 5;

    /**
     * Over three sizes: runs without dropout of which training differs; different trainings with dropout; and different first
     * passes with it, which come before any mask of a validation sample.
     */
    record Evidence(double others, double dropout, double firstPass) {
    }

    @Override
    protected Evidence evidence() {
        return new Evidence(Stream.of(PostExperiment.values()).filter(method -> method != PostExperiment.DROPOUT)
                .mapToInt(method -> different(method, EPOCHS) > 1 ? 1 : 0).sum(),
                different(PostExperiment.DROPOUT, EPOCHS), different(PostExperiment.DROPOUT, 0));
    }

    private static int different(PostExperiment method, int epochs) {
        return (int) IntStream.of(SIZES).mapToObj(size -> digest(method, size, epochs)).distinct().count();
    }

    /** Of training losses and parameters up to an epoch. */
    private static String digest(PostExperiment method, int size, int epochs) {
        History history = Runs.CPU.train(method.plan(PostRuns.SEED, PostRuns.TRAIN_SIZE).toBuilder()
                .problem(new LinearProblem(50, PostRuns.TRAIN_SIZE, size, 0.2)).epochs(EPOCHS).build()).history();
        return Golden.sha256(IntStream.rangeClosed(0, epochs).boxed().flatMapToDouble(epoch -> DoubleStream.concat(
                DoubleStream.of(history.trainLoss(epoch)), IntStream.range(0, history.parameterCount())
                        .mapToDouble(i -> history.parameter(epoch, i)))).toArray());
    }

    @Override
    protected Finding asSaid(Evidence e) {
        return all(atMost("methods without dropout whose training depends on the size", 0, e.others),
                within("different trainings with dropout at three sizes: one", 1, 1, e.dropout));
    }

    @Override
    protected Finding qualified(Evidence e) {
        return all(atMost("methods without dropout whose training depends on the size", 0, e.others),
                within("different trainings with dropout at three sizes: three", 3, 3, e.dropout),
                within("different first passes with dropout, before any mask of validation: one", 1, 1, e.firstPass));
    }

    @Override
    protected Map<String, Evidence> counterexamples(Evidence e) {
        return Map.of("validation that draws no masks", new Evidence(0, 1, 1),
                "an order of samples that depends on the size", new Evidence(6, 3, 3),
                "two of three alike", new Evidence(0, 2, 1), "no number", new Evidence(e.others, Double.NaN, e.firstPass));
    }

    @Override
    protected void describe(Document page, Evidence e) {
        page.figure("%.0f of 6 methods without dropout depend on it; dropout takes %.0f paths at three sizes", e.others,
                e.dropout)
                .table("digests", List.of("method", "100 samples", "1,000", "10,000"), Stream.of(PostExperiment.values())
                        .map(method -> Stream.concat(Stream.of(method.title()), IntStream.of(SIZES).mapToObj(size ->
                                digest(method, size, EPOCHS).substring(0, 12) + "…")).toList()).toList());
    }
}
