package dev.regularisation.plot;

import dev.regularisation.training.Fit;
import dev.regularisation.training.TrainingResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jfree.chart.ui.Layer;
import org.jfree.data.Range;

/**
 * Predictions against truth, of the best and of the last model side by side, on one scale. The post prints R² of the
 * last.
 *
 * <p>Draws at most 2,000 samples of a kind, evenly taken. Predictions far from every label are left out and counted.
 */
public final class PredictionPicture {

    private static final int MOST_POINTS = 2000;
    private static final ReferenceLine EQUAL = ReferenceLine.identity("ŷ = y").in(Palette.BLACK);

    private PredictionPicture() {
    }

    /** The picture of a run. */
    public static Picture of(TrainingResult result, String title) {
        Range limits = limits(result.data().train().y(), result.data().validation().y());
        List<String> notes = new ArrayList<>();
        Panel best = panel("best", result, result.best(), limits, notes);
        Panel last = panel("last", result, result.last(), limits, notes);
        String fitOfBest = sentence("Best", result.best());
        String fitOfLast = sentence("Last", result.last());
        return new Composition(title, List.of(Texts.plan(result.plan()), fitOfBest, fitOfLast), notes).draw(
                title + ". Two panels of predictions against true labels, with the line where they are equal. "
                        + fitOfBest + " " + fitOfLast + Texts.sentences(notes), Panel.square(best, last));
    }

    /** Which values the axes may have to show: as far beyond the labels as the labels spread, on both sides. */
    private static Range limits(float[]... labels) {
        Range range = null;
        for (float[] some : labels) {
            for (float label : some) {
                range = Range.expandToInclude(range, label);
            }
        }
        double spread = Math.max(range.getLength(), 1e-3);
        return new Range(range.getLowerBound() - spread, range.getUpperBound() + spread);
    }

    private static Panel panel(
            String which, TrainingResult result, TrainingResult.Model model, Range limits, List<String> notes) {
        float[] train = result.data().train().y();
        float[] validation = result.data().validation().y();
        long outside = Stream.of(model.trainPredictions(), model.validationPredictions()).flatMapToDouble(Arrays::stream)
                .filter(prediction -> !limits.contains(prediction)).count();
        if (outside > 0) {
            notes.add("The " + which + " model: " + Numbers.count(outside) + " of "
                    + Numbers.count(train.length + validation.length)
                    + " predictions are not finite or far outside the axes, and not shown.");
        }
        return new Panel(Axis.linear("True label y, " + which + " model"), Axis.linear("Prediction ŷ"))
                .points("Validation samples", Style.fade(Palette.VALIDATION, 0.35), Style.circle(5),
                        thin(validation.length, i -> validation[i]), thin(model.validationPredictions(), limits))
                .points("Training samples", Style.fade(Palette.TRAINING, 0.85), Style.circle(7),
                        thin(train.length, i -> train[i]), thin(model.trainPredictions(), limits))
                .references(List.of(EQUAL), Layer.BACKGROUND);
    }

    private static double[] thin(double[] predictions, Range limits) {
        return thin(predictions.length, i -> limits.contains(predictions[i]) ? predictions[i] : Double.NaN);
    }

    /** At most {@link #MOST_POINTS} of the values, at even distances. */
    static double[] thin(int size, IntToDoubleFunction values) {
        int every = (size - 1) / MOST_POINTS + 1;
        return IntStream.rangeClosed(0, (size - 1) / every).mapToDouble(i -> values.applyAsDouble(i * every)).toArray();
    }

    private static String sentence(String which, TrainingResult.Model model) {
        Fit fit = model.fit();
        return which + " model, after epoch " + Numbers.count(model.epoch()) + ": R² " + Numbers.of(fit.trainR2())
                + " on training samples and " + Numbers.of(fit.validationR2()) + " on validation samples.";
    }
}
