package dev.regularisation.spec.rules.data;

import dev.regularisation.plot.Axis;
import dev.regularisation.plot.LineStyle;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.ReferenceLine;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.StudyRows;
import dev.regularisation.theory.LeastSquares;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.StatUtils;

/**
 * The best validation loss of every method from 100 to 1,600 samples, over the seeds that all sizes have.
 *
 * @param losses of a method at a size, at each seed
 */
record LearningCurves(Map<PostExperiment, Map<Integer, double[]>> losses) {

    /** Training samples, each twice the one before. */
    static final List<Integer> SIZES = List.of(100, 200, 400, 800, 1600);

    /** L2 by hand is weight decay over again. */
    private static final List<PostExperiment> METHODS = List.of(PostExperiment.LINEAR, PostExperiment.MLP,
            PostExperiment.WEIGHT_DECAY, PostExperiment.L1, PostExperiment.MINIBATCH, PostExperiment.DROPOUT);
    private static final List<PostExperiment> NETWORKS = METHODS.subList(1, METHODS.size());
    private static final int LARGEST = 1600;

    static LearningCurves of(Runs runs) {
        Map<PostExperiment, Map<Integer, double[]>> losses = new EnumMap<>(PostExperiment.class);
        METHODS.forEach(method -> losses.put(method, new TreeMap<>()));
        for (int size : SIZES) {
            StudyRows rows = runs.curve(size);
            METHODS.forEach(method -> losses.get(method).put(size, rows.bestValidationLosses(method)));
        }
        return new LearningCurves(losses);
    }

    /** How many seeds there are. */
    int seeds() {
        return at(PostExperiment.MLP, LARGEST).length;
    }

    private double[] at(PostExperiment method, int size) {
        return losses.get(method).get(size);
    }

    private static <T> List<T> steps(BiFunction<PostExperiment, Integer, T> step) {
        return NETWORKS.stream().flatMap(method -> IntStream.range(0, SIZES.size() - 1).mapToObj(i ->
                step.apply(method, SIZES.get(i)))).toList();
    }

    /** For every network and doubling, the factor from the loss before it to the loss after. */
    List<Factor> doublings() {
        return steps((method, size) -> Factor.of(at(method, size), at(method, 2 * size)));
    }

    /** How many doublings, of all networks and seeds, do not lower the loss. */
    long raised() {
        return steps((method, size) -> IntStream.range(0, seeds()).filter(seed ->
                at(method, 2 * size)[seed] >= at(method, size)[seed]).count()).stream().mapToLong(Long::longValue).sum();
    }

    /** How many doublings there are. */
    int steps() {
        return NETWORKS.size() * (SIZES.size() - 1) * seeds();
    }

    /** The plain network with most samples against each regularised one with 200: at how many seeds it is lower. */
    List<List<String>> eightfold() {
        double[] plain = at(PostExperiment.MLP, LARGEST);
        return NETWORKS.stream().filter(method -> method != PostExperiment.MLP).map(method -> List.of(method.title(),
                Document.format("%d of %d", IntStream.range(0, seeds()).filter(seed -> plain[seed] < at(method, 200)[seed]).count(),
                        seeds()), Factor.of(at(method, 200), plain).text())).toList();
    }

    static List<String> eightfoldHeader() {
        return List.of("method with 200", "plain with 1,600 is lower at", "factor, 99.9 % interval");
    }

    /** The mean loss of a method over seeds. */
    double mean(PostExperiment method, int size) {
        return StatUtils.mean(at(method, size));
    }

    private double[] percentiles(PostExperiment method, double percent) {
        return SIZES.stream().mapToDouble(size -> StatUtils.percentile(at(method, size), percent)).toArray();
    }

    static List<String> header() {
        return Stream.concat(Stream.of("method"), SIZES.stream().map(size -> size + " samples")).toList();
    }

    /** Mean over seeds, fifth to 95th percentile. */
    List<List<String>> rows() {
        return METHODS.stream().map(method -> {
            List<String> row = new ArrayList<>(List.of(method.title()));
            for (int i = 0; i < SIZES.size(); i++) {
                row.add(Document.format("%.3f (%.3f to %.3f)", mean(method, SIZES.get(i)), percentiles(method, 5)[i],
                        percentiles(method, 95)[i]));
            }
            return row;
        }).toList();
    }

    /** Losses of every size, at one seed after the other. */
    Map<String, double[]> series() {
        Map<String, double[]> columns = new LinkedHashMap<>();
        columns.put("samples", SIZES.stream().flatMapToDouble(size -> DoubleStream.generate(() -> size).limit(seeds())).toArray());
        METHODS.forEach(method -> columns.put(method.id(),
                SIZES.stream().flatMapToDouble(size -> Arrays.stream(at(method, size))).toArray()));
        return columns;
    }

    Picture picture() {
        double[] sizes = SIZES.stream().mapToDouble(Integer::doubleValue).toArray();
        List<Series> curves = new ArrayList<>();
        METHODS.forEach(method -> curves.add(Series.of(method.title(), Palette.of(method), sizes,
                SIZES.stream().mapToDouble(size -> mean(method, size)).toArray())
                .withBand(percentiles(method, 5), percentiles(method, 95))));
        curves.add(Series.of("Least squares in theory", Palette.GREY, sizes, Arrays.stream(sizes)
                .map(n -> LeastSquares.expectedValidationLoss(0.04, (int) n, 50)).toArray()).drawn(LineStyle.DOTTED));
        return SeriesPicture.ofCurves("Best validation loss against the number of samples",
                Document.format("Mean of %d seeds; bands from the fifth to the 95th percentile", seeds()),
                Axis.log("Training samples"), Axis.log("Best validation loss"), curves,
                List.of(ReferenceLine.horizontal("Variance of the noise, 0.04", 0.04))).picture();
    }
}
