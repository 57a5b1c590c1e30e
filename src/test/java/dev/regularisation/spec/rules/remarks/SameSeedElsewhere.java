package dev.regularisation.spec.rules.remarks;

import dev.regularisation.post.PostExperiment;
import dev.regularisation.post.PublishedFigures;
import dev.regularisation.post.PublishedFigures.Figure;
import dev.regularisation.post.PublishedFigures.Quantity;
import dev.regularisation.random.Streams;
import dev.regularisation.spec.StudyRows;
import dev.regularisation.spec.rules.RoundingBands;
import dev.regularisation.study.Changes;
import dev.regularisation.support.PostRuns;
import dev.regularisation.training.TrainingPlan;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * The post's runs at its seed, as PyTorch draws with AVX2 and as it draws elsewhere.
 *
 * @param here       the figures that the notebook prints, with the standard streams
 * @param scalar     the same with normals by the C library's functions, correctly rounded
 * @param mkl        dropout's best validation loss with MKL's masks
 * @param neighbours dropout's best validation losses here and one rounding away
 */
record SameSeedElsewhere(Map<Figure, Double> here, Map<Figure, Double> scalar, double mkl, double[] neighbours) {

    static SameSeedElsewhere measured() {
        return new SameSeedElsewhere(figures(f -> f.quantity().of(PostRuns.of(f.experiment()))),
                figures(f -> value(f.experiment(), f.quantity(), Streams.TORCH_LIBM)),
                value(PostExperiment.DROPOUT, Quantity.BEST_VALIDATION_LOSS, Streams.TORCH_MKL),
                RoundingBands.values(PostExperiment.DROPOUT, Quantity.BEST_VALIDATION_LOSS));
    }

    private static double value(PostExperiment experiment, Quantity quantity, Streams streams) {
        // Weight decay and L2 by hand are the same steps, and have one row.
        return RoundingBands.value(StudyRows.changed(PostRuns.standIn(experiment),
                Changes.NONE.with(TrainingPlan.STREAMS, streams)), quantity);
    }

    private static Map<Figure, Double> figures(ToDoubleFunction<Figure> value) {
        Map<Figure, Double> figures = new LinkedHashMap<>();
        PublishedFigures.all().forEach(f -> figures.put(f, value.applyAsDouble(f)));
        return figures;
    }

    SameSeedElsewhere withMasks(double value) {
        return new SameSeedElsewhere(here, scalar, value, neighbours);
    }

    SameSeedElsewhere withNeighbours(double... values) {
        return new SameSeedElsewhere(here, scalar, mkl, values);
    }

    SameSeedElsewhere withDropout(double value) {
        return new SameSeedElsewhere(figures(f -> f.equals(dropout()) ? value : here.get(f)), scalar, mkl, neighbours);
    }

    /** The same with other figures where normals are the C library's. */
    SameSeedElsewhere withScalar(DoubleUnaryOperator change) {
        return new SameSeedElsewhere(here, figures(f -> change.applyAsDouble(here.get(f))), mkl, neighbours);
    }

    static Figure dropout() {
        return PublishedFigures.of(PostExperiment.DROPOUT).stream().filter(f -> f.quantity() == Quantity.BEST_VALIDATION_LOSS)
                .findFirst().orElseThrow();
    }

    /** What MKL's masks change. */
    double moved() {
        return Math.abs(mkl - here.get(dropout()));
    }

    /** What a rounding error changes at most. */
    double rounding() {
        return Arrays.stream(neighbours).map(value -> Math.abs(value - here.get(dropout()))).max().orElse(Double.NaN);
    }

    /** Figures of which the C library's normals change a printed digit. */
    List<Figure> reprinted() {
        return here.keySet().stream().filter(f -> !f.round(here.get(f)).equals(f.round(scalar.get(f)))).toList();
    }

    /** The figures that agree with the first values and not with the others, in words. */
    static String only(Map<Figure, Double> agreeing, Map<Figure, Double> others) {
        return agreeing.keySet().stream().filter(f -> f.agrees(agreeing.get(f)) && !f.agrees(others.get(f)))
                .map(f -> f.experiment().title() + "'s " + f.quantity().title())
                .collect(Collectors.collectingAndThen(Collectors.joining(", "), all -> all.isEmpty() ? "none" : all));
    }

    long reproduced(Map<Figure, Double> figures) {
        return figures.keySet().stream().filter(f -> f.agrees(figures.get(f))).count();
    }

    static List<String> header() {
        return List.of("method", "quantity", "published", "with AVX2", "by the C library's functions");
    }

    List<List<String>> rows() {
        return reprinted().stream().map(f -> List.of(f.experiment().title(), f.quantity().title(), f.printed(),
                f.round(here.get(f)), f.round(scalar.get(f)))).toList();
    }
}
