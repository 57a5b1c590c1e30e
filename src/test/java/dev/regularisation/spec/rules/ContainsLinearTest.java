package dev.regularisation.spec.rules;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.nn.Activations;
import dev.regularisation.nn.Architecture;
import dev.regularisation.nn.Mlp;
import dev.regularisation.plot.Axis;
import dev.regularisation.plot.BarPicture;
import dev.regularisation.plot.Palette;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Page;
import dev.regularisation.spec.OldRule;
import dev.regularisation.spec.Shows;
import dev.regularisation.spec.Teeth;
import dev.regularisation.support.PostRuns;
import dev.regularisation.theory.LinearModel;
import dev.regularisation.training.TrainingResult;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ContainsLinearTest {

    private static final List<Integer> LAYERS = List.of(50, 25, 25, 1);

    @Test
    @Shows(OldRule.MLP_CONTAINS_LINEAR)
    @DisplayName("mlp.contains-linear: a 50-25-25-1 network is the true linear function, bit for bit, so its class "
            + "errs no less")
    void trueModel() {
        TrainingResult run = PostRuns.of(PostExperiment.MLP);
        LinearModel truth = Regressions.truth(LinearProblem.POST.draw(PostRuns.SEED));
        double[][] x = Regressions.inputs(run.data().validation());
        double[] network = outputs(LAYERS, embedded(truth, LAYERS), x);
        double[] linear = outputs(List.of(50, 1), truth.coefficients(), x);
        page(run, network).publish();

        requireSameFunction(network, linear);
    }

    @Property(tries = 100, seed = "1", edgeCases = EdgeCasesMode.NONE)
    @Shows(OldRule.MLP_CONTAINS_LINEAR)
    @Label("mlp.contains-linear: any linear function is a network of any depth with two units or more in each hidden "
            + "layer")
    void anyLinearFunction(@ForAll @IntRange(min = 1, max = 60) int inputs,
            @ForAll @IntRange(min = 2, max = 30) int units,
            @ForAll @IntRange(min = 1, max = 4) int hiddenLayers, @ForAll long seed) {
        Random random = new Random(seed);
        LinearModel model = new LinearModel(normals(inputs, random), random.nextGaussian());
        List<Integer> layers = layers(inputs, units, hiddenLayers);
        double[][] x = new double[40][];
        Arrays.setAll(x, s -> normals(inputs, random));

        requireSameFunction(outputs(layers, embedded(model, layers), x),
                outputs(List.of(inputs, 1), model.coefficients(), x));
    }

    @Test
    @Teeth(OldRule.MLP_CONTAINS_LINEAR)
    @DisplayName("mlp.contains-linear: rejects one rectifier where two are needed, and a weight off by its last place")
    void teeth() {
        LinearModel truth = Regressions.truth(LinearProblem.POST.draw(PostRuns.SEED));
        double[][] x = Regressions.inputs(LinearProblem.POST.draw(PostRuns.SEED).train());
        double[] linear = outputs(List.of(50, 1), truth.coefficients(), x);
        double[] oneRectifier = embedded(truth, LAYERS);
        oneRectifier[oneRectifier.length - 25] = 0;
        double[] lastPlace = embedded(truth, LAYERS);
        lastPlace[0] = Math.nextUp((float) lastPlace[0]);

        assertThatThrownBy(() -> requireSameFunction(outputs(LAYERS, oneRectifier, x), linear))
                .hasMessageContaining("differs");
        assertThatThrownBy(() -> requireSameFunction(outputs(LAYERS, lastPlace, x), linear))
                .hasMessageContaining("differs");
    }

    static void requireSameFunction(double[] network, double[] linear) {
        for (int s = 0; s < linear.length; s++) {
            Check.that(network[s] == linear[s],
                    "sample %d: the network's output %s differs from the linear function's %s",
                    s, network[s], linear[s]);
        }
    }

    /**
     * The linear function as a network: z = max(0, z) − max(0, −z). The first hidden layer computes max(0, z) and
     * max(0, −z) in two units, later ones hand them on, the output subtracts; all other parameters are 0.
     *
     * @return parameters, weights row-major then biases, layer by layer
     */
    private static double[] embedded(LinearModel model, List<Integer> layers) {
        double[] theta = new double[new Architecture(layers).parameterCount()];
        int inputs = layers.get(0);
        int units = layers.get(1);
        for (int i = 0; i < inputs; i++) {
            theta[i] = model.weights()[i];
            theta[inputs + i] = -model.weights()[i];
        }
        theta[units * inputs] = model.intercept();
        theta[units * inputs + 1] = -model.intercept();
        int offset = units * (inputs + 1);
        for (int layer = 1; layer < layers.size() - 2; layer++) {
            int outputs = layers.get(layer + 1);
            theta[offset] = 1;
            theta[offset + units + 1] = 1;
            offset += outputs * (units + 1);
            units = outputs;
        }
        theta[offset] = 1;
        theta[offset + 1] = -1;
        return theta;
    }

    private static double[] outputs(List<Integer> layers, double[] theta, double[][] x) {
        try (Backend backend = new CpuBackend()) {
            Mlp network = new Mlp(backend, layers);
            backend.write(theta, network.parameters());
            Activations activations = network.activations(x.length);
            network.forward(columns(backend, x), activations);
            return backend.read(activations.prediction());
        }
    }

    private static Tensor columns(Backend backend, double[][] x) {
        double[] values = new double[x[0].length * x.length];
        for (int s = 0; s < x.length; s++) {
            for (int i = 0; i < x[s].length; i++) {
                values[i * x.length + s] = x[s][i];
            }
        }
        return backend.tensor(x[0].length, x.length, values);
    }

    private static List<Integer> layers(int inputs, int units, int hiddenLayers) {
        Integer[] sizes = new Integer[hiddenLayers + 2];
        Arrays.fill(sizes, units);
        sizes[0] = inputs;
        sizes[hiddenLayers + 1] = 1;
        return List.of(sizes);
    }

    private static double[] normals(int n, Random random) {
        return DoubleStream.generate(() -> (float) random.nextGaussian()).limit(n).toArray();
    }

    private static double loss(double[] predictions, double[] labels) {
        double sum = 0;
        for (int s = 0; s < labels.length; s++) {
            sum += (predictions[s] - labels[s]) * (predictions[s] - labels[s]);
        }
        return sum / labels.length;
    }

    private static Page page(TrainingResult run, double[] network) {
        double[] labels = Regressions.labels(run.data().validation());
        double[][] x = Regressions.inputs(run.data().validation());
        double trueLoss = loss(network, labels);
        LinearModel fitted = Regressions.leastSquares(run.data().train()).model();
        double fittedLoss = loss(outputs(LAYERS, embedded(fitted, LAYERS), x), labels);
        double trained = run.best().fit().validationLoss();
        return Page.of(OldRule.MLP_CONTAINS_LINEAR)
                .formula("<mi>z</mi><mo>=</mo><mo>max</mo><mo>(</mo><mn>0</mn><mo>,</mo><mi>z</mi><mo>)</mo><mo>−</mo>"
                        + "<mo>max</mo><mo>(</mo><mn>0</mn><mo>,</mo><mo>−</mo><mi>z</mi><mo>)</mo><mo>,</mo>"
                        + "<mspace width=\"1em\"/><mi>z</mi><mo>=</mo><mi mathvariant=\"bold\">w</mi><mo>·</mo>"
                        + "<mi mathvariant=\"bold\">x</mi><mo>+</mo><mi>b</mi>")
                .setup("Approximation error is how far the best model of a class stays from the truth. A network of "
                        + "the post's sizes, 50-25-25-1, is written down by hand: two of its 25 units in each hidden "
                        + "layer carry max(0, z) and max(0, −z), the output subtracts them, all other parameters are "
                        + "0. Its outputs are compared with those of a linear layer.")
                .table("Validation losses inside the class of 50-25-25-1 networks",
                        List.of("network", "validation loss"), List.of(
                        List.of("equal to the true model, by hand", Check.text("%.4f", trueLoss)),
                        List.of("equal to the least squares fit of the 200 training samples, by hand",
                                Check.text("%.4f", fittedLoss)),
                        List.of("found by training, best epoch", Check.text("%.4f", trained))))
                .picture(new BarPicture("The class holds far better networks than training finds",
                        "Validation losses of three 50-25-25-1 networks, seed 42",
                                Axis.linear("Validation loss"), List.of(
                                BarPicture.Bar.of("The true model", Palette.GREY, trueLoss),
                                BarPicture.Bar.of("The least squares fit", Palette.of(PostExperiment.LINEAR),
                                        fittedLoss),
                                BarPicture.Bar.of("Trained", Palette.of(PostExperiment.MLP), trained)), List.of())
                                        .picture())
                .paragraph("What follows", "Both classes contain the truth, so both have approximation error zero, and "
                        + "the larger one cannot do better. What it pays is estimation error: with 1,951 parameters "
                        + "and 200 samples, training picks a network that fits the noise.")
                .figure("outputs equal bit for bit on 10,000 samples")
                .sure("Exact: in the product's own forward pass, every output has the linear layer's bits. So it is "
                        + "for 100 random linear functions in networks of one to four hidden layers.")
                .reproduce("mvn verify -Dtest=ContainsLinearTest");
    }
}
