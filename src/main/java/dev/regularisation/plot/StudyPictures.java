package dev.regularisation.plot;

import dev.regularisation.post.PostExperiment;
import dev.regularisation.study.Changes;
import dev.regularisation.study.StudyRow;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The pictures of a study: what a reader of many runs wants to see. Each is there only where the rows allow it. */
public final class StudyPictures {

    private static final Axis LOSS = Axis.log("Best validation loss");

    private StudyPictures() {
    }

    /**
     * All pictures that the rows allow, by file name.
     *
     * @param rows   the study, not modified
     * @param asPost whether a row has the strength that the post uses
     */
    public static Map<String, Picture> of(List<StudyRow> rows, Predicate<StudyRow> asPost) {
        Map<String, Picture> pictures = new LinkedHashMap<>();
        List<StudyRow> post = rows.stream().filter(asPost).toList();
        for (int size : post.stream().map(row -> row.cell().trainSize()).distinct().sorted().toList()) {
            List<StudyRow> atSize = post.stream().filter(row -> row.cell().trainSize() == size).toList();
            pictures.put("distribution-" + size + ".png", distribution(atSize, size));
            paired(atSize, size).ifPresent(picture -> pictures.put("paired-" + size + ".png", picture));
        }
        if (post.stream().map(row -> row.cell().trainSize()).distinct().count() > 1) {
            pictures.put("learning-curve.png", learningCurve(post));
        }
        for (PostExperiment method : PostExperiment.values()) {
            List<StudyRow> own = rows.stream().filter(row -> row.cell().method() == method
                    && row.cell().changes().equals(Changes.NONE)).toList();
            if (own.stream().map(row -> row.cell().strength()).distinct().count() > 1) {
                pictures.put("strength-" + method.id() + ".png", strength(method, own));
            }
        }
        return pictures;
    }

    private static Picture distribution(List<StudyRow> rows, int size) {
        List<DistributionPicture.Group> groups = new ArrayList<>();
        byMethod(rows).forEach((method, own) -> groups.add(
                DistributionPicture.Group.of(method.title(), Palette.of(method), losses(own))));
        return new DistributionPicture("Best validation loss of each method over seeds",
                size + " training samples; each point is one seed, the box the quartiles", LOSS, groups, "", List.of())
                .picture();
    }

    private static Optional<Picture> paired(List<StudyRow> rows, int size) {
        Map<Long, Double> plain = new TreeMap<>();
        rows.stream().filter(row -> row.cell().method() == PostExperiment.MLP)
                .forEach(row -> plain.put(row.cell().seed(), row.bestValidationLoss()));
        List<DistributionPicture.Group> groups = new ArrayList<>();
        byMethod(rows).forEach((method, own) -> {
            double[] differences = own.stream().filter(row -> plain.containsKey(row.cell().seed()))
                    .mapToDouble(row -> row.bestValidationLoss() - plain.get(row.cell().seed())).toArray();
            if (method != PostExperiment.MLP && differences.length > 0) {
                groups.add(DistributionPicture.Group.of(method.title(), Palette.of(method), differences));
            }
        });
        return groups.isEmpty() ? Optional.empty() : Optional.of(new DistributionPicture(
                "Against the plain MLP at the same seed", size + " training samples; left of zero is better than plain",
                Axis.linear("Best validation loss minus that of the plain MLP"), groups, "",
                List.of(ReferenceLine.vertical("no difference", 0))).picture());
    }

    private static Picture learningCurve(List<StudyRow> rows) {
        List<Series> curves = new ArrayList<>();
        byMethod(rows).forEach((method, own) -> curves.add(
                curve(method.title(), Palette.of(method), own, row -> (double) row.cell().trainSize())
                        .drawn(Palette.line(method))));
        return SeriesPicture.ofCurves("Best validation loss against the number of training samples",
                "Median over seeds; the band is the quartiles", Axis.log("Training samples"), LOSS, curves,
                List.of()).picture();
    }

    private static Picture strength(PostExperiment method, List<StudyRow> rows) {
        List<Series> curves = new ArrayList<>();
        rows.stream().collect(Collectors.groupingBy(row -> row.cell().trainSize(), TreeMap::new, Collectors.toList()))
                .forEach((size, own) -> curves.add(curve(size + " training samples", Palette.series(curves.size()), own,
                        row -> row.cell().strength())));
        return SeriesPicture.ofCurves(method.title() + ": best validation loss against strength",
                "Median over seeds; the band is the quartiles", Axis.log(strengthAxis(method)), LOSS, curves, List.of())
                .picture();
    }

    private static String strengthAxis(PostExperiment method) {
        return switch (method) {
            case DROPOUT -> "Probability of zeroing an activation";
            case MINIBATCH -> "Samples in a minibatch";
            default -> "λ";
        };
    }

    private static Series curve(String name, Color colour, List<StudyRow> rows, Function<StudyRow, Double> x) {
        Map<Double, List<StudyRow>> groups =
                rows.stream().collect(Collectors.groupingBy(x, TreeMap::new, Collectors.toList()));
        List<Quartiles> quartiles = groups.values().stream().map(own -> Quartiles.of(losses(own))).toList();
        return Series.of(name, colour, doubles(groups.keySet(), value -> value), doubles(quartiles, Quartiles::median))
                .withBand(doubles(quartiles, Quartiles::lower), doubles(quartiles, Quartiles::upper));
    }

    private static <T> double[] doubles(Collection<T> values, ToDoubleFunction<T> number) {
        return values.stream().mapToDouble(number).toArray();
    }

    private static Map<PostExperiment, List<StudyRow>> byMethod(List<StudyRow> rows) {
        return rows.stream().collect(
                Collectors.groupingBy(row -> row.cell().method(), TreeMap::new, Collectors.toList()));
    }

    private static double[] losses(List<StudyRow> rows) {
        return doubles(rows, StudyRow::bestValidationLoss);
    }
}
