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
            "L2 adds (λ/2) Σθ² to the loss, whose gradient pulls each parameter back by λθ.",
            "Difference quotients of the penalty equal its gradient, λθ, at the post's 1,951 initial "
                    + "parameters and at random ones."),
    L2_DECAYS_IN_PROPORTION("l2.decays-in-proportion", Section.WEIGHT_DECAY, Strength.LAW, Verdict.QUALIFIED,
            "L2 shrinks each parameter with a force proportional to itself: an exponential decay, slower as "
                    + "it shrinks.",
            "Without data gradient, SGD and AdamW take θ to (1 − ηλ)ᵗ θ. Under Adam, which the post uses, the "
                    + "force is in proportion but not the movement: the first step is the learning rate whatever the "
                    + "size, and the decay is far quicker."),
    L2_EQUALS_WEIGHT_DECAY("l2.equals-weight-decay", Section.WEIGHT_DECAY, Strength.LAW, Verdict.HOLDS,
            "The optimiser's weight decay and L2 added to the loss by hand are the same.",
            "Both runs of the post have best validation loss 0.4996, and here the same bits; under SGD too."),
    L2_ADAMW_DIFFERS("l2.adamw-differs", Section.WEIGHT_DECAY, Strength.LAW, Verdict.HOLDS,
            "Combining weight decay with Adam is subtle: it matters whether the decay is part of the "
                    + "gradient.",
            "Decay inside and outside the gradient agree under SGD and part under Adam; at the post's "
                    + "strength AdamW hardly regularises."),
    L2_IMPROVES_VALIDATION("l2.improves-validation", Section.WEIGHT_DECAY, Strength.STOCHASTIC, Verdict.HOLDS,
            "With weight decay the network's best validation loss is 0.50 instead of 0.60.",
            "0.4996 and 0.5975 at the post's seed, on every backend; lower over an ensemble of seeds, paired."),
    L2_COSTS_TRAINING("l2.costs-training", Section.WEIGHT_DECAY, Strength.STOCHASTIC, Verdict.HOLDS,
            "The better validation loss comes at the price of a much larger training loss.",
            "Last training losses with and without weight decay, at the post's seed and paired over an "
                    + "ensemble of seeds: a median ratio above 1,000."),
    L2_NORMS_FALL("l2.norms-fall", Section.WEIGHT_DECAY, Strength.CLAIM, Verdict.QUALIFIED,
            "With weight decay the parameters' L1 and L2 norms decrease throughout training.",
            "They end far below where they began and never exceed the plain network's. Not throughout: while "
                    + "the data are learnt, to epoch 20, they rise by half (L2, squared); then they fall, and from "
                    + "epoch 300 hardly move."),
    L2_WALKS_UPHILL("l2.walks-uphill", Section.WEIGHT_DECAY, Strength.LAW, Verdict.HOLDS,
            "The penalty makes the final model walk uphill from the loss's optimum.",
            "The loss rises by ½ Σ h (λ/(h + λ))² w² ≥ 0: on random Hessians, and for linear models trained "
                    + "on the post's data."),
    L2_EIGEN_SHRINKAGE("l2.eigen-shrinkage", Section.WEIGHT_DECAY, Strength.LAW, Verdict.HOLDS,
            "In the eigenbasis of the loss's Hessian, L2 takes the optimum w to w h/(h + λ).",
            "On random Hessians, ill conditioned and singular ones too, closed form, linear solve (Commons "
                    + "Math) and gradient descent agree."),
    L2_KEEPS_WHAT_MATTERS("l2.keeps-what-matters", Section.WEIGHT_DECAY, Strength.LAW, Verdict.HOLDS,
            "L2 leaves directions of large eigenvalue nearly unchanged and shrinks the others.",
            "The share kept rises with h, and is 1 − λ/h for h ≫ λ and h/λ for h ≪ λ, each to second order."),
    L2_RIDGE_IN_THE_EXPERIMENT("l2.ridge-in-the-experiment", Section.WEIGHT_DECAY, Strength.CLAIM, Verdict.HOLDS,
            "The same shrinkage is at work on the post's data.",
            "The linear model trained with L2: in each of the 51 eigen-directions of 2 X'X/n, intercept "
                    + "included, the measured ratio lies on h/(h + λ)."),
    L2_POLYNOMIALS("l2.polynomials", Section.WEIGHT_DECAY, Strength.LAW, Verdict.HOLDS,
            "Polynomials of high degree meet every point and go wild just outside; classes are nested, and L2 "
                    + "is a soft limit on them.",
            "Training error never rises with the degree; error just outside explodes; L2 on the powers' "
                    + "coefficients tames it."),
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
    MINIBATCH_NOISY_GRADIENT("minibatch.noisy-gradient", Section.MINIBATCHES, Strength.STOCHASTIC, Verdict.HOLDS,
            "Stochasticity of the batches.",
            "Batch gradient is unbiased over the partition; variance falls as 1/batch size."),
    MINIBATCH_IMPROVES_VALIDATION("minibatch.improves-validation", Section.MINIBATCHES, Strength.STOCHASTIC, Verdict.HOLDS,
            "0.31.",
            "Paired over seeds; rounding band."),
    MINIBATCH_UNSTABLE("minibatch.unstable", Section.MINIBATCHES, Strength.CLAIM, Verdict.HOLDS,
            "Training loss reaches about 1e-6 and jumps again.",
            "Count and size of jumps."),
    MINIBATCH_INSTABILITY_CAUSE("minibatch.instability-cause", Section.MINIBATCHES, Strength.FINDING, Verdict.HOLDS,
            "Suspected: numerical instability and Adam's momentum.",
            "The same run in float64 and with larger epsilon: say which suspicion survives."),
    MINIBATCH_WEIGHTS_GROW("minibatch.weights-grow", Section.MINIBATCHES, Strength.CLAIM, Verdict.HOLDS,
            "Parameters grow over time without a penalty.",
            "Norms."),
    MINIBATCH_SMALL_DECAY_STOPS_GROWTH("minibatch.small-decay-stops-growth", Section.MINIBATCHES, Strength.CLAIM, Verdict.HOLDS,
            "A weight decay near 1e-4 stops it.",
            "Norms with and without."),
    DROPOUT_ZEROES_AT_RANDOM("dropout.zeroes-at-random", Section.DROPOUT, Strength.STOCHASTIC, Verdict.HOLDS,
            "Activations are zeroed with probability p.",
            "Binomial law of the masks; masks equal PyTorch's."),
    DROPOUT_KEEPS_EXPECTATION("dropout.keeps-expectation", Section.DROPOUT, Strength.LAW, Verdict.HOLDS,
            "(inverted dropout).",
            "Expectation over masks; identity in evaluation mode."),
    DROPOUT_IMPROVES_VALIDATION("dropout.improves-validation", Section.DROPOUT, Strength.STOCHASTIC, Verdict.HOLDS,
            "0.27 (the notebook's figure: 0.2410).",
            "Paired over seeds."),
    DROPOUT_WEIGHTS_GROW("dropout.weights-grow", Section.DROPOUT, Strength.CLAIM, Verdict.HOLDS,
            "Again growing weights, remedied by a small decay.",
            "Norms with and without 1e-4."),
    DROPOUT_AVERAGING("dropout.averaging", Section.DROPOUT, Strength.LAW, Verdict.HOLDS,
            "Averaging models of uncorrelated error helps; correlation limits it.",
            "Ambiguity decomposition (exact) and variance rho + (1-rho)/k on networks of several seeds."),
    DROPOUT_SUBNETWORKS("dropout.subnetworks", Section.DROPOUT, Strength.LAW, Verdict.HOLDS,
            "Exponentially many subnetworks share weights.",
            "All masks of a small network enumerated: mean over masks against evaluation mode."),
    DROPOUT_CHEAP("dropout.cheap", Section.DROPOUT, Strength.CLAIM, Verdict.HOLDS,
            "Without meaningful extra cost.",
            "Benchmark, not a test."),
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
