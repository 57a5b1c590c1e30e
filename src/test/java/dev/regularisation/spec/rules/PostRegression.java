package dev.regularisation.spec.rules;

import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.data.Samples;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.support.PostRuns;
import dev.regularisation.theory.LeastSquares;
import dev.regularisation.theory.QuadraticLoss;
import dev.regularisation.training.ProgressListener;
import dev.regularisation.training.Recording;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import dev.regularisation.training.TrainingResult;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The post's linear model on its 200 samples, whose loss is exactly quadratic: trained with weight decay, once in a
 * JVM for each strength, and as theory sees it.
 *
 * <p>PyTorch's weight decay reaches the intercept too, so the quadratic is one of the 50 weights and the intercept: its
 * Hessian is 2X̃ᵀX̃/n with X̃ = [X 1].
 */
public final class PostRegression {

    /** The post's strength for its network, and stronger ones that shrink every direction visibly. */
    public static final List<Double> STRENGTHS = List.of(0.085, 0.5, 1.0, 3.0, 10.0);

    private static final Map<Double, TrainingResult> TRAINED = new ConcurrentHashMap<>();

    private PostRegression() {
    }

    /** The post's linear experiment with some weight decay. */
    public static TrainingPlan plan(double lambda) {
        return PostExperiment.LINEAR.plan(PostRuns.SEED, PostRuns.TRAIN_SIZE).toBuilder().weightDecay(lambda).build();
    }

    /** Its result; the parameters are the weights and the intercept. */
    public static TrainingResult trained(double lambda) {
        return TRAINED.computeIfAbsent(lambda, l -> train(plan(l)));
    }

    public static TrainingResult train(TrainingPlan plan) {
        return TrainingLoop.train(plan, new CpuBackend(), Recording.LOSSES, ProgressListener.NONE);
    }

    /** The training loss as a quadratic in the weights and the intercept. */
    public static QuadraticLoss loss() {
        Samples train = PostRuns.of(PostExperiment.LINEAR).data().train();
        double[][] x = new double[train.size()][train.features()];
        double[] y = new double[train.size()];
        for (int s = 0; s < train.size(); s++) {
            int row = s * train.features();
            Arrays.setAll(x[s], i -> train.x()[row + i]);
            y[s] = train.y()[s];
        }
        return LeastSquares.fit(x, y).loss();
    }
}
