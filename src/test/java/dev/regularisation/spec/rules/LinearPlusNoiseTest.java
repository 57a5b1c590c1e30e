package dev.regularisation.spec.rules;

import static dev.regularisation.support.Golden.member;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.regularisation.data.LinearData;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.data.Samples;
import dev.regularisation.plot.Axis;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.spec.Page;
import dev.regularisation.spec.OldRule;
import dev.regularisation.spec.Shows;
import dev.regularisation.spec.Teeth;
import dev.regularisation.support.Golden;
import dev.regularisation.support.PostRuns;
import dev.regularisation.theory.LinearModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LinearPlusNoiseTest {

    private static final double SIGMA = 0.2;
    /** Of the test that the noise is N(0, σ²); one fixed seed, so it passes always or never. */
    private static final double LEVEL = 1e-3;
    private static final List<Integer> SIZES = List.of(50, 200, 10_000);

    @Test
    @Shows(OldRule.SETUP_LINEAR_PLUS_NOISE)
    @DisplayName("setup.linear-plus-noise: the post's data are PyTorch's to the last bit, a linear function plus noise "
            + "of 0.2")
    void postsData() {
        LinearData data = LinearProblem.POST.draw(PostRuns.SEED);
        page(data).publish();

        requirePyTorchsBits(data);
        requireSizes(data, SIZES);
        requireResidualIsNoise(data);
        requireGaussian(residuals(data, data.validation()), SIGMA);
    }

    @Property(tries = 60, seed = "1")
    @Shows(OldRule.SETUP_LINEAR_PLUS_NOISE)
    @Label("setup.linear-plus-noise: of any size and seed, label minus true model is the noise that was drawn")
    void anyProblem(@ForAll @IntRange(min = 1, max = 60) int dimensions, @ForAll @IntRange(min = 1, max = 80) int train,
            @ForAll @DoubleRange(min = 0, max = 5) double noise, @ForAll long seed) {
        LinearData data = new LinearProblem(dimensions, train, 20, noise).draw(seed);

        requireSizes(data, List.of(dimensions, train, 20));
        requireResidualIsNoise(data);
    }

    @Test
    @Teeth(OldRule.SETUP_LINEAR_PLUS_NOISE)
    @DisplayName("setup.linear-plus-noise: rejects another seed, labels without noise, and noise of another strength")
    void teeth() {
        LinearData data = LinearProblem.POST.draw(PostRuns.SEED);
        LinearData otherSeed = LinearProblem.POST.draw(PostRuns.SEED + 1);
        double[] louder = Arrays.stream(residuals(data, data.validation())).map(r -> 1.1 * r).toArray();

        assertThatThrownBy(() -> requirePyTorchsBits(otherSeed))
                .hasMessageContaining("true_weights differs from PyTorch's");
        assertThatThrownBy(() -> requireResidualIsNoise(withoutNoise(data)))
                .hasMessageContaining("is not the noise");
        assertThatThrownBy(() -> requireGaussian(louder, SIGMA)).hasMessageContaining("not N(0, 0.2²)");
        assertThatThrownBy(() -> requireSizes(LinearProblem.POST.withTrainSize(201).draw(1), SIZES))
                .hasMessageContaining("[50, 201, 10000]");
    }

    /** The same data, but labels that are the true model's answers, without noise. */
    private static LinearData withoutNoise(LinearData data) {
        Samples train = data.train();
        double[][] x = Regressions.inputs(train);
        float[] y = new float[train.size()];
        for (int s = 0; s < y.length; s++) {
            y[s] = (float) Regressions.truth(data).predict(x[s]);
        }
        return new LinearData(data.trueWeights(), data.intercept(),
                new Samples(train.size(), train.features(), train.x(), y), data.validation(), data.trainNoise(),
                data.validationNoise());
    }

    static void requirePyTorchsBits(LinearData data) {
        JsonNode golden = member(Golden.read("streams.json"), "data train=200");
        arrays(data).forEach((name, values) -> {
            String wanted = member(member(golden, name), "sha256").textValue();
            String found = Golden.sha256(values);
            Check.that(found.equals(wanted), "%s differs from PyTorch's: SHA-256 %s, wanted %s", name, found, wanted);
        });
    }

    static void requireSizes(LinearData data, List<Integer> dimensionsTrainValidation) {
        List<Integer> found = List.of(data.trueWeights().length, data.train().size(), data.validation().size());
        Check.that(found.equals(dimensionsTrainValidation),
                "dimensions, training and validation samples: wanted %s, got %s",
                dimensionsTrainValidation, found);
    }

    /** A label is rounded once to float32, by half its last place; the rest allows for the order of a sum in double. */
    static void requireResidualIsNoise(LinearData data) {
        requireResidualIsNoise(data, data.train(), data.trainNoise());
        requireResidualIsNoise(data, data.validation(), data.validationNoise());
    }

    private static void requireResidualIsNoise(LinearData data, Samples samples, float[] noise) {
        double[] residuals = residuals(data, samples);
        for (int s = 0; s < residuals.length; s++) {
            double error = Math.abs(residuals[s] - noise[s]);
            Check.that(error <= 0.5 * Math.ulp(samples.y()[s]) + 1e-12,
                    "sample %d: label minus true model is %s, which is not the noise %s", s, residuals[s], noise[s]);
        }
    }

    static void requireGaussian(double[] noise, double sigma) {
        double p = gaussianP(noise, sigma);
        Check.that(p >= LEVEL, "the noise is not N(0, %s²): Kolmogorov and Smirnov's p = %.2g", sigma, p);
    }

    /** Kolmogorov and Smirnov's p value, by its limit for many samples. */
    private static double gaussianP(double[] noise, double sigma) {
        KolmogorovSmirnovTest test = new KolmogorovSmirnovTest();
        double distance = test.kolmogorovSmirnovStatistic(new NormalDistribution(null, 0, sigma), noise);
        return 1 - test.ksSum(Math.sqrt(noise.length) * distance, 1e-12, 1000);
    }

    private static double[] residuals(LinearData data, Samples samples) {
        LinearModel truth = Regressions.truth(data);
        return truth.residuals(Regressions.inputs(samples), Regressions.labels(samples));
    }

    private static Map<String, float[]> arrays(LinearData data) {
        Map<String, float[]> arrays = new LinkedHashMap<>();
        arrays.put("true_weights", data.trueWeights());
        arrays.put("intercept", new float[] {data.intercept()});
        arrays.put("train_x", data.train().x());
        arrays.put("train_noise", data.trainNoise());
        arrays.put("train_y", data.train().y());
        arrays.put("validation_x", data.validation().x());
        arrays.put("validation_noise", data.validationNoise());
        arrays.put("validation_y", data.validation().y());
        return arrays;
    }

    private static Page page(LinearData data) {
        List<List<String>> rows = new ArrayList<>();
        arrays(data).forEach((name, values) -> rows.add(List.of(name, Check.text("%,d", values.length),
                Check.text("%.7f", values[0]), Golden.sha256(values).substring(0, 16) + "…")));
        double[] noise = residuals(data, data.validation());
        double p = gaussianP(noise, SIGMA);
        return Page.of(OldRule.SETUP_LINEAR_PLUS_NOISE)
                .formula("<mi>y</mi><mo>=</mo><mi mathvariant=\"bold\">w</mi><mo>·</mo><mi mathvariant=\"bold\">x</mi>"
                        + "<mo>+</mo><mi>b</mi><mo>+</mo><mn>0.2</mn><mi>ε</mi><mo>,</mo><mspace width=\"1em\"/><msub>"
                        + "<mi>x</mi><mi>i</mi></msub><mo>,</mo><mi>ε</mi><mo>,</mo><mi>b</mi><mo>~</mo><mi>N</mi>"
                        + "<mo>(</mo><mn>0</mn><mo>,</mo><mn>1</mn><mo>)</mo><mo>,</mo><mspace width=\"1em\"/><msub>"
                        + "<mi>w</mi><mi>i</mi></msub><mo>~</mo><mi>N</mi><mo>(</mo><mn>0</mn><mo>,</mo><mn>9</mn>"
                        + "<mo>/</mo><mn>50</mn><mo>)</mo>")
                .setup("The data set of seed 42 is drawn and compared, array by array, with the one that PyTorch "
                        + "draws. The true model's answers are then recomputed in double precision and taken from the "
                        + "labels.")
                .table("Arrays of the data set; each has the SHA-256 of PyTorch's",
                        List.of("array", "numbers", "first", "SHA-256"), rows)
                .picture(picture(noise))
                .figure(Check.text("8 of 8 arrays bit-identical; σ = %.4f", Math.sqrt(StatUtils.variance(noise))))
                .sure(Check.text("Bits are compared, not numbers. On 10,000 validation samples the residual has mean "
                        + "%.4f and standard deviation %.4f; Kolmogorov and Smirnov's test against N(0, 0.2²) gives p "
                        + "= %.2f. That the residual is the noise drawn holds to the one rounding of a label, for 60 "
                        + "problems of random size, noise and seed.",
                        StatUtils.mean(noise), Math.sqrt(StatUtils.variance(noise)), p))
                .reproduce("mvn verify -Dtest=LinearPlusNoiseTest");
    }

    private static Picture picture(double[] noise) {
        double[] sorted = noise.clone();
        Arrays.sort(sorted);
        NormalDistribution normal = new NormalDistribution(null, 0, 1);
        double[] quantiles = new double[sorted.length];
        Arrays.setAll(quantiles, i -> normal.inverseCumulativeProbability((i + 0.5) / quantiles.length));
        double[] ends = {-4, 4};
        return new SeriesPicture("Label minus true model is Gaussian noise of standard deviation 0.2",
                "10,000 validation samples of seed 42, sorted, against the quantiles of the normal distribution",
                Axis.linear("Quantile of N(0, 1)"), Axis.linear("Label minus true model"),
                List.of(Series.of("Samples", Palette.BLUE, quantiles, sorted)),
                List.of(Series.of("0.2 × quantile", Palette.VERMILION, ends,
                        new double[] {SIGMA * ends[0], SIGMA * ends[1]})),
                List.of(), false).picture();
    }
}
