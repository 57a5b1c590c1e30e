package dev.regularisation.plot;

import dev.regularisation.data.LinearProblem;
import dev.regularisation.optim.OptimiserPlan;
import dev.regularisation.training.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A plan in one line, for subtitles: what is switched off is not mentioned. */
final class PlanLine {

    private static final String SEPARATOR = " · ";

    private PlanLine() {
    }

    static String of(TrainingPlan plan) {
        List<String> parts = new ArrayList<>();
        parts.add(plan.layers().stream().map(String::valueOf).collect(Collectors.joining("-")));
        OptimiserPlan optimiser = plan.optimiser();
        parts.add(name(optimiser.rule()) + " η = " + Numbers.setting(optimiser.learningRate()));
        if (optimiser.epsilon() != OptimiserPlan.DEFAULT_EPSILON && optimiser.rule() != OptimiserPlan.Rule.SGD) {
            parts.add("ε = " + Numbers.setting(optimiser.epsilon()));
        }
        strength(parts, "weight decay ", optimiser.weightDecay());
        strength(parts, "L2 ", plan.l2());
        strength(parts, "L1 ", plan.l1());
        strength(parts, "L1 on activations ", plan.activationL1());
        strength(parts, "dropout ", plan.dropout());
        parts.add(plan.batchSize() == plan.problem().trainSize()
                ? "full batch" : "batches of " + Numbers.count(plan.batchSize()));
        parts.add(Numbers.count(plan.epochs()) + (plan.epochs() == 1 ? " epoch" : " epochs"));
        parts.add(data(plan));
        return String.join(SEPARATOR, parts);
    }

    /** What the plan says of the data. */
    static String data(TrainingPlan plan) {
        LinearProblem problem = plan.problem();
        return Numbers.count(problem.trainSize()) + " training, " + Numbers.count(problem.validationSize())
                + " validation samples" + SEPARATOR + "seed " + plan.seed();
    }

    private static void strength(List<String> parts, String name, double value) {
        if (value != 0) {
            parts.add(name + Numbers.setting(value));
        }
    }

    private static String name(OptimiserPlan.Rule rule) {
        return switch (rule) {
            case ADAM -> "Adam";
            case ADAMW -> "AdamW";
            case SGD -> "SGD";
        };
    }
}
