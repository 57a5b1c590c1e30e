package dev.regularisation.spec.rules.l2;

import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.rules.PairedSeeds;
import dev.regularisation.study.Measure;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Training losses of regularised networks beside the plain one's.
 *
 * @param plain             last losses of the plain network at each seed
 * @param last              last losses by method, likewise
 * @param least             the least losses of all epochs by method, likewise
 * @param atPostsSeed       last losses by method, over the plain network's
 */
record TrainingCosts(double[] plain, Map<PostExperiment, double[]> last, Map<PostExperiment, double[]> least,
        double[] atPostsSeed) {

    static final List<PostExperiment> METHODS =
            List.of(PostExperiment.WEIGHT_DECAY, PostExperiment.L1, PostExperiment.MINIBATCH, PostExperiment.DROPOUT);

    static TrainingCosts of(Runs runs) {
        Map<PostExperiment, double[]> last = new EnumMap<>(PostExperiment.class);
        METHODS.forEach(method -> last.put(method, LastLosses.training(runs.seeds(), method)));
        Map<PostExperiment, double[]> least = new EnumMap<>(PostExperiment.class);
        METHODS.forEach(method -> least.put(method, runs.seeds().of(method, Measure.BEST_TRAIN_LOSS)));
        double plain = LastLosses.training(runs.of(PostExperiment.MLP).history());
        return new TrainingCosts(LastLosses.training(runs.seeds(), PostExperiment.MLP), last, least,
                METHODS.stream().mapToDouble(method -> LastLosses.training(runs.of(method).history()) / plain).toArray());
    }

    /** With the same losses for every method. */
    TrainingCosts with(double... losses) {
        Map<PostExperiment, double[]> other = new EnumMap<>(PostExperiment.class);
        METHODS.forEach(method -> other.put(method, losses));
        return new TrainingCosts(plain, other, least, atPostsSeed);
    }

    /** The plain network with weight decay's losses, and every method with the plain network's. */
    TrainingCosts exchanged() {
        return new TrainingCosts(last.get(PostExperiment.WEIGHT_DECAY), with(plain).last, least, atPostsSeed);
    }

    TrainingCosts with(PostExperiment method, double... losses) {
        Map<PostExperiment, double[]> other = new EnumMap<>(last);
        other.put(method, losses);
        return new TrainingCosts(plain, other, least, atPostsSeed);
    }

    /** With one method's least losses in the place of another's, and the other way round. */
    TrainingCosts withLeastExchanged(PostExperiment one, PostExperiment another) {
        Map<PostExperiment, double[]> other = new EnumMap<>(least);
        other.put(one, least.get(another));
        other.put(another, least.get(one));
        return new TrainingCosts(plain, last, other, atPostsSeed);
    }

    /** The least losses of all methods that hold them up for good. */
    double[] leastOfOthers() {
        return METHODS.stream().filter(method -> method != PostExperiment.MINIBATCH)
                .flatMapToDouble(method -> Arrays.stream(least.get(method))).toArray();
    }

    /** At how many seeds the plain network's last loss is above that of some method. */
    long stuck() {
        return IntStream.range(0, plain.length)
                .filter(s -> METHODS.stream().anyMatch(method -> plain[s] > last.get(method)[s])).count();
    }

    TrainingCosts atPostsSeed(double ratio) {
        double[] other = atPostsSeed.clone();
        other[0] = ratio;
        return new TrainingCosts(plain, last, least, other);
    }

    PairedSeeds paired(PostExperiment method) {
        return new PairedSeeds("logarithm (base 10) of the last training loss", PostExperiment.MLP.id(), logarithms(plain),
                method.id(), logarithms(last.get(method)));
    }

    private static double[] logarithms(double[] losses) {
        return Arrays.stream(losses).map(StrictMath::log10).toArray();
    }

    static double median(double[] values) {
        return StatUtils.percentile(values, 50);
    }

    double median(PostExperiment method) {
        return median(last.get(method));
    }

    double leastMedian() {
        return METHODS.stream().mapToDouble(this::median).min().orElse(Double.NaN);
    }

    double mostMedian() {
        return METHODS.stream().mapToDouble(this::median).max().orElse(Double.NaN);
    }

    static List<String> header() {
        return List.of("method", "median", "least", "greatest", "above the plain network's", "p, Wilcoxon's signed ranks");
    }

    List<List<String>> rows() {
        return METHODS.stream().map(method -> List.of(method.title(), Document.format("%.2g", median(method)),
                Document.format("%.2g", StatUtils.min(last.get(method))), Document.format("%.2g", StatUtils.max(last.get(method))),
                Document.format("%d of %d", paired(method).comparison().lower(), plain.length),
                Document.format("%.2g", paired(method).comparison().wilcoxonP()))).toList();
    }
}
