package dev.regularisation.spec;

import java.util.Arrays;
import java.util.Optional;

/**
 * The index of rules: every statement of the post that the suite tries, and what looking closely added.
 *
 * <p>An id is stable and never reused. A rule needs at least one test or property that {@link Shows} it and one that proves
 * the {@link Teeth} of its check; {@link Gate} fails the build otherwise.
 */
public enum Rule {
    SETUP_LINEAR_PLUS_NOISE("setup.linear-plus-noise", Section.SETUP, Strength.LAW, Verdict.HOLDS,
            "Y = w.x + b + 0.2 N(0,1), 50 dimensions, 200 training and 10,000 validation samples.",
            "Draws equal PyTorch's bit for bit (SHA-256); residual of the true model is the noise."),
    SETUP_SEED_REPRODUCES("setup.seed-reproduces", Section.SETUP, Strength.LAW, Verdict.HOLDS,
            "Resetting seeds before every random choice makes a run repeat.",
            "Same seed: identical bits of data, initial weights, shuffles, masks, whole history; another "
                    + "seed: different; extra draws between the stages change nothing."),
    SETUP_GRADIENT_IS_SENSITIVITY("setup.gradient-is-sensitivity", Section.SETUP, Strength.LAW, Verdict.HOLDS,
            "Backpropagation tells how the loss would change if a parameter were slightly higher.",
            "Central differences in float64 on random networks, every layer type and penalty."),
    SETUP_VALIDATION_WITHOUT_FLUCTUATION("setup.validation-without-fluctuation", Section.SETUP, Strength.STOCHASTIC, Verdict.HOLDS,
            "10,000 validation samples remove statistical fluctuation.",
            "Standard error of the validation loss at 10,000 against 200 samples."),
    SETUP_LOW_RATE_IS_SMOOTH("setup.low-rate-is-smooth", Section.SETUP, Strength.CLAIM, Verdict.HOLDS,
            "A low learning rate and many epochs give smooth, stable trajectories.",
            "Roughness of the parameter paths against the learning rate."),
    LINEAR_FINDS_LEAST_SQUARES("linear.finds-least-squares", Section.BENCHMARKS, Strength.CLAIM, Verdict.HOLDS,
            "Linear regression is the obvious choice; validation loss 0.05.",
            "Trained weights equal least squares (Commons Math QR) within float32; 0.0534; theory 0.04 (1"
                    + " + 51/148) = 0.0538."),
    LINEAR_UNBIASED("linear.unbiased", Section.BENCHMARKS, Strength.STOCHASTIC, Verdict.HOLDS,
            "Its weights are unbiased estimators of the true ones.",
            "Mean error over many data sets, per-coordinate t statistics, corrected for 51 tests."),
    LINEAR_FLOOR_IS_NOISE("linear.floor-is-noise", Section.BENCHMARKS, Strength.CLAIM, Verdict.HOLDS,
            "Noise on the labels leaves a non-zero loss.",
            "True model's validation loss is 0.04; no model goes below."),
    MLP_CONTAINS_LINEAR("mlp.contains-linear", Section.BENCHMARKS, Strength.LAW, Verdict.HOLDS,
            "The larger class does not improve approximation error.",
            "An explicit 50-25-25-1 network that equals the true linear function."),
    MLP_OVERFITS("mlp.overfits", Section.BENCHMARKS, Strength.STOCHASTIC, Verdict.HOLDS,
            "Training loss falls to nothing, validation ends far worse: 0.60 against 0.05.",
            "0.5975 at epoch 72; ratio over seeds."),
    MLP_FLOAT32_FLOOR("mlp.float32-floor", Section.BENCHMARKS, Strength.FINDING, Verdict.HOLDS,
            "The training loss bottoms out in numerical noise, likely float32's limits.",
            "Floor near 1e-14 in float32, near 1e-31 in float64."),
    MLP_VALIDATION_STALLS_FIRST("mlp.validation-stalls-first", Section.BENCHMARKS, Strength.CLAIM, Verdict.HOLDS,
            "Validation stops improving as that stage begins.",
            "Best epoch well before the training floor is reached."),
    L2_GRADIENT("l2.gradient", Section.WEIGHT_DECAY, Strength.LAW, Verdict.HOLDS,
            "The gradient of (lambda/2) theta^2 is lambda theta.",
            "Finite differences."),
    L2_DECAYS_IN_PROPORTION("l2.decays-in-proportion", Section.WEIGHT_DECAY, Strength.LAW, Verdict.HOLDS,
            "Each parameter shrinks with a force proportional to itself: exponential decay, slower as it "
                    + "shrinks.",
            "No data gradient, SGD: theta_t = (1 - eta lambda)^t theta_0."),
    L2_EQUALS_WEIGHT_DECAY("l2.equals-weight-decay", Section.WEIGHT_DECAY, Strength.LAW, Verdict.HOLDS,
            "The optimiser's weight decay and L2 added by hand agree.",
            "SGD and Adam; 0.4996 both."),
    L2_ADAMW_DIFFERS("l2.adamw-differs", Section.WEIGHT_DECAY, Strength.LAW, Verdict.HOLDS,
            "There is subtlety in combining weight decay with Adam.",
            "Decoupled decay differs under Adam, agrees under SGD."),
    L2_IMPROVES_VALIDATION("l2.improves-validation", Section.WEIGHT_DECAY, Strength.STOCHASTIC, Verdict.HOLDS,
            "0.50 instead of 0.60.",
            "0.4996; paired over seeds."),
    L2_COSTS_TRAINING("l2.costs-training", Section.WEIGHT_DECAY, Strength.STOCHASTIC, Verdict.HOLDS,
            "At the price of a much larger training loss.",
            "Ratio of training losses."),
    L2_NORMS_FALL("l2.norms-fall", Section.WEIGHT_DECAY, Strength.CLAIM, Verdict.HOLDS,
            "L1 and L2 norms decrease throughout training.",
            "Norms against the plain network's and over epochs."),
    L2_WALKS_UPHILL("l2.walks-uphill", Section.WEIGHT_DECAY, Strength.LAW, Verdict.HOLDS,
            "The final model walks uphill from its optimum.",
            "Data loss at the regularised optimum minus at the optimum = 1/2 sum h (lambda/(h+lambda))^2 "
                    + "w^2 >= 0."),
    L2_EIGEN_SHRINKAGE("l2.eigen-shrinkage", Section.WEIGHT_DECAY, Strength.LAW, Verdict.HOLDS,
            "In the Hessian's eigenbasis the solution is w h/(h+lambda).",
            "Random Hessians: closed form, linear solve (Commons Math) and gradient descent agree."),
    L2_KEEPS_WHAT_MATTERS("l2.keeps-what-matters", Section.WEIGHT_DECAY, Strength.LAW, Verdict.HOLDS,
            "Directions of large eigenvalue are unchanged, the others shrink.",
            "Shrink factor rises with h; limits h >> lambda and h << lambda."),
    L2_RIDGE_IN_THE_EXPERIMENT("l2.ridge-in-the-experiment", Section.WEIGHT_DECAY, Strength.CLAIM, Verdict.HOLDS,
            "The same, on this post's data.",
            "Linear model trained with L2: measured ratio per eigen-direction of 2 X'X/n lies on "
                    + "h/(h+lambda), plotted."),
    L2_POLYNOMIALS("l2.polynomials", Section.WEIGHT_DECAY, Strength.LAW, Verdict.HOLDS,
            "High degrees fit every point and go wild just outside; classes are nested; L2 is a soft limit.",
            "Training error never rises with degree; error outside the interval explodes; ridge tames it."),
    L1_GRADIENT("l1.gradient", Section.L1, Strength.LAW, Verdict.HOLDS,
            "Lambda sign(theta): a fixed size whatever the magnitude.",
            "Finite differences away from 0; 0 at 0."),
    L1_COLLAPSES_IN_FINITE_TIME("l1.collapses-in-finite-time", Section.L1, Strength.LAW, Verdict.HOLDS,
            "A constant force collapses a useless parameter to zero.",
            "No data gradient: |theta|/(eta lambda) steps, then within eta lambda of 0; L2 never arrives."),
    L1_SOFT_THRESHOLD("l1.soft-threshold", Section.L1, Strength.LAW, Verdict.HOLDS,
            "A parameter needs a minimal benefit to survive.",
            "Diagonal Hessian: sign(w) max(|w| - lambda/h, 0); proximal gradient reaches exact zeros."),
    L1_SPARSIFIES("l1.sparsifies", Section.L1, Strength.CLAIM, Verdict.HOLDS,
            "Many parameters collapse to zero.",
            "Share below 1e-3: about 0.55, against 0.03 (L2) and 0.004 (plain)."),
    L1_COLLAPSES_LATE("l1.collapses-late", Section.L1, Strength.CLAIM, Verdict.HOLDS,
            "Even when the training loss is mostly static.",
            "Count of collapses after the loss has settled."),
    L1_IMPROVES_VALIDATION("l1.improves-validation", Section.L1, Strength.STOCHASTIC, Verdict.HOLDS,
            "0.28.",
            "Paired over seeds against plain and L2; the published figure inside the rounding band (below)."),
    L1_ON_ACTIVATIONS("l1.on-activations", Section.L1, Strength.CLAIM, Verdict.HOLDS,
            "Sparse autoencoders put L1 on activations: few neurons light up rather than few weights non-"
                    + "zero.",
            "The same network with the penalty moved to the activations."),
    MINIBATCH_NOISY_GRADIENT("minibatch.noisy-gradient", Section.MINIBATCHES, Strength.LAW, Verdict.HOLDS,
            "The gradient of a minibatch is that of all samples plus noise, the less of it the larger the batch.",
            "Unbiased over every batch of a size and over a partition; mean square noise σ²/B (n − B)/(n − 1), exact over all "
                    + "batches of small networks, and within 5 standard errors over shuffled passes of the post's."),
    MINIBATCH_IMPROVES_VALIDATION("minibatch.improves-validation", Section.MINIBATCHES, Strength.STOCHASTIC, Verdict.HOLDS,
            "Batches of 32 improve the best validation loss to 0.31, from 0.60 with the full batch.",
            "Best validation loss at the post's seed on every backend, at most 0.75 of the full batch's, and paired over "
                    + "seeds; the digits depend on rounding (figures.rounding-band)."),
    MINIBATCH_UNSTABLE("minibatch.unstable", Section.MINIBATCHES, Strength.CLAIM, Verdict.HOLDS,
            "With minibatches the training loss falls to about 1e-6 and then jumps up again, repeatedly.",
            "Rises of the training loss to more than a hundred times the least value before: at least 3 at the post's seed on "
                    + "every backend, from below 1e-5 to above 1e-2; none with the full batch; the same over seeds."),
    MINIBATCH_INSTABILITY_CAUSE("minibatch.instability-cause", Section.MINIBATCHES, Strength.FINDING, Verdict.QUALIFIED,
            "The post suspects numerical instability and Adam's momentum behind the jumps of the training loss.",
            "The run again in float64, with other ε, and with parts of Adam removed. Adam it is, but neither rounding nor "
                    + "momentum: float64 jumps first at the same epochs, and without momentum jumps come earlier. What makes them is Adam's "
                    + "division by the root of its second moment: steps grow as gradients fade until they overshoot. Without it "
                    + "there are no jumps; with the full batch they come too, later, when sharpness reaches Adam's stability limit 38/η."),
    MINIBATCH_WEIGHTS_GROW("minibatch.weights-grow", Section.MINIBATCHES, Strength.CLAIM, Verdict.HOLDS,
            "Without a penalty the parameters grow over time when training with minibatches.",
            "Σθ² over epochs: more than a fifth up in the second half of the run, at the post's seed on every backend and at "
                    + "every other seed, while the full batch's stands still."),
    MINIBATCH_SMALL_DECAY_STOPS_GROWTH("minibatch.small-decay-stops-growth", Section.MINIBATCHES, Strength.CLAIM, Verdict.HOLDS,
            "A weight decay near 1e-4 stops that growth.",
            "Σθ² over 3,000 epochs with and without weight decay 1e-4: in the second half it rises by less than a tenth with it "
                    + "and by more than a fifth without."),
    DROPOUT_ZEROES_AT_RANDOM("dropout.zeroes-at-random", Section.DROPOUT, Strength.STOCHASTIC, Verdict.HOLDS,
            "In training each hidden activation is zeroed with probability p, at random.",
            "Zeros among half a million activations follow the binomial law, independently between samples and between passes; "
                    + "the masks equal PyTorch's bit for bit."),
    DROPOUT_KEEPS_EXPECTATION("dropout.keeps-expectation", Section.DROPOUT, Strength.LAW, Verdict.HOLDS,
            "Kept activations are divided by 1 − p, so that dropout leaves the mean of an activation what it is without.",
            "Mean over all masks of small networks, exactly, and over sampled masks of the trained one; evaluation mode is the "
                    + "identity, bit for bit."),
    DROPOUT_IMPROVES_VALIDATION("dropout.improves-validation", Section.DROPOUT, Strength.STOCHASTIC, Verdict.HOLDS,
            "Dropout improves the best validation loss to 0.27 (its notebook prints 0.2410), from 0.60 without.",
            "Best validation loss at the post's seed on every backend, at most 0.6 of the plain network's, and paired over "
                    + "seeds; ours is the notebook's 0.2410, not the text's 0.27."),
    DROPOUT_WEIGHTS_GROW("dropout.weights-grow", Section.DROPOUT, Strength.CLAIM, Verdict.QUALIFIED,
            "With dropout the parameters grow again, which a small weight decay remedies.",
            "Σθ² over epochs, with weight decay 0, 1e-4 and 1e-3. They grow at every seed; 1e-4 leaves less than half of the "
                    + "growth but does not end it within 3,000 epochs; 1e-3 does."),
    DROPOUT_AVERAGING("dropout.averaging", Section.DROPOUT, Strength.LAW, Verdict.HOLDS,
            "Averaging models whose errors are not correlated helps; correlation limits how much.",
            "The error of the mean model is the mean error less the disagreement, and its variance ρσ² + (1 − ρ)σ²/k: "
                    + "identities, for arbitrary predictions and for networks from sixteen initial weights, with ρ measured."),
    DROPOUT_SUBNETWORKS("dropout.subnetworks", Section.DROPOUT, Strength.LAW, Verdict.HOLDS,
            "Dropout trains exponentially many subnetworks that share their weights, and evaluation stands for their mean.",
            "All masks of small networks enumerated: the mean over masks is evaluation mode exactly with one hidden layer, and "
                    + "within 0.3 of the masks' spread with two, whose rectifiers see masked inputs."),
    DROPOUT_CHEAP("dropout.cheap", Section.DROPOUT, Strength.CLAIM, Verdict.QUALIFIED,
            "Dropout averages those subnetworks without meaningful extra cost.",
            "Floating-point operations of an epoch, counted: 1.1 % more in training, a share that falls with width, none in "
                    + "evaluation, no parameter more. On a network as small as the post's, drawing the masks costs more than that: "
                    + "the benchmark Epoch took about 1.3 times as long with dropout. And it trains for twice as many epochs."),
    COMPARE_NONE_BEATS_LINEAR("compare.none-beats-linear", Section.COMPARISON, Strength.CLAIM, Verdict.HOLDS,
            "No MLP reaches the linear model.",
            "Validation losses."),
    COMPARE_BETTER_ON_TRAIN("compare.better-on-train", Section.COMPARISON, Strength.CLAIM, Verdict.HOLDS,
            "In almost every case better on training, worse on validation than linear.",
            "Table of both."),
    COMPARE_GAP_SHRINKS("compare.gap-shrinks", Section.COMPARISON, Strength.CLAIM, Verdict.HOLDS,
            "Regularisation shrinks the gap.",
            "Gap per method."),
    COMPARE_L1_AND_DROPOUT_STRONGEST("compare.l1-and-dropout-strongest", Section.COMPARISON, Strength.STOCHASTIC, Verdict.HOLDS,
            "Those two are the most powerful here.",
            "Ranking over seeds."),
    DATA_PLAIN_400_BEATS_ALL_200("data.plain-400-beats-all-200", Section.COMPARISON, Strength.CLAIM, Verdict.HOLDS,
            "The plain MLP with 400 samples beats every regularised one with 200.",
            "0.1598 against 0.2410."),
    DATA_L1_400_NEARLY_OPTIMAL("data.l1-400-nearly-optimal", Section.COMPARISON, Strength.CLAIM, Verdict.HOLDS,
            "L1 with 400 is almost the linear model.",
            "0.0537 against 0.0452."),
    DATA_BEST_REGULARISER("data.best-regulariser", Section.COMPARISON, Strength.STOCHASTIC, Verdict.HOLDS,
            "All MLPs improve with data.",
            "Learning curve over sizes, plotted."),
    REMARK_SCALE_FREE_LOSS_GROWS("remark.scale-free-loss-grows", Section.REMARKS, Strength.LAW, Verdict.HOLDS,
            "A loss on cosine similarity puts no limit on magnitude: norms grow; a small decay fixes it "
                    + "without cost.",
            "Gradient orthogonal to the embedding, hence norms never fall under gradient descent; decay "
                    + "bounds them."),
    FIGURES_REPRODUCED("figures.reproduced", Section.REMARKS, Strength.CLAIM, Verdict.HOLDS,
            "The printed figures.",
            "Linear, plain, weight decay and L2: every printed digit of the best validation loss; R2 of "
                    + "the *final* model."),
    FIGURES_ROUNDING_BAND("figures.rounding-band", Section.REMARKS, Strength.FINDING, Verdict.HOLDS,
            "(nobody says).",
            "L1 and minibatch, and dropout a little, amplify rounding: runs that differ by one unit in "
                    + "the last place of one weight end at different losses; the published figure lies in that "
                    + "band; divergence plotted over epochs."),
    ERRATUM_COMPARISON_LABELS("erratum.comparison-labels", Section.REMARKS, Strength.FINDING, Verdict.HOLDS,
            "The last figure's code pairs six names with seven runs.",
            "Labels after the third are one off and dropout is not shown; ours pairs all seven."),
    ERRATUM_BEST_MODEL_IS_LAST("erratum.best-model-is-last", Section.REMARKS, Strength.FINDING, Verdict.HOLDS,
            "The loop means to restore the best model.",
            "The saved state is a live reference, so the last model is returned; ours restores the best, "
                    + "and reports both."),
    ERRATUM_L2_NORM_IS_SQUARED("erratum.l2-norm-is-squared", Section.REMARKS, Strength.FINDING, Verdict.HOLDS,
            "The curve called L2 norm.",
            "Is the sum of squares (post) or mean of squares (notebook).");

    private final String id;
    private final Section section;
    private final Strength strength;
    private final Verdict verdict;
    private final String statement;
    private final String shownBy;

    Rule(String id, Section section, Strength strength, Verdict verdict, String statement, String shownBy) {
        this.id = id;
        this.section = section;
        this.strength = strength;
        this.verdict = verdict;
        this.statement = statement;
        this.shownBy = shownBy;
    }

    /** Its stable name, such as {@code l1.sparsifies}. */
    public String id() {
        return id;
    }

    /** Where in the post. */
    public Section section() {
        return section;
    }

    /** What kind of statement. */
    public Strength strength() {
        return strength;
    }

    /** How it stands. */
    public Verdict verdict() {
        return verdict;
    }

    /** What the post says, in our words and one sentence; of a finding, what we found. */
    public String statement() {
        return statement;
    }

    /** What is measured; of a verdict other than {@link Verdict#HOLDS}, also what is true instead. */
    public String shownBy() {
        return shownBy;
    }

    /** The rule of that {@link #id()}. */
    public static Optional<Rule> of(String id) {
        return Arrays.stream(values()).filter(rule -> rule.id.equals(id)).findFirst();
    }

    @Override
    public String toString() {
        return id;
    }
}
