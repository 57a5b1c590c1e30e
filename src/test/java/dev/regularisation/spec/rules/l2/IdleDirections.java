package dev.regularisation.spec.rules.l2;

import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.data.Samples;
import dev.regularisation.parallel.ParallelRuns;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Runs;
import dev.regularisation.support.PostRuns;
import dev.regularisation.training.ProgressListener;
import dev.regularisation.training.Recording;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import dev.regularisation.training.TrainingResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Where L2 takes a network, along the eigenvectors of the Gauss-Newton matrix of its training loss where the plain network ends.
 *
 * @param plan    of the plain network
 * @param samples that it learnt from
 * @param plain   its last parameters
 * @param decayed those of the network with L2
 * @param along   the eigenvalues, and both networks' coordinates
 */
record IdleDirections(TrainingPlan plan, Samples samples, double[] plain, double[] decayed, Curvature along) {

    /** Further seeds: rows of a study have no parameters, so that these are trained, both networks at each. */
    private static final List<Long> SEEDS = List.of(1L, 2L, 3L);

    private static IdleDirections of(TrainingPlan plan, Samples samples, double[] plain, double[] decayed) {
        return new IdleDirections(plan, samples, plain, decayed, Curvature.at(plan.layers(), samples, plain, plain, decayed));
    }

    /** The post's seed on a backend. */
    static IdleDirections ofPost(Runs runs) {
        TrainingResult plain = runs.of(PostExperiment.MLP);
        return of(plain.plan(), plain.data().train(), plain.last().parameters(),
                runs.of(PostExperiment.WEIGHT_DECAY).last().parameters());
    }

    /** The same; on {@code cpu} a few other seeds as well. */
    static IdleDirections[] of(Runs runs) {
        List<IdleDirections> networks = new ArrayList<>(List.of(ofPost(runs)));
        if (runs.areReference()) {
            networks.addAll(ParallelRuns.run(SEEDS, seed -> 1, IdleDirections::ofSeed,
                    Runtime.getRuntime().availableProcessors()));
        }
        return networks.toArray(IdleDirections[]::new);
    }

    private static IdleDirections ofSeed(long seed) {
        TrainingResult plain = train(PostExperiment.MLP, seed);
        return of(plain.plan(), plain.data().train(), plain.last().parameters(),
                train(PostExperiment.WEIGHT_DECAY, seed).last().parameters());
    }

    /** With few validation samples, which training does not see. */
    private static TrainingResult train(PostExperiment experiment, long seed) {
        return TrainingLoop.train(experiment.plan(seed, PostRuns.TRAIN_SIZE).toBuilder()
                .problem(new LinearProblem(50, PostRuns.TRAIN_SIZE, 100, 0.2)).build(), new CpuBackend(), Recording.LOSSES,
                ProgressListener.NONE);
    }

    /** The same with other parameters in the place of those with L2. */
    IdleDirections to(double... other) {
        return of(plan, samples, plain, other);
    }

    /** The parameters after a move, as long as L2's, along the gradient of the sum of all predictions. */
    IdleDirections alongGradients() {
        double[] gradient = Curvature.sumOfGradients(plan.layers(), samples, plain);
        double scale = Math.sqrt(squaredMove() / Curvature.squares(gradient));
        return to(IntStream.range(0, plain.length).mapToDouble(i -> plain[i] + scale * gradient[i]).toArray());
    }

    double squaredMove() {
        return Curvature.squares(IntStream.range(0, plain.length).mapToDouble(i -> decayed[i] - plain[i]).toArray());
    }

    /** How many directions are curved by more than the strength. */
    int curved(double lambda) {
        return (int) Arrays.stream(along.eigenvalues()).filter(h -> h > lambda).count();
    }

    double shareOfDirections(double lambda) {
        return (double) curved(lambda) / plain.length;
    }

    /** The share of the squared move that lies along those; 0 / 0 where nothing moves. */
    double moved(double lambda) {
        double[] from = along.coordinates()[0];
        double[] to = along.coordinates()[1];
        return sum(curvedMore(lambda), IntStream.range(0, from.length).mapToDouble(i -> to[i] - from[i]).toArray()) / squaredMove();
    }

    /** Squares of the coordinates along those, with L2 over without. */
    double keptCurved(double lambda) {
        return sum(curvedMore(lambda), along.coordinates()[1]) / sum(curvedMore(lambda), along.coordinates()[0]);
    }

    /** The same along all others, most of which have no curvature at all. */
    double keptOthers(double lambda) {
        return (Curvature.squares(decayed) - sum(curvedMore(lambda), along.coordinates()[1]))
                / (Curvature.squares(plain) - sum(curvedMore(lambda), along.coordinates()[0]));
    }

    private IntPredicate curvedMore(double lambda) {
        return i -> along.eigenvalues()[i] > lambda;
    }

    private static double sum(IntPredicate chosen, double[] coordinates) {
        return IntStream.range(0, coordinates.length).filter(chosen).mapToDouble(i -> coordinates[i] * coordinates[i]).sum();
    }

    /** How far the loss would rise on the way, by its quadratic expansion: ½ Σ h (θ − w)². */
    double expandedRise() {
        double[] from = along.coordinates()[0];
        double[] to = along.coordinates()[1];
        return IntStream.range(0, from.length).mapToDouble(i ->
                along.eigenvalues()[i] * (to[i] - from[i]) * (to[i] - from[i]) / 2).sum();
    }

    static List<String> header() {
        return List.of("direction", "curvature h", "h/(h + λ)", "coordinate, plain", "with L2");
    }

    /** Single directions, from 0, the most curved. */
    List<List<String>> rows(int... directions) {
        return Arrays.stream(directions).mapToObj(i -> List.of(Integer.toString(i + 1),
                Document.format("%.3f", along.eigenvalues()[i]),
                Document.format("%.3f", along.eigenvalues()[i] / (along.eigenvalues()[i] + 0.085)),
                Document.format("%.3f", along.coordinates()[0][i]), Document.format("%.3f", along.coordinates()[1][i]))).toList();
    }

    static List<String> headerOfNetworks() {
        return List.of("network", "share of the squared move", "over their share of all directions", "squares kept there",
                "and elsewhere");
    }

    static List<List<String>> rows(double[] moved, double[] overIsotropic, double[] keptCurved, double[] keptOthers) {
        return IntStream.range(0, moved.length).mapToObj(i -> List.of(i == 0 ? "the post's seed" : "seed " + i,
                Document.format("%.3f", moved[i]), Document.format("%.2f", overIsotropic[i]),
                Document.format("%.2f", keptCurved[i]), Document.format("%.2f", keptOthers[i]))).toList();
    }
}
