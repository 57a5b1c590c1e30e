package dev.regularisation.plot;

import dev.regularisation.data.Problem;
import dev.regularisation.setting.Setting;
import dev.regularisation.training.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A plan in one line, for subtitles: what is as it usually is is not mentioned. */
final class PlanLine {

    /** Between the parts of a subtitle. */
    static final String SEPARATOR = " · ";

    private PlanLine() {
    }

    static String of(TrainingPlan plan) {
        List<String> parts = new ArrayList<>();
        parts.add(plan.layers().stream().map(String::valueOf).collect(Collectors.joining("-")));
        TrainingPlan.SETTINGS.forEach(setting -> phrase(plan, setting).ifPresent(parts::add));
        parts.add(plan.batchSize() == plan.problem().trainSize()
                ? "full batch" : "batches of " + Numbers.count(plan.batchSize()));
        parts.add(Numbers.count(plan.epochs()) + (plan.epochs() == 1 ? " epoch" : " epochs"));
        parts.add(data(plan));
        return String.join(SEPARATOR, parts);
    }

    private static <T> Optional<String> phrase(TrainingPlan plan, Setting<T> setting) {
        return setting.phrase(plan.settings().get(setting), number -> Numbers.setting(number.doubleValue()));
    }

    /** What the plan says of the data. */
    static String data(TrainingPlan plan) {
        Problem problem = plan.problem();
        return Numbers.count(problem.trainSize()) + " training, " + Numbers.count(problem.validationSize())
                + " validation samples" + SEPARATOR + "seed " + plan.seed();
    }
}
