package dev.regularisation.spec.rules.l2;

import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.StudyRows;
import dev.regularisation.study.Measure;
import dev.regularisation.study.StudyRow;
import dev.regularisation.training.History;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A norm of all parameters by epoch.
 *
 * @param norm  with weight decay
 * @param plain of the plain network
 */
record NormPath(double[] norm, double[] plain) {

    static NormPath l1(Runs runs) {
        return of(runs, history -> history::l1Norm);
    }

    static NormPath squaredL2(Runs runs) {
        return of(runs, history -> history::squaredL2Norm);
    }

    private static NormPath of(Runs runs, Function<History, IntToDoubleFunction> norm) {
        History decay = runs.of(PostExperiment.WEIGHT_DECAY).history();
        History plain = runs.of(PostExperiment.MLP).history();
        return new NormPath(byEpoch(decay, norm.apply(decay)), byEpoch(plain, norm.apply(plain)));
    }

    private static double[] byEpoch(History history, IntToDoubleFunction norm) {
        return IntStream.rangeClosed(0, history.epochs()).mapToDouble(norm).toArray();
    }

    /** Values of both norms' beginning and end: at the post's seed on the backend, then at each seed of the study. */
    static double[] atEachSeed(Runs runs, ToDoubleFunction<NormPath> ofEnds) {
        return Stream.of(Stream.of(l1(runs), squaredL2(runs)), ends(runs.seeds(), Measure.L1_FIRST, Measure.L1_LAST),
                ends(runs.seeds(), Measure.L2_FIRST, Measure.L2_LAST)).flatMap(paths -> paths).mapToDouble(ofEnds).toArray();
    }

    /** The first and the last value of a norm at each seed. */
    private static Stream<NormPath> ends(StudyRows rows, Measure first, Measure last) {
        List<StudyRow> decays = rows.of(PostExperiment.WEIGHT_DECAY);
        List<StudyRow> plains = rows.of(PostExperiment.MLP);
        return IntStream.range(0, decays.size()).mapToObj(i -> new NormPath(
                new double[] {decays.get(i).get(first), decays.get(i).get(last)},
                new double[] {plains.get(i).get(first), plains.get(i).get(last)}));
    }

    /** Another norm, of the same length. */
    NormPath map(IntToDoubleFunction byEpoch) {
        return new NormPath(IntStream.range(0, norm.length).mapToDouble(byEpoch).toArray(), plain);
    }

    NormPath times(double factor) {
        return map(epoch -> factor * norm[epoch]);
    }

    /** The plain network's norm as if it were the one with decay. */
    NormPath ofPlain() {
        return new NormPath(plain, plain);
    }

    /** The epoch of the greatest value; 0 where one is no number. */
    int peak() {
        return IntStream.range(0, norm.length).reduce(0, (a, b) -> norm[b] > norm[a] ? b : a);
    }

    /** The epoch of the least value before the peak. */
    int low() {
        return IntStream.range(0, peak()).reduce(0, (a, b) -> norm[b] < norm[a] ? b : a);
    }

    /** How far, as a share, the norm climbs above its least value since an epoch; NaN if any is. */
    double rise(int from) {
        double least = norm[from];
        double rise = 0;
        for (int epoch = from; epoch < norm.length; epoch++) {
            least = Math.min(least, norm[epoch]);
            rise = Math.max(rise, norm[epoch] / least - 1);
        }
        return rise;
    }

    double peakOverStart() {
        return norm[peak()] / norm[0];
    }

    double endOverStart() {
        return norm[norm.length - 1] / norm[0];
    }

    double endOverPlain() {
        return norm[norm.length - 1] / plain[plain.length - 1];
    }

    /** The last value over that half way. */
    double half() {
        return norm[norm.length - 1] / norm[norm.length / 2];
    }

    /** The greatest ratio to the plain network's at any epoch. */
    double mostOverPlain() {
        return IntStream.range(0, norm.length).mapToDouble(epoch -> norm[epoch] / plain[epoch]).reduce(0, Math::max);
    }

    static List<String> header() {
        return List.of("epoch", "Σ|θ|, weight decay", "Σ|θ|, plain", "Σθ², weight decay", "Σθ², plain");
    }

    static List<List<String>> rows(NormPath l1, NormPath l2) {
        return IntStream.of(0, 5, 10, 20, 50, 100, 300, 1000).mapToObj(epoch -> List.of(Integer.toString(epoch),
                Document.format("%.1f", l1.norm[epoch]), Document.format("%.1f", l1.plain[epoch]),
                Document.format("%.2f", l2.norm[epoch]), Document.format("%.2f", l2.plain[epoch]))).toList();
    }
}
