package dev.regularisation.plot;

import dev.regularisation.data.Problem;
import dev.regularisation.setting.Setting;
import dev.regularisation.training.History;
import dev.regularisation.training.TrainingPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Pieces of subtitles, notes and alternative texts, and a check of specs. */
final class Texts {

    private static final String SEPARATOR = " · ";

    private Texts() {
    }

    /** The sentences, each after a blank. */
    static String sentences(List<String> sentences) {
        return sentences.stream().map(sentence -> " " + sentence).collect(Collectors.joining());
    }

    /** The references, as {@link #sentences}. */
    static String references(List<ReferenceLine> references) {
        return sentences(references.stream().map(line -> "Reference line: " + line.name() + ".").toList());
    }

    /** A note on the points of that name that a picture leaves out; none where it shows all. */
    static Stream<String> hidden(String name, long shown, int all) {
        return shown == all ? Stream.of() : Stream.of(name + ": " + Numbers.count(all - shown) + " of " + Numbers.count(all)
                + " points have no place on these axes.");
    }

    static void requireSome(String what, List<?> list) {
        if (list.isEmpty()) {
            throw new IllegalArgumentException("picture: wanted at least one " + what + ", got none");
        }
    }

    /** A plan in one line, for subtitles: what is as it usually is is not mentioned. */
    static String plan(TrainingPlan plan) {
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

    /** Whether some validation loss is finite, so that the history has a best epoch. */
    static boolean hasBest(History history) {
        return Double.isFinite(history.validationLoss(history.bestEpoch()));
    }

    /** Such as {@code 0.5975 at epoch 54}. */
    static String best(History history) {
        return hasBest(history) ? Numbers.of(history.validationLoss(history.bestEpoch())) + " at epoch "
                + Numbers.count(history.bestEpoch()) : "no finite value";
    }

    /** The least training loss of all epochs. */
    static String leastTraining(History history) {
        double least = history.trainLoss(history.bestTrainEpoch());
        return Double.isFinite(least) ? Numbers.of(least) : "no finite value";
    }

    /**
     * What a logarithmic axis cannot show of these losses.
     *
     * @param whose empty, or such as {@code " of Dropout"}
     */
    static List<String> notes(String whose, History history) {
        return Stream.concat(note(whose, history, loss -> !Double.isFinite(loss), "Diverged", "not finite"),
                note(whose, history, loss -> loss == 0, "Not on a log axis", "exactly 0")).toList();
    }

    private static Stream<String> note(String whose, History history, DoublePredicate hidden, String what, String how) {
        long train = Arrays.stream(history.trainLosses()).filter(hidden).count();
        long validation = Arrays.stream(history.validationLosses()).filter(hidden).count();
        IntStream epochs = IntStream.rangeClosed(0, history.epochs())
                .filter(e -> hidden.test(history.trainLoss(e)) || hidden.test(history.validationLoss(e)));
        return epochs.limit(1).mapToObj(first -> what + ": of " + Numbers.count(history.epochs() + 1L)
                + " epochs, the training loss" + whose + " is " + how + " in " + Numbers.count(train)
                + ", the validation loss in " + Numbers.count(validation)
                + "; first in epoch " + Numbers.count(first) + ".");
    }
}
