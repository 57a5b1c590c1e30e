package dev.regularisation.plot;

import dev.regularisation.sensitivity.Column;
import dev.regularisation.sensitivity.Reading;
import dev.regularisation.sensitivity.RoundingBand;
import dev.regularisation.sensitivity.Trajectory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.ToDoubleFunction;
import org.jfree.chart.ui.Layer;

/**
 * Two records of a run: their curves above, and below how far they are from the plan's own run, against how far rounding takes
 * runs of that plan; without a plan, how far they are from each other.
 *
 * @param title    one line
 * @param column   what is drawn, which both have
 * @param runs     the records
 * @param judged   what rounding explains of each, where the plan is known; of a record that was not judged, nothing
 */
public record RoundingPicture(
        String title, Column column, List<Trajectory> runs, Map<Trajectory, RoundingBand.Judgement> judged) {

    private static final int HEIGHT = 680;

    public RoundingPicture {
        runs = List.copyOf(runs);
        judged = Map.copyOf(judged);
        Texts.requireSome("runs", runs);
    }

    /** Draws it. */
    public Picture picture() {
        Panel curves = new Panel(Axis.epochs(), Axis.log(capital(column.title())));
        List<Series> drawn = new ArrayList<>();
        for (Trajectory run : runs) {
            drawn.add(series(run.name(), drawn.size(), run.readings(column), Reading::value).drawn(
                    drawn.isEmpty() ? LineStyle.SOLID : LineStyle.DASHED));
        }
        drawn.forEach(curves::curve);
        Panel distances = new Panel(Axis.epochs(), Axis.log("Distance, difference of ln"));
        List<Series> apart = apart();
        apart.forEach(distances::curve);
        List<Series> all = new ArrayList<>(drawn);
        all.addAll(apart);
        first().ifPresent(outside -> {
            List<ReferenceLine> line = List.of(ReferenceLine.vertical("first outside, epoch " + outside, outside));
            curves.references(line, Layer.BACKGROUND);
            distances.references(line, Layer.BACKGROUND);
        });
        List<String> subtitles = List.of(judged.isEmpty() ? "Above the curves, below their distance"
                : "Above the curves, below the distance of each from the plan's own run and the most that rounding explains");
        return new Composition(title, subtitles, List.of()).draw(title + ". " + subtitles.get(0) + ". "
                + String.join("; ", all.stream().map(Series::inWords).toList()) + ".",
                new Composition.Part(Panel.above(curves, distances), HEIGHT));
    }

    private Optional<Integer> first() {
        return judged.values().stream().flatMap(judgement -> judgement.outside().stream())
                .filter(outside -> outside.column() == column).map(RoundingBand.Outside::epoch).min(Integer::compare);
    }

    /** Of the records only those that are not the plan's own run, and one bound, which hardly depends on what is judged. */
    private List<Series> apart() {
        List<Series> apart = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            RoundingBand.Judgement judgement = judged.get(runs.get(i));
            if (judgement != null && judgement.statistic() > 0 && judgement.distances().containsKey(column)) {
                apart.add(series("distance of " + runs.get(i).name(), i, judgement.distances().get(column), value -> value));
            }
        }
        judged.values().stream().filter(judgement -> judgement.most().containsKey(column))
                .max(Comparator.comparingDouble(RoundingBand.Judgement::statistic)).ifPresent(judgement -> apart.add(
                        series("the most that rounding explains", 2, judgement.most().get(column), value -> value)
                                .drawn(LineStyle.DASHED)));
        if (apart.isEmpty()) {
            List<Integer> epochs = runs.get(0).common(column, runs.get(runs.size() - 1));
            double[] x = epochs.stream().mapToDouble(epoch -> epoch).toArray();
            double[] y = epochs.stream().mapToDouble(epoch -> runs.get(0).readings(column).get(epoch).distance(
                    runs.get(runs.size() - 1).readings(column).get(epoch))).toArray();
            apart.add(Series.of("distance", Palette.series(2), x, y));
        }
        return apart;
    }

    private static <T> Series series(String name, int colour, SortedMap<Integer, T> values, ToDoubleFunction<T> of) {
        return Series.of(name, Palette.series(colour), values.keySet().stream().mapToDouble(epoch -> epoch).toArray(),
                values.values().stream().mapToDouble(of).toArray());
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
