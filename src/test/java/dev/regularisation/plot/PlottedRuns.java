package dev.regularisation.plot;

import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.optim.OptimiserPlan;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.training.ProgressListener;
import dev.regularisation.training.Recording;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import dev.regularisation.training.TrainingResult;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** Short runs of every kind that a picture must cope with. */
final class PlottedRuns {

    private static final LinearProblem PROBLEM = new LinearProblem(50, 200, 2500, 0.2);

    private PlottedRuns() {
    }

    static TrainingPlan plan(PostExperiment experiment, int epochs) {
        return experiment.plan(42, PROBLEM.trainSize()).toBuilder().problem(PROBLEM).epochs(epochs).build();
    }

    static TrainingResult of(PostExperiment experiment, int epochs) {
        return TrainingLoop.train(plan(experiment, epochs), new CpuBackend());
    }

    static Map<PostExperiment, TrainingResult> ofAll(int epochs) {
        Map<PostExperiment, TrainingResult> results = new EnumMap<>(PostExperiment.class);
        for (PostExperiment experiment : PostExperiment.values()) {
            results.put(experiment, of(experiment, epochs));
        }
        return results;
    }

    static TrainingResult withoutParameters(int epochs) {
        return TrainingLoop.train(
                plan(PostExperiment.MLP, epochs), new CpuBackend(), Recording.LOSSES, ProgressListener.NONE);
    }

    /** Gradient descent far beyond the learning rate of 2 / the largest curvature: losses grow, overflow, are NaN. */
    static TrainingResult diverged() {
        return TrainingLoop.train(divergingPlan(), new CpuBackend());
    }

    static TrainingResult notANumberFromTheStart() {
        return TrainingLoop.train(divergingPlan(), new CpuBackend(), Recording.PARAMETERS, ProgressListener.NONE,
                theta -> Arrays.stream(theta).map(any -> Double.NaN).toArray());
    }

    private static TrainingPlan divergingPlan() {
        return plan(PostExperiment.LINEAR, 120).toBuilder().rule(OptimiserPlan.UpdateRule.SGD).learningRate(1).build();
    }

    /** One weight, one bias, one sample, and nearly the rate that fits it in a step: no rounding error is left. */
    static TrainingResult fittedExactly() {
        TrainingPlan plan = plan(PostExperiment.LINEAR, 100).toBuilder().problem(new LinearProblem(1, 1, 50, 0.2))
                .layers(1, 1).rule(OptimiserPlan.UpdateRule.SGD).learningRate(0.47).batchSize(1).build();
        return TrainingLoop.train(plan, new CpuBackend());
    }
}
