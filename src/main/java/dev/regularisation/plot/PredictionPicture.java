package dev.regularisation.plot;

import dev.regularisation.training.Fit;
import dev.regularisation.training.TrainingResult;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;

/**
 * Predictions against truth, of the best and of the last model side by side, on one scale. The post prints R² of the
 * last.
 *
 * <p>Draws at most 2,000 samples of a kind, evenly taken. Predictions far from every label are left out and counted.
 */
public final class PredictionPicture {

    private static final int HEIGHT = 590;
    private static final int MOST_POINTS = 2000;

    private PredictionPicture() {
    }

    /** The picture of a run. */
    public static Picture of(TrainingResult result, String title) {
        Limits limits = Limits.of(result.data().train().y(), result.data().validation().y());
        List<String> notes = new ArrayList<>();
        Panel best = panel("Best", result, result.best(), limits, notes);
        Panel last = panel("Last", result, result.last(), limits, notes);
        return new Page(title, PlanLine.of(result.plan()), notes, List.of(Page.Row.of(HEIGHT, best, last)))
                .draw(altText(result, title, notes));
    }

    /** Which values the axes may have to show: as far beyond the labels as the labels spread, on both sides. */
    private record Limits(double least, double greatest) {

        static Limits of(float[]... labels) {
            double least = Double.POSITIVE_INFINITY;
            double greatest = Double.NEGATIVE_INFINITY;
            for (float[] some : labels) {
                for (float label : some) {
                    least = Math.min(least, label);
                    greatest = Math.max(greatest, label);
                }
            }
            double spread = Math.max(greatest - least, 1e-3);
            return new Limits(least - spread, greatest + spread);
        }

        boolean has(double value) {
            return value >= least && value <= greatest;
        }
    }

    private static Panel panel(
            String which, TrainingResult result, TrainingResult.Model model, Limits limits, List<String> notes) {
        float[] train = result.data().train().y();
        float[] validation = result.data().validation().y();
        long outside = outside(model.trainPredictions(), limits) + outside(model.validationPredictions(), limits);
        if (outside > 0) {
            notes.add("The " + which.toLowerCase(Locale.ROOT) + " model: " + Numbers.count(outside) + " of "
                    + Numbers.count(train.length + validation.length)
                    + " predictions are not finite or far outside the axes, and not shown.");
        }
        Axis truth = Axis.linear("True label y");
        String fit = "R² = " + r2(model.fit().trainR2()) + " on training, "
                + r2(model.fit().validationR2()) + " on validation samples";
        return Panel.of(which + " model, after epoch " + Numbers.count(model.epoch()), truth,
                Axis.linear("Prediction ŷ"), List.of(
                        points("Validation samples", Palette.VALIDATION, 5, 0.35, validation,
                                model.validationPredictions(), limits),
                        new ReferenceMark(new Reference("ŷ = y", Palette.BLACK, Reference.Direction.IDENTITY, 0)),
                        points("Training samples", Palette.TRAINING, 7, 0.85, train, model.trainPredictions(), limits)))
                .withFlag(Double.NaN, fit).withEqualScales();
    }

    private static PointsMark points(String name, Color colour, double size, double opacity,
            float[] truth, double[] predictions, Limits limits) {
        return new PointsMark(name, colour, Key.Symbol.DOT, size, opacity,
                thin(truth.length, i -> truth[i]),
                thin(truth.length, i -> limits.has(predictions[i]) ? predictions[i] : Double.NaN));
    }

    /** At most {@link #MOST_POINTS} of the values, at even distances. */
    static double[] thin(int size, IntToDoubleFunction values) {
        int every = (size - 1) / MOST_POINTS + 1;
        double[] kept = new double[(size - 1) / every + 1];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = values.applyAsDouble(i * every);
        }
        return kept;
    }

    private static long outside(double[] predictions, Limits limits) {
        return Arrays.stream(predictions).filter(prediction -> !limits.has(prediction)).count();
    }

    private static String r2(double value) {
        return Numbers.of(value);
    }

    private static String altText(TrainingResult result, String title, List<String> notes) {
        return title + ". Two panels of predictions against true labels, with the line where they are equal. "
                + sentence("Best", result.best()) + " " + sentence("Last", result.last()) + Texts.sentences(notes);
    }

    private static String sentence(String which, TrainingResult.Model model) {
        Fit fit = model.fit();
        return which + " model, after epoch " + Numbers.count(model.epoch()) + ": R² " + r2(fit.trainR2())
                + " on training samples and " + r2(fit.validationR2()) + " on validation samples.";
    }
}
