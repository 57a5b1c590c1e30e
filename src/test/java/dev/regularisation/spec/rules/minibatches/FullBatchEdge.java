package dev.regularisation.spec.rules.minibatches;

import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.plot.Axis;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.ReferenceLine;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.rules.Gradients;
import dev.regularisation.study.Jumps;
import dev.regularisation.support.PostRuns;
import dev.regularisation.training.TrainingPlan;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The full batch's first jump and the sharpness that Adam sees on the way to it.
 *
 * @param jump      the step of the first jump; −1 where there is none
 * @param from      the loss before it
 * @param sharpness by step
 */
record FullBatchEdge(int jump, double from, Map<Integer, Double> sharpness) {

    private static final int FULL_BATCH_STEPS = 2200;
    /** Steps from one measurement to the next where the jump is near; up to 50 before it, 0.946 of the limit was seen. */
    private static final int NEAR = 20;
    /** Finer where the first jump is near, at 1994, or at 1915 where another bit of one initial weight is set. */
    private static final Set<Integer> STEPS = IntStream.iterate(250, step -> step < FULL_BATCH_STEPS,
            step -> step + (step < 1750 ? 250 : NEAR)).boxed().collect(Collectors.toUnmodifiableSet());
    private static final double CLOSE = 0.95;

    FullBatchEdge {
        sharpness = new TreeMap<>(sharpness);
        int end = jump;
        sharpness.keySet().removeIf(step -> end >= 0 && step >= end);
    }

    /** Measures at the post's seed. */
    static FullBatchEdge measure() {
        TrainingPlan full = Ablation.small(PostExperiment.MLP, PostRuns.SEED).epochs(FULL_BATCH_STEPS).build();
        Sharpness sharpness = new Sharpness(new CpuBackend(),
                new Gradients(full.layers(), full.problem().draw(PostRuns.SEED).train()), STEPS);
        double[] losses = Ablation.train(full, sharpness);
        return new FullBatchEdge(Jumps.first(losses), Jumps.of(losses).stream().mapToDouble(Jumps.Jump::from).findFirst()
                .orElse(Double.NaN), sharpness.values());
    }

    FullBatchEdge with(int otherJump, Map<Integer, Double> otherSharpness) {
        return new FullBatchEdge(otherJump, from, otherSharpness);
    }

    private int lastMeasured() {
        return sharpness.keySet().stream().mapToInt(step -> step).max().orElse(0);
    }

    /** The last sharpness that was measured before the jump, in units of the limit. */
    double share() {
        return sharpness.getOrDefault(lastMeasured(), Double.NaN) / limit();
    }

    /** Steps from that measurement to the jump; NaN where there is none. */
    double since() {
        return jump < 0 ? Double.NaN : jump - lastMeasured();
    }

    /** Steps from when sharpness came within a twentieth of the limit to the jump. */
    double lateness() {
        return jump - sharpness.keySet().stream().filter(step -> sharpness.get(step) / limit() >= CLOSE)
                .mapToDouble(step -> step).min().orElse(Double.NaN);
    }

    static double limit() {
        return Sharpness.limit(Ablation.RATE);
    }

    Picture picture() {
        double[] steps = sharpness.keySet().stream().mapToDouble(Integer::doubleValue).toArray();
        double[] values = sharpness.values().stream().mapToDouble(Double::doubleValue).toArray();
        return SeriesPicture.ofCurves("Full batch: the loss jumps when sharpness reaches Adam's limit",
                "seed 42, all 200 samples in every step, learning rate 0.01", Axis.linear("Step"),
                Axis.linear("Greatest eigenvalue of the Hessian as Adam scales it").covering(0, 0),
                List.of(Series.of("sharpness", Palette.BLUE, steps, values)),
                List.of(ReferenceLine.horizontal("limit of stability 38/η", limit()),
                        ReferenceLine.vertical("first jump of the training loss", jump).in(Palette.VERMILION))).picture();
    }
}
