package dev.regularisation.spec.rules.comparison;

import dev.regularisation.plot.Axis;
import dev.regularisation.plot.DistributionPicture;
import dev.regularisation.plot.DistributionPicture.Group;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.ReferenceLine;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.post.PublishedFigures.Quantity;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.StudyRows;
import dev.regularisation.spec.rules.PairedSeeds;
import dev.regularisation.spec.rules.Validation;
import dev.regularisation.theory.PairedComparison;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Five networks ranked by best validation loss at each seed; rank 1 is best.
 *
 * @param losses of each at all seeds
 */
record Ranking(Map<PostExperiment, double[]> losses) {

    /** What L1 is compared with; L2 by hand is weight decay over again. */
    static final List<PostExperiment> RIVALS = List.of(
            PostExperiment.MLP, PostExperiment.WEIGHT_DECAY, PostExperiment.MINIBATCH, PostExperiment.DROPOUT);

    /** What L1 and dropout are ahead of at the post's seed. */
    private static final List<PostExperiment> WEAKER = List.of(
            PostExperiment.MLP, PostExperiment.WEIGHT_DECAY, PostExperiment.L2);

    private static final List<PostExperiment> RANKED =
            Stream.concat(RIVALS.stream(), Stream.of(PostExperiment.L1)).toList();

    static Ranking of(StudyRows rows) {
        return new Ranking(RANKED.stream().collect(Collectors.toMap(method -> method, rows::bestValidationLosses)));
    }

    /** Validation losses of L1 and dropout over each weaker method's, at one seed. */
    static double[] overWeaker(Losses losses) {
        return Stream.of(PostExperiment.L1, PostExperiment.DROPOUT).flatMapToDouble(method -> WEAKER.stream().mapToDouble(
                weaker -> losses.validation().get(method) / losses.validation().get(weaker))).toArray();
    }

    /** A method against rivals, over seeds. */
    static List<PairedSeeds> against(Runs runs, PostExperiment method, List<PostExperiment> rivals) {
        return rivals.stream().map(rival -> Validation.paired(runs.seeds(), method, rival)).toList();
    }

    private LongStream ranks(PostExperiment method) {
        double[] own = losses.get(method);
        return IntStream.range(0, own.length).mapToLong(seed ->
                1 + RANKED.stream().filter(other -> losses.get(other)[seed] < own[seed]).count());
    }

    /** The mean rank over seeds. */
    double mean(PostExperiment method) {
        return ranks(method).average().orElseThrow();
    }

    /** At how many seeds a method is the best. */
    long first(PostExperiment method) {
        return ranks(method).filter(rank -> rank == 1).count();
    }

    static List<String> header() {
        return List.of("method", "published, seed 42", "ours, seed 42", "mean rank");
    }

    List<List<String>> rows() {
        return RANKED.stream().map(method -> List.of(method.title(), Validation.printed(method, Quantity.BEST_VALIDATION_LOSS),
                Document.format("%.4f", Validation.best(Runs.CPU.of(method))), Document.format("%.2f", mean(method)))).toList();
    }

    static List<String> pairedHeader() {
        return List.of("method", "rival", "mean difference, 99 % interval", "better at", "effect, mean over standard deviation",
                "p (Wilcoxon)");
    }

    static List<List<String>> paired(List<PairedSeeds> pairs) {
        return pairs.stream().map(pair -> {
            PairedComparison c = pair.comparison();
            return List.of(PostExperiment.of(pair.candidate()).title(), PostExperiment.of(pair.baseline()).title(),
                    GapTable.change(c),
                    Document.format("%d of %d", c.lower(), c.count()), Document.format("%.2f", c.effectSize()),
                    Document.format("%.1e", c.wilcoxonP()));
        }).toList();
    }

    Picture picture() {
        double[] minibatches = losses.get(PostExperiment.MINIBATCH);
        List<Group> groups = RANKED.stream().filter(method -> method != PostExperiment.MINIBATCH).map(method -> {
            double[] differences = losses.get(method).clone();
            Arrays.setAll(differences, seed -> differences[seed] - minibatches[seed]);
            return Group.of(method.title(), Palette.of(method), differences);
        }).toList();
        return new DistributionPicture("Each method against minibatches, seed by seed",
                "200 training samples; each point compares two runs at one seed",
                Axis.linear("Best validation loss minus that of minibatches at the same seed"), groups, "",
                List.of(ReferenceLine.vertical("Minibatches", 0))).picture();
    }
}
