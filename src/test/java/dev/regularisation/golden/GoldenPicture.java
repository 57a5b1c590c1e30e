package dev.regularisation.golden;

import dev.regularisation.plot.Axis;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.training.History;
import java.awt.Color;
import java.util.List;
import java.util.Map;

/** A golden file and a run that differs from it, for the eye: the file's sampled losses as points over the run's curves. */
final class GoldenPicture {

    private GoldenPicture() {
    }

    /**
     * Draws both losses.
     *
     * @param name     of the golden file
     * @param expected its values
     * @param got      the run
     */
    static Picture of(String name, Map<String, String> expected, History got) {
        List<Series> curves = List.of(Series.byEpoch("Training loss, got", Palette.TRAINING, got.trainLosses()),
                Series.byEpoch("Validation loss, got", Palette.VALIDATION, got.validationLosses()));
        // Black and green are told apart from both curves, which the points cover where nothing drifted.
        List<Series> samples = List.of(samples("Training loss, golden file", Palette.BLACK, expected, GoldenText.TRAIN_LOSS),
                samples("Validation loss, golden file", Palette.GREEN, expected, GoldenText.VALIDATION_LOSS));
        return new SeriesPicture("Golden file and what the test got", name + ": points off their curve have drifted; "
                + "a drift of a few bits is too small to see", Axis.epochs(), Axis.log("Mean squared error"), samples, curves,
                List.of(), false).picture();
    }

    private static Series samples(String name, Color colour, Map<String, String> expected, String quantity) {
        List<String> keys = expected.keySet().stream()
                .filter(key -> key.startsWith(GoldenText.EPOCH) && key.endsWith("." + quantity)).sorted().toList();
        return Series.of(name, colour,
                keys.stream().mapToDouble(key -> Integer.parseInt(key.split("\\.")[1])).toArray(),
                keys.stream().mapToDouble(key -> GoldenText.number(expected.get(key))).toArray());
    }
}
