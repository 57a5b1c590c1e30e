package dev.regularisation.plot;

import dev.regularisation.nn.Loss;
import dev.regularisation.training.History;
import dev.regularisation.training.TrainingPlan;
import dev.regularisation.training.TrainingResult;
import java.util.ArrayList;
import java.util.List;

/**
 * The post's picture of a run: losses against epoch beside every parameter's path, with the L1 norm Σ |θ| and the
 * squared L2 norm Σ θ² over all parameters on an axis of their own.
 *
 * <p>The post calls the second one "L2 norm"; it is the square. A history without parameters shows the norms only.
 */
public final class TrainingPicture {

    private static final int HEIGHT = 540;

    private TrainingPicture() {
    }

    /** The picture of a run; any history has one, a diverged one too. */
    public static Picture of(TrainingResult result, String title) {
        History history = result.history();
        List<String> notes = Losses.notes("", history);
        Page.Row row = Page.Row.of(HEIGHT, losses(result.plan(), history), parameters(history));
        return new Page(title, PlanLine.of(result.plan()), notes, List.of(row)).draw(altText(history, title, notes));
    }

    private static Panel losses(TrainingPlan plan, History history) {
        double[] epochs = Losses.epochs(history);
        List<Mark> marks = new ArrayList<>();
        String best = "Best validation loss: " + Losses.best(history);
        if (Losses.hasBest(history)) {
            marks.add(new ReferenceMark(Reference.vertical("Best epoch", history.bestEpoch())));
        }
        marks.add(new LineMark("Training loss", Palette.TRAINING, Line.SOLID, epochs, history.trainLosses()));
        marks.add(new LineMark("Validation loss", Palette.VALIDATION, Line.SOLID, epochs, history.validationLosses()));
        String loss = plan.get(Loss.Of.SETTING).title();
        return Panel.of("(a) Losses", Axis.epochs(), Axis.log(Character.toUpperCase(loss.charAt(0)) + loss.substring(1)), marks)
                .withFlag(history.bestEpoch(), best);
    }

    private static Panel parameters(History history) {
        double[] epochs = Losses.epochs(history);
        double[] l1 = new double[epochs.length];
        double[] squaredL2 = new double[epochs.length];
        for (int epoch = 0; epoch < epochs.length; epoch++) {
            l1[epoch] = history.l1Norm(epoch);
            squaredL2[epoch] = history.squaredL2Norm(epoch);
        }
        List<LineMark> norms = List.of(
                new LineMark("L1 norm Σ|θ|", Palette.GREEN, Line.SOLID, epochs, l1),
                new LineMark("Squared L2 norm Σθ²", Palette.PURPLE, Line.SOLID, epochs, squaredL2));
        Axis axis = Axis.linear("L1 norm and squared L2 norm").covering(0, 0);
        return history.hasParameters()
                ? Panel.of("(b) Parameters and their norms", Axis.epochs(), Axis.linear("Parameter θ"),
                        List.of(ParameterPaths.of(history))).withTwin(axis, norms)
                        .withFlag(history.epochs(), lastNorms(history))
                : Panel.of("(b) Norms of the parameters", Axis.epochs(), axis, norms)
                        .withFlag(history.epochs(), lastNorms(history));
    }

    private static String lastNorms(History history) {
        int last = history.epochs();
        return "Last: Σ|θ| = " + Numbers.of(history.l1Norm(last))
                + ", Σθ² = " + Numbers.of(history.squaredL2Norm(last));
    }

    private static String altText(History history, String title, List<String> notes) {
        int last = history.epochs();
        return title + ". Two panels over epochs 0 to " + Numbers.count(last) + ". (a) Losses on logarithmic axes:"
                + " validation loss from " + Numbers.of(history.validationLoss(0)) + " to "
                + Numbers.of(history.validationLoss(last)) + ", best: " + Losses.best(history)
                + (Losses.hasBest(history) ? ", marked by a vertical line" : "")
                + "; training loss from " + Numbers.of(history.trainLoss(0)) + " to "
                + Numbers.of(history.trainLoss(last)) + ". (b) "
                + (history.hasParameters()
                        ? "The paths of " + Numbers.count(history.parameterCount())
                                + " parameters, and on a second axis the"
                        : "The")
                + " L1 norm, from " + Numbers.of(history.l1Norm(0)) + " to " + Numbers.of(history.l1Norm(last))
                + ", and the squared L2 norm, from " + Numbers.of(history.squaredL2Norm(0)) + " to "
                + Numbers.of(history.squaredL2Norm(last)) + "." + Texts.sentences(notes);
    }
}
