package dev.regularisation.spec.rules.benchmarks;

import static dev.regularisation.spec.Finding.atMost;

import dev.regularisation.data.LinearProblem;
import dev.regularisation.plot.Axis;
import dev.regularisation.plot.BarPicture;
import dev.regularisation.plot.Palette;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.RuleTest;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import dev.regularisation.spec.rules.Regressions;
import dev.regularisation.support.PostRuns;
import dev.regularisation.theory.LinearModel;
import dev.regularisation.training.TrainingResult;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

@Rule(id = "mlp.contains-linear", section = Section.BENCHMARKS, strength = Strength.LAW,
        statement = "A class of networks larger than the linear functions does not lower the approximation error here.",
        related = {"mlp.overfits", "linear.floor-is-noise", "mlp.needs-nonlinearity", "class.size-needs-samples"})
final class ContainsLinearTest extends RuleTest<ContainsLinearTest.Evidence> {

    private static final List<Integer> LAYERS = List.of(50, 25, 25, 1);

    /** What a network answers, and what the linear function does. */
    record Evidence(double[] network, double[] linear) {

        static Evidence of(List<Integer> layers, double[] theta, LinearModel model, double[][] x) {
            return new Evidence(Embedded.outputs(layers, theta, x),
                    Embedded.outputs(List.of(layers.get(0), 1), model.coefficients(), x));
        }
    }

    @Override
    protected Evidence evidence() {
        return Evidence.of(LAYERS, Embedded.of(truth(), LAYERS), truth(), validation());
    }

    private static LinearModel truth() {
        return Regressions.truth(LinearProblem.POST.draw(PostRuns.SEED));
    }

    private static double[][] validation() {
        return Regressions.inputs(Runs.CPU.of(PostExperiment.MLP).data().validation());
    }

    /** The linear function is in the class, and so is the truth: neither class has anything to approximate. */
    @Override
    protected Finding asSaid(Evidence e) {
        return atMost("samples at which a network written by hand and the linear function differ in a bit", 0,
                (int) IntStream.range(0, e.linear.length).filter(s -> !(e.network[s] == e.linear[s])).count());
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    @Label("of any linear function, at any depth, with two units or more in each hidden layer")
    void generated(@ForAll @IntRange(min = 1, max = 60) int inputs, @ForAll @IntRange(min = 2, max = 30) int units,
            @ForAll @IntRange(min = 1, max = 4) int hiddenLayers, @ForAll long seed) {
        Random random = new Random(seed);
        LinearModel model = new LinearModel(normals(inputs, random), random.nextGaussian());
        List<Integer> layers = Stream.of(List.of(inputs), Collections.nCopies(hiddenLayers, units), List.of(1))
                .flatMap(List::stream).toList();
        double[][] x = IntStream.range(0, 40).mapToObj(s -> normals(inputs, random)).toArray(double[][]::new);
        require(Evidence.of(layers, Embedded.of(model, layers), model, x));
    }

    private static double[] normals(int n, Random random) {
        return DoubleStream.generate(() -> (float) random.nextGaussian()).limit(n).toArray();
    }

    @Override
    protected Map<String, Evidence> counterexamples(Evidence e) {
        double[] oneRectifier = Embedded.of(truth(), LAYERS);
        oneRectifier[oneRectifier.length - 25] = 0;
        double[] lastPlace = Embedded.of(truth(), LAYERS);
        lastPlace[0] = Math.nextUp((float) lastPlace[0]);
        return Map.of("one rectifier where two are needed", Evidence.of(LAYERS, oneRectifier, truth(), validation()),
                "a weight off by its last place", Evidence.of(LAYERS, lastPlace, truth(), validation()),
                "no number", new Evidence(new double[] {Double.NaN}, new double[] {Double.NaN}));
    }

    @Override
    protected void describe(Document page, Evidence e) {
        TrainingResult run = Runs.CPU.of(PostExperiment.MLP);
        LinearModel fitted = Regressions.leastSquares(run.data().train()).model();
        double truth = loss(e.network);
        double squares = loss(Embedded.outputs(LAYERS, Embedded.of(fitted, LAYERS), validation()));
        double trained = run.best().fit().validationLoss();
        page.figure("outputs equal bit for bit on %,d samples", e.network.length)
                .number("truth", "%.4f", truth).number("squares", "%.4f", squares).number("trained", "%.4f", trained)
                .picture("losses", new BarPicture("The class holds far better networks than training finds",
                        "Validation losses of three 50-25-25-1 networks, seed 42", Axis.linear("Validation loss"), List.of(
                                BarPicture.Bar.of("The true model", Palette.GREY, truth),
                                BarPicture.Bar.of("The least squares fit", Palette.of(PostExperiment.LINEAR), squares),
                                BarPicture.Bar.of("Trained", Palette.of(PostExperiment.MLP), trained)), List.of()).picture());
    }

    private static double loss(double[] predictions) {
        double[] labels = Regressions.labels(Runs.CPU.of(PostExperiment.MLP).data().validation());
        return IntStream.range(0, labels.length).mapToDouble(s -> (predictions[s] - labels[s]) * (predictions[s] - labels[s]))
                .average().orElse(Double.NaN);
    }
}
