package dev.regularisation.spec.rules.l1;

import dev.regularisation.optim.OptimiserPlan;
import dev.regularisation.optim.OptimiserPlan.UpdateRule;
import dev.regularisation.penalty.L1;
import dev.regularisation.penalty.L2;
import dev.regularisation.penalty.Penalty;
import dev.regularisation.plot.Axis;
import dev.regularisation.plot.LineStyle;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.rules.FreeParameters;
import dev.regularisation.theory.Decay;
import java.awt.Color;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Paths of a parameter that the data do not touch: every step's gradient is the penalty's alone.
 *
 * @param decay  the learning rate of gradient descent, and the strength of both penalties
 * @param l1     with L1, by gradient descent
 * @param l2     with L2
 * @param adamL1 with L1, by Adam at the post's learning rate
 * @param adamL2 with L2
 */
record UselessParameter(Decay decay, double[] l1, double[] l2, double[] adamL1, double[] adamL2) {

    static final double ADAM_RATE = 0.01;
    private static final int ADAM_STEPS = 1500;
    private static final int LAST = 500;

    static UselessParameter of(double start, double rate, double lambda, int least) {
        Decay decay = new Decay(rate, lambda);
        int steps = Math.max(least, (int) decay.l1StepsToArrive(start) + 200);
        return new UselessParameter(decay, path(UpdateRule.SGD, rate, new L1(lambda), start, steps),
                path(UpdateRule.SGD, rate, new L2(lambda), start, steps),
                path(UpdateRule.ADAM, ADAM_RATE, new L1(lambda), start, ADAM_STEPS),
                path(UpdateRule.ADAM, ADAM_RATE, new L2(lambda), start, ADAM_STEPS));
    }

    private static double[] path(UpdateRule rule, double rate, Penalty penalty, double start, int steps) {
        return FreeParameters.path(new OptimiserPlan(rule, rate, 0), start, steps, penalty);
    }

    UselessParameter with(double[] otherL1, double[] otherL2) {
        return new UselessParameter(decay, otherL1, otherL2, adamL1, adamL2);
    }

    UselessParameter withAdam(double[] otherL1, double[] otherL2) {
        return new UselessParameter(decay, l1, l2, otherL1, otherL2);
    }

    /** |θ₀|/(ηλ): one step fewer are enough to be within a step of zero, and as many to be past it. */
    double due() {
        return Math.abs(l1[0]) / decay.step();
    }

    /** The step from which L1 keeps the parameter within one step of zero; one past the last where it does not. */
    int arrived() {
        int arrived = l1.length;
        while (arrived > 0 && Math.abs(l1[arrived - 1]) <= decay.step() * (1 + 1e-6)) {
            arrived--;
        }
        return arrived;
    }

    /** By how much a step on the way misses ηλ, at worst, in units of one rounding of θ and one of each factor. */
    double worstStep() {
        double rounding = 0x1p-24 * Math.abs(l1[0]) + 0x1p-22 * decay.step();
        return IntStream.range(1, (int) Math.min(due() - 1, l1.length)).mapToDouble(step ->
                Math.abs(Math.abs(l1[step - 1]) - Math.abs(l1[step]) - decay.step()) / rounding).reduce(0, Math::max);
    }

    /** By how much the share that a step of L2 leaves misses 1 − ηλ, at worst, in units of rounding of θ and both factors. */
    double worstShare() {
        return IntStream.range(1, l2.length).mapToDouble(step -> l2[step - 1] == 0 ? Double.POSITIVE_INFINITY
                : Math.abs(l2[step] / l2[step - 1] - (1 - decay.step())) / 0x1p-22).reduce(0, Math::max);
    }

    /** The greatest distance from zero in the last 500 steps of a path. */
    static double left(double... path) {
        return Arrays.stream(path, Math.max(0, path.length - LAST), path.length).map(Math::abs).max().orElse(Double.NaN);
    }

    static int firstWithin(double bound, double... path) {
        return IntStream.range(0, path.length).filter(step -> Math.abs(path[step]) <= bound).findFirst().orElse(path.length);
    }

    List<List<String>> rows() {
        return Stream.of(0, 100, 200, 300, 400, 476, 477, 478, 1000, 1500).map(step -> List.of(step.toString(),
                Document.format("%.6f", l1[step]), Document.format("%.6f", l2[step]), Document.format("%.4f", adamL1[step]),
                Document.format("%.1e", adamL2[step]))).toList();
    }

    Picture picture() {
        return SeriesPicture.ofCurves("A parameter that the data do not touch",
                "from 0.5; gradient descent with rate 0.05, strength 0.021; dashed: Adam with rate 0.01",
                Axis.linear("Step"), Axis.linear("Parameter θ"), List.of(
                        curve("L1, gradient descent", Palette.GREEN, l1, LineStyle.SOLID),
                        curve("L2, gradient descent", Palette.BLUE, l2, LineStyle.SOLID),
                        curve("L1, Adam", Palette.ORANGE, adamL1, LineStyle.DASHED),
                        curve("L2, Adam", Palette.PURPLE, adamL2, LineStyle.DASHED)), List.of()).picture();
    }

    private static Series curve(String name, Color colour, double[] path, LineStyle line) {
        return Series.byEpoch(name, colour, Arrays.copyOf(path, 801)).drawn(line);
    }

    Map<String, double[]> series() {
        Map<String, double[]> columns = new LinkedHashMap<>();
        columns.put("l1_sgd", l1);
        columns.put("l2_sgd", l2);
        columns.put("l1_adam", adamL1);
        columns.put("l2_adam", adamL2);
        return columns;
    }
}
