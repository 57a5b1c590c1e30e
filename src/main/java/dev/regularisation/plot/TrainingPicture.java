package dev.regularisation.plot;

import dev.regularisation.nn.Loss;
import dev.regularisation.training.History;
import dev.regularisation.training.TrainingPlan;
import dev.regularisation.training.TrainingResult;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jfree.chart.ui.Layer;

/**
 * The post's picture of a run: losses against epoch above every parameter's path, with the L1 norm Σ |θ| and the
 * squared L2 norm Σ θ² over all parameters on an axis of their own.
 *
 * <p>The post calls the second one "L2 norm"; it is the square. A history without parameters shows the norms only.
 */
public final class TrainingPicture {

    private static final int HEIGHT = 680;
    private static final int MOST_EPOCHS = 160;
    private static final int MOST_PATHS = 4000;

    private TrainingPicture() {
    }

    /** The picture of a run; any history has one, a diverged one too. */
    public static Picture of(TrainingResult result, String title) {
        History history = result.history();
        List<String> notes = Texts.notes("", history);
        return new Composition(title, List.of(Texts.plan(result.plan())), notes).draw(altText(history, title, notes),
                new Composition.Part(Panel.above(losses(result.plan(), history), parameters(history)), HEIGHT));
    }

    private static Panel losses(TrainingPlan plan, History history) {
        String loss = plan.get(Loss.Of.SETTING).title();
        return new Panel(Axis.epochs(), Axis.log(Character.toUpperCase(loss.charAt(0)) + loss.substring(1)))
                .curve(Series.byEpoch("Training loss, least " + Texts.leastTraining(history), Palette.TRAINING, history.trainLosses()))
                .curve(Series.byEpoch("Validation loss", Palette.VALIDATION, history.validationLosses()))
                .references(Texts.hasBest(history) ? List.of(ReferenceLine.vertical(
                        "Best validation loss: " + Texts.best(history), history.bestEpoch())) : List.of(), Layer.BACKGROUND);
    }

    private static Panel parameters(History history) {
        int last = history.epochs();
        double[] l1 = IntStream.rangeClosed(0, last).mapToDouble(history::l1Norm).toArray();
        double[] squares = IntStream.rangeClosed(0, last).mapToDouble(history::squaredL2Norm).toArray();
        Axis norms = Axis.linear("L1 norm, squared L2 norm").covering(0, 0);
        Panel panel = new Panel(Axis.epochs(), history.hasParameters() ? Axis.linear("Parameter θ") : norms);
        if (history.hasParameters()) {
            paths(panel, history);
            panel.range(1, norms);
        }
        return panel.curve(Series.byEpoch("L1 norm Σ|θ|, last " + Numbers.of(l1[last]), Palette.GREEN, l1))
                .curve(Series.byEpoch("Squared L2 norm Σθ², last " + Numbers.of(squares[last]), Palette.PURPLE, squares))
                .references(Texts.hasBest(history) ? List.of(
                        // Grey would be lost among the paths.
                        ReferenceLine.vertical("The same epoch", history.bestEpoch()).in(Palette.VALIDATION)) : List.of(), Layer.BACKGROUND);
    }

    /** Every parameter's values at some epochs: few enough to draw at once, evenly spread over a logarithmic axis. */
    private static void paths(Panel panel, History history) {
        double[] epochs = epochs(history.epochs());
        int count = history.parameterCount();
        int every = (count - 1) / MOST_PATHS + 1;
        double[][] paths = IntStream.rangeClosed(0, (count - 1) / every).mapToObj(i -> Arrays.stream(epochs)
                .map(epoch -> history.parameter((int) epoch, i * every)).toArray()).toArray(double[][]::new);
        panel.paths(every == 1 ? Numbers.count(count) + " parameters"
                : "Every " + every + "th of " + Numbers.count(count) + " parameters", Palette.GREY, epochs, paths);
    }

    /** Epoch 0, then epochs whose logarithms are evenly spaced, up to the last. */
    static double[] epochs(int last) {
        DoubleStream spaced = DoubleStream.iterate(0, i -> i < MOST_EPOCHS, i -> i + 1)
                .map(i -> Math.rint(Math.pow(last, i / (MOST_EPOCHS - 1))));
        return DoubleStream.concat(DoubleStream.of(0), spaced).distinct().toArray();
    }

    private static String altText(History history, String title, List<String> notes) {
        int last = history.epochs();
        return title + ". Two panels over epochs 0 to " + Numbers.count(last) + ". Above, losses on logarithmic axes:"
                + " validation loss " + fromTo(history::validationLoss, last) + ", best: " + Texts.best(history)
                + (Texts.hasBest(history) ? ", marked by a vertical line in both" : "")
                + "; training loss " + fromTo(history::trainLoss, last) + ", least: " + Texts.leastTraining(history) + ". Below, "
                + (history.hasParameters() ? "the paths of " + Numbers.count(history.parameterCount())
                        + " parameters, and on a second axis " : "")
                + "the L1 norm, " + fromTo(history::l1Norm, last)
                + ", and the squared L2 norm, " + fromTo(history::squaredL2Norm, last) + "." + Texts.sentences(notes);
    }

    private static String fromTo(IntToDoubleFunction values, int last) {
        return "from " + Numbers.of(values.applyAsDouble(0)) + " to " + Numbers.of(values.applyAsDouble(last));
    }
}
