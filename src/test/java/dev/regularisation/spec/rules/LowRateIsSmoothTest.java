package dev.regularisation.spec.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.parallel.ParallelRuns;
import dev.regularisation.plot.Axis;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.ReferenceLine;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.spec.Page;
import dev.regularisation.spec.OldRule;
import dev.regularisation.spec.Shows;
import dev.regularisation.spec.Teeth;
import dev.regularisation.support.BackendRuns;
import dev.regularisation.support.PostRuns;
import dev.regularisation.training.History;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LowRateIsSmoothTest {

    private static final double POST_RATE = 0.01;
    private static final double[] RATES = {0.0003, 0.001, 0.003, POST_RATE, 0.03, 0.1};
    /** Beside the post's seed, where all rates are tried; these see three rates. */
    private static final List<Long> SEEDS = List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    private static final double[] FEW_RATES = {0.001, POST_RATE, 0.1};
    /**
     * Three times the rate was seen to make paths 1.8 to 2.3 times as rough at the post's seed; ten times, at least 2.1
     * at the others.
     */
    private static final double LEAST_GROWTH = 1.3;
    /** The plain network's losses: 0.14 at the post's rate, 150 at three times that, in units of a factor e. */
    private static final double CALM = 1;
    /** Below this the training loss is float32's rounding and moves at random whatever the rate. */
    private static final double ABOVE_ROUNDING = 1e-10;

    /** The value of a parameter after an epoch. */
    private interface Path {
        double at(int epoch, int parameter);
    }

    @Test
    @Shows(OldRule.SETUP_LOW_RATE_IS_SMOOTH)
    @DisplayName("setup.low-rate-is-smooth: parameter paths grow rougher with every step of the learning rate")
    void rates() {
        List<History> runs = train(List.of(PostRuns.SEED), RATES, 1000);
        double[] roughness = runs.stream().mapToDouble(LowRateIsSmoothTest::roughness).toArray();
        double[] climbs = runs.stream().mapToDouble(LowRateIsSmoothTest::climb).toArray();
        List<History> others = train(SEEDS, FEW_RATES, 300);
        page(runs, roughness, climbs, others).publish();

        requireRougherWithRate(RATES, roughness);
        requireCalm(POST_RATE, climbs[indexOf(POST_RATE)]);
        for (int s = 0; s < SEEDS.size(); s++) {
            requireRougherWithRate(FEW_RATES, ofSeed(others, s));
        }
    }

    @ParameterizedTest(name = "setup.low-rate-is-smooth: at the post''s seed, on {0}")
    @MethodSource("dev.regularisation.support.BackendRuns#available")
    @Shows(OldRule.SETUP_LOW_RATE_IS_SMOOTH)
    void onBackend(String backend) {
        List<History> runs = Arrays.stream(FEW_RATES)
                .mapToObj(rate -> BackendRuns.train(backend, plan(PostRuns.SEED, rate, 300)).history()).toList();

        requireRougherWithRate(FEW_RATES, runs.stream().mapToDouble(LowRateIsSmoothTest::roughness).toArray());
        requireCalm(POST_RATE, climb(runs.get(Arrays.binarySearch(FEW_RATES, POST_RATE))));
    }

    @Test
    @Teeth(OldRule.SETUP_LOW_RATE_IS_SMOOTH)
    @DisplayName("setup.low-rate-is-smooth: rejects rates in the wrong order, roughness without trend, and a loss that "
            + "climbs")
    void teeth() {
        double[] falling = {0.7, 0.4, 0.18, 0.08, 0.04, 0.02};
        double[] flat = {0.2, 0.2, 0.2, 0.2, 0.2, 0.2};
        History wild = train(List.of(PostRuns.SEED), new double[] {0.03}, 1000).get(0);

        assertThatThrownBy(() -> requireRougherWithRate(RATES, falling))
                .hasMessageContaining("not rougher at rate 0.001");
        assertThatThrownBy(() -> requireRougherWithRate(RATES, flat)).hasMessageContaining("not rougher");
        assertThatThrownBy(() -> requireCalm(0.03, climb(wild))).hasMessageContaining("climbs");
        assertThat(roughness(9, 1, (epoch, i) -> 3 * epoch)).as("of a straight path").isEqualTo(0);
        assertThat(roughness(1000, 1, (epoch, i) -> epoch % 2)).as("of a path to and fro").isBetween(1.99, 2.0);
    }

    static void requireRougherWithRate(double[] rates, double[] roughness) {
        for (int i = 1; i < rates.length; i++) {
            Check.that(roughness[i] >= LEAST_GROWTH * roughness[i - 1],
                    "paths are not rougher at rate %s than at %s: %.4f and %.4f",
                    rates[i], rates[i - 1], roughness[i], roughness[i - 1]);
        }
    }

    static void requireCalm(double rate, double climb) {
        Check.that(climb <= CALM, "at rate %s the training loss climbs by %.1f factors of e in all", rate, climb);
    }

    private static double roughness(History history) {
        return roughness(history.epochs(), history.parameterCount(), history::parameter);
    }

    /**
     * Σ |Δθₜ − Δθₜ₋₁| / Σ |Δθₜ| over epochs and parameters: 0 for straight paths at an even pace, 2 for steps to and
     * fro.
     */
    private static double roughness(int epochs, int parameters, Path path) {
        double turns = 0;
        double steps = 0;
        for (int epoch = 1; epoch <= epochs; epoch++) {
            for (int i = 0; i < parameters; i++) {
                double step = path.at(epoch, i) - path.at(epoch - 1, i);
                steps += Math.abs(step);
                if (epoch > 1) {
                    turns += Math.abs(step - (path.at(epoch - 1, i) - path.at(epoch - 2, i)));
                }
            }
        }
        return turns / steps;
    }

    /** Σ ln(Lₜ/Lₜ₋₁) over the epochs at which the training loss rises. */
    private static double climb(History history) {
        double climb = 0;
        for (int epoch = 1; epoch <= history.epochs(); epoch++) {
            double from = history.trainLoss(epoch - 1);
            double to = history.trainLoss(epoch);
            climb += to > from && to > ABOVE_ROUNDING ? StrictMath.log(to / Math.max(from, ABOVE_ROUNDING)) : 0;
        }
        return climb;
    }

    /** The plain MLP at every seed and rate, seeds outside. */
    private static List<History> train(List<Long> seeds, double[] rates, int epochs) {
        List<TrainingPlan> plans = new ArrayList<>();
        for (long seed : seeds) {
            for (double rate : rates) {
                plans.add(plan(seed, rate, epochs));
            }
        }
        return ParallelRuns.run(plans, TrainingPlan::epochs, plan -> TrainingLoop.train(plan, new CpuBackend())
                .history(), 2);
    }

    /** Few validation samples, since only paths and training matter. */
    private static TrainingPlan plan(long seed, double rate, int epochs) {
        return TrainingPlan.builder().problem(new LinearProblem(50, 200, 100, 0.2))
                .learningRate(rate).epochs(epochs).seed(seed).build();
    }

    private static double[] ofSeed(List<History> runs, int seed) {
        return IntStream.range(0, FEW_RATES.length).mapToDouble(r -> roughness(runs.get(seed * FEW_RATES.length + r)))
                .toArray();
    }

    private static int indexOf(double rate) {
        return Arrays.binarySearch(RATES, rate);
    }

    private static Page page(List<History> runs, double[] roughness, double[] climbs, List<History> others) {
        List<List<String>> rows = new ArrayList<>();
        StringBuilder csv = new StringBuilder("seed,rate,roughness\n");
        for (int r = 0; r < RATES.length; r++) {
            rows.add(List.of(BigDecimal.valueOf(RATES[r]).toPlainString(), Check.text("%.3f", roughness[r]),
                    Check.text("%.2f", climbs[r]),
                    Check.text("%.2g", runs.get(r).trainLoss(1000))));
            csv.append(Check.text("42,%s,%s%n", RATES[r], roughness[r]));
        }
        List<Series> curves = new ArrayList<>();
        for (int s = 0; s < SEEDS.size(); s++) {
            double[] values = ofSeed(others, s);
            curves.add(Series.of("seeds 1 to 8", Palette.GREY, FEW_RATES, values));
            for (int r = 0; r < FEW_RATES.length; r++) {
                csv.append(Check.text("%d,%s,%s%n", SEEDS.get(s), FEW_RATES[r], values[r]));
            }
        }
        curves.add(Series.of("seed 42", Palette.BLACK, RATES, roughness));
        return Page.of(OldRule.SETUP_LOW_RATE_IS_SMOOTH)
                .formula("<mi>R</mi><mo>=</mo><mfrac><mrow><munder><mo>∑</mo><mrow><mi>t</mi><mo>,</mo><mi>i</mi>"
                        + "</mrow></munder><mo>|</mo><mi>Δ</mi><msub><mi>θ</mi><mrow><mi>i</mi><mo>,</mo><mi>t</mi>"
                        + "</mrow></msub><mo>−</mo><mi>Δ</mi><msub><mi>θ</mi><mrow><mi>i</mi><mo>,</mo><mi>t</mi>"
                        + "<mo>−</mo><mn>1</mn></mrow></msub><mo>|</mo></mrow><mrow><munder><mo>∑</mo><mrow><mi>t</mi>"
                        + "<mo>,</mo><mi>i</mi></mrow></munder><mo>|</mo><mi>Δ</mi><msub><mi>θ</mi><mrow><mi>i</mi>"
                        + "<mo>,</mo><mi>t</mi></mrow></msub><mo>|</mo></mrow></mfrac>")
                .setup("The plain MLP is trained with Adam at six learning rates around the post's 0.01, for 1,000 "
                        + "epochs at seed 42. The roughness R compares how much the steps change from one epoch to the "
                        + "next with how long they are: 0 for a straight path at an even pace, 2 for steps to and fro. "
                        + "Stability is how far the training loss ever climbs.")
                .table("Seed 42", List.of("learning rate", "roughness R",
                        "total climb of the training loss, factors of e",
                        "final training loss"), rows)
                .picture(pathPicture(runs))
                .picture(SeriesPicture.ofCurves("The higher the rate, the rougher the paths",
                        "Plain MLP, Adam; black: seed 42, 1,000 epochs; grey: seeds 1 to 8, 300 epochs",
                                Axis.log("Learning rate"),
                        Axis.log("Roughness R"), curves, List.of(ReferenceLine.vertical("The post's rate", POST_RATE)))
                        .picture())
                .series("roughness", csv.toString())
                .figure(Check.text("R = %.2f at the post's 0.01; %.2f at a tenth, %.2f at ten times that",
                        roughness[indexOf(POST_RATE)],
                        roughness[indexOf(0.001)], roughness[indexOf(0.1)]))
                .sure("Deterministic at seed 42. The order of three rates is the same at each of 8 further seeds; were "
                        + "it a coin toss at each, that would happen with probability 2⁻⁸ = 0.4 % for each "
                        + "neighbouring pair of rates.")
                .reproduce("mvn -q compile exec:java -Dexec.args=\"train --lr 0.1\"");
    }

    /** The weight that moved furthest at the post's rate, at three rates. */
    private static Picture pathPicture(List<History> runs) {
        History post = runs.get(indexOf(POST_RATE));
        int moved = IntStream.range(0, post.parameterCount()).boxed()
                .max(Comparator.comparing(i -> Math.abs(post.parameter(1000, i) - post.parameter(0, i)))).orElseThrow();
        List<Series> curves = new ArrayList<>();
        for (double rate : new double[] {0.1, POST_RATE, 0.001}) {
            History run = runs.get(indexOf(rate));
            curves.add(Series.byEpoch("rate " + rate, Palette.series(curves.size()),
                    IntStream.rangeClosed(0, 1000).mapToDouble(epoch -> run.parameter(epoch, moved)).toArray()));
        }
        return SeriesPicture.ofCurves("The path of one weight at three learning rates",
                "Plain MLP, seed 42; the parameter that moves furthest at rate 0.01",
                        Axis.epochs(), Axis.linear("Parameter θ"),
                curves, List.of()).picture();
    }
}
