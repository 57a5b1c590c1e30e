package dev.regularisation.spec.rules.l2;

import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.post.PublishedFigures;
import dev.regularisation.post.PublishedFigures.Figure;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Runs;
import dev.regularisation.support.Golden;
import dev.regularisation.training.History;
import dev.regularisation.training.ProgressListener;
import dev.regularisation.training.Recording;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How far two runs are apart, as shares of the first one's losses.
 *
 * @param decay      the first
 * @param early      the largest difference of a loss in the first {@link #EARLY} epochs
 * @param best       the difference of the best validation losses
 * @param last       that of the last training losses
 * @param bestDecay  the first run's best validation loss
 * @param bestByHand the second one's
 */
record SameSteps(History decay, double early, double best, double last, double bestDecay, double bestByHand) {

    /** Before rounding has been amplified. */
    static final int EARLY = 60;

    private static final List<PostExperiment> BOTH = List.of(PostExperiment.WEIGHT_DECAY, PostExperiment.L2);

    static SameSteps of(History decay, History byHand) {
        double bestDecay = decay.validationLoss(decay.bestEpoch());
        double bestByHand = byHand.validationLoss(byHand.bestEpoch());
        double early = IntStream.rangeClosed(0, EARLY).mapToDouble(epoch -> Math.max(
                apart(decay.trainLoss(epoch), byHand.trainLoss(epoch)),
                apart(decay.validationLoss(epoch), byHand.validationLoss(epoch)))).reduce(0, Math::max);
        return new SameSteps(decay, early, apart(bestDecay, bestByHand),
                apart(LastLosses.training(decay), LastLosses.training(byHand)), bestDecay, bestByHand);
    }

    private static double apart(double decay, double byHand) {
        return Math.abs(byHand - decay) / decay;
    }

    static History train(TrainingPlan plan) {
        return TrainingLoop.train(plan, new CpuBackend(), Recording.LOSSES, ProgressListener.NONE).history();
    }

    /** How far PyTorch's least training losses are apart. */
    static double inPyTorch(String precision) {
        return apart(torch(PostExperiment.WEIGHT_DECAY, precision, "best_train"),
                torch(PostExperiment.L2, precision, "best_train"));
    }

    private static double torch(PostExperiment experiment, String precision, String quantity) {
        return Golden.member(Golden.member(Golden.read("training.json"), experiment.id() + " train=200 " + precision), quantity)
                .doubleValue();
    }

    /** What the notebook prints of either run. */
    static List<Figure> printed() {
        return PublishedFigures.of(PostExperiment.WEIGHT_DECAY);
    }

    private static Figure ofByHand(Figure figure) {
        return PublishedFigures.of(PostExperiment.L2).stream().filter(other -> other.quantity() == figure.quantity()).findFirst()
                .orElseThrow();
    }

    /** How many of these are printed alike. */
    static int agreeing() {
        return (int) printed().stream().filter(figure -> ofByHand(figure).printed().equals(figure.printed())).count();
    }

    static List<String> publishedHeader() {
        return List.of("quantity", "weight decay, printed", "ours", "L2 by hand, printed", "ours");
    }

    static List<List<String>> published() {
        return printed().stream().map(figure -> Stream.concat(Stream.of(figure.quantity().title()),
                Stream.of(figure, ofByHand(figure)).flatMap(one -> Stream.of(one.printed(),
                        Document.format("%.6f", one.quantity().of(Runs.CPU.of(one.experiment())))))).toList()).toList();
    }

    static List<String> torchHeader() {
        return List.of("precision", "quantity", "weight decay", "L2 by hand");
    }

    static List<List<String>> torch() {
        return Stream.of("float32", "float64").flatMap(precision -> Stream.of("best_val", "best_train")
                .map(quantity -> Stream.concat(
                        Stream.of(precision, quantity.equals("best_val") ? "best validation loss" : "best train loss"),
                        BOTH.stream().map(method -> Document.format("%.12f", torch(method, precision, quantity)))).toList()))
                .toList();
    }
}
