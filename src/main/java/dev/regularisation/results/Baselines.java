package dev.regularisation.results;

import dev.regularisation.data.Dataset;
import dev.regularisation.data.Samples;
import dev.regularisation.nn.Loss;
import dev.regularisation.penalty.Regularisers;
import dev.regularisation.penalty.Scope;
import dev.regularisation.theory.LinearModel;
import dev.regularisation.theory.LinearRegression;
import dev.regularisation.training.Fit;
import dev.regularisation.training.TrainingPlan;
import dev.regularisation.training.TrainingResult;
import java.util.Optional;

/**
 * What linear models in closed form reach on the samples of a run, to set beside it: least squares, and ridge regression
 * where the plan has L2. Both have an intercept unless the plan has no biases, and are fitted to the training samples alone.
 *
 * <p>Ridge minimises (1/n) Σ (wᵀx + b − y)² + (λ/2)‖w‖² + (μ/2)b², the objective of a linear model that is trained on the
 * mean squared error with the plan's L2: λ is the sum of L2 by hand and of the optimiser's coupled weight decay, μ the part of
 * it that reaches biases, which weight decay always does and L2 by hand does unless it is on weights only. AdamW's decoupled
 * decay is no penalty and has no ridge beside it. A network with hidden layers has the same λ on other weights.
 *
 * <p>Losses are in the plan's own loss. Both models minimise the mean square, whatever the plan does: with another loss they
 * are still least squares and ridge, no longer the least that a linear model can reach.
 *
 * <p>Where the samples determine no unique least squares (fewer samples than coefficients, dependent or constant features)
 * it is the solution of least norm, as {@link LinearRegression} has it, and {@link Baseline#note} says so. A baseline never
 * fails a run: one that would take more than {@value #MOST_MULTIPLICATIONS} multiplications, some seconds, or hold more than
 * {@value #MOST_NUMBERS} numbers is not computed, and neither is one whose numbers overflow.
 *
 * @param leastSquares least squares
 * @param ridge        ridge regression, where the plan has L2
 */
public record Baselines(Baseline leastSquares, Optional<Baseline> ridge) {

    /** Such as 10,000 samples of 200 features, 100,000 of 70, or 400 of 3,000. */
    static final long MOST_MULTIPLICATIONS = 500_000_000;

    /** 128 MiB of them. */
    static final long MOST_NUMBERS = 1 << 24;

    /**
     * A linear model in closed form.
     *
     * @param title      such as {@code ridge in closed form, lambda 0.085}
     * @param regression what was fitted
     * @param fit        how well it fits, in the plan's loss; empty if it was not computed
     * @param note       what there is to know of it: that it is not the only solution, or why it was not computed; often empty
     */
    public record Baseline(String title, LinearRegression regression, Optional<Fit> fit, Optional<String> note) {
    }

    /** The baselines of a run. */
    public static Baselines of(TrainingResult result) {
        return of(result.plan(), result.data());
    }

    /** The baselines of a plan on its samples. */
    public static Baselines of(TrainingPlan plan, Dataset data) {
        boolean bias = plan.architecture().bias();
        double decay = coupledDecay(plan);
        double lambda = plan.l2() + decay;
        double onBiases = !bias ? 0 : plan.get(Regularisers.SCOPE) == Scope.ALL ? lambda : decay;
        Baseline leastSquares = baseline("least squares in closed form", new LinearRegression(bias), plan.loss(), data);
        return new Baselines(leastSquares, lambda == 0 || Double.isInfinite(lambda) ? Optional.empty() : Optional.of(baseline(
                "ridge in closed form, lambda " + lambda + (bias ? ofIntercept(lambda, onBiases) : ""),
                new LinearRegression(bias, lambda, onBiases), plan.loss(), data)));
    }

    private static double coupledDecay(TrainingPlan plan) {
        return plan.optimiser().rule().decayIsCoupled() ? plan.optimiser().weightDecay() : 0;
    }

    private static String ofIntercept(double lambda, double onBiases) {
        return onBiases == lambda ? "" : onBiases == 0 ? ", intercept free" : ", " + onBiases + " on the intercept";
    }

    private static Baseline baseline(String title, LinearRegression regression, Loss loss, Dataset data) {
        Samples train = data.train();
        if (!(regression.multiplications(train.size(), train.features()) <= MOST_MULTIPLICATIONS
                && regression.numbers(train.size(), train.features()) <= MOST_NUMBERS)) {
            return none(title, regression, "not computed: " + train.size() + " samples of " + train.features()
                    + " features are too many");
        }
        try {
            LinearRegression.Solution solution = regression.fit(train.x(), train.y());
            double[] onTrain = predictions(solution.model(), train);
            double[] onValidation = predictions(solution.model(), data.validation());
            return new Baseline(title, regression, Optional.of(new Fit(mean(loss, train.y(), onTrain),
                    mean(loss, data.validation().y(), onValidation), Fit.r2(train.y(), onTrain),
                    Fit.r2(data.validation().y(), onValidation))),
                    solution.unique() ? Optional.empty() : Optional.of("of all that fit as well, the smallest weights"));
        } catch (IllegalArgumentException | ArithmeticException e) {
            return none(title, regression, "not computed: " + e.getMessage());
        }
    }

    private static Baseline none(String title, LinearRegression regression, String why) {
        return new Baseline(title, regression, Optional.empty(), Optional.of(why));
    }

    private static double[] predictions(LinearModel model, Samples samples) {
        double[] weights = model.weights();
        double[] predictions = new double[samples.size()];
        for (int i = 0; i < predictions.length; i++) {
            double sum = model.intercept();
            for (int j = 0; j < weights.length; j++) {
                sum += weights[j] * samples.x()[i * weights.length + j];
            }
            predictions[i] = sum;
        }
        return predictions;
    }

    private static double mean(Loss loss, float[] y, double[] predictions) {
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            sum += loss.value(predictions[i] - y[i]);
        }
        return sum / y.length;
    }
}
