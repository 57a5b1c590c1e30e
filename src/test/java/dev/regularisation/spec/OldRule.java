package dev.regularisation.spec;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The index of rules: every statement of the post that the suite tries, and what looking closely added.
 *
 * <p>An id is stable and never reused. A rule needs at least one test or property that {@link Shows} it and one that proves
 * the {@link Teeth} of its check; {@link Gate} fails the build otherwise.
 */
public enum OldRule {
    SETUP_LINEAR_PLUS_NOISE("setup.linear-plus-noise", Section.SETUP, Strength.LAW, Verdict.HOLDS,
            "The data are a linear function of 50 dimensions plus Gaussian noise of standard deviation 0.2: 200 "
                    + "training and 10,000 validation samples.",
            "Every array has the bits that PyTorch draws (SHA-256); label minus true model is the noise drawn, to one "
                    + "rounding, and has the law N(0, 0.2²)."),
    SETUP_SEED_REPRODUCES("setup.seed-reproduces", Section.SETUP, Strength.LAW, Verdict.HOLDS,
            "Resetting the seed before every random choice makes a run repeat.",
            "The same seed gives identical bits of data, initial weights, shuffles, masks and the whole history; "
                    + "another seed changes all of them; extra draws between the stages change nothing."),
    SETUP_GRADIENT_IS_SENSITIVITY("setup.gradient-is-sensitivity", Section.SETUP, Strength.LAW, Verdict.HOLDS,
            "Backpropagation tells how the loss would change if a parameter were slightly higher.",
            "Central differences in float64 agree with it on random networks, through every kind of layer and "
                    + "penalty."),
    SETUP_VALIDATION_WITHOUT_FLUCTUATION("setup.validation-without-fluctuation", Section.SETUP, Strength.STOCHASTIC, Verdict.QUALIFIED,
            "10,000 validation samples make the validation loss free of statistical fluctuation.",
            "The standard error of a validation loss is √50 = 7 times smaller at 10,000 samples than at 200, but not "
                    + "zero: 1.4 % of the linear model's loss, 1.6 to 3.9 % of the networks'. That settles every gain over the "
                    + "plain MLP; it does not settle the last two printed digits, nor the order of two methods as close as L1 "
                    + "and minibatches."),
    SETUP_LOW_RATE_IS_SMOOTH("setup.low-rate-is-smooth", Section.SETUP, Strength.CLAIM, Verdict.HOLDS,
            "A low learning rate and many epochs give smooth, stable trajectories.",
            "The roughness of the parameters' paths, Σ |change of step| / Σ |step|, rises with every step of the "
                    + "learning rate from 0.0003 to 0.1; at the post's 0.01 the training loss hardly ever climbs."),
    LINEAR_FINDS_LEAST_SQUARES("linear.finds-least-squares", Section.BENCHMARKS, Strength.CLAIM, Verdict.HOLDS,
            "Linear regression is the obvious choice for these data, and reaches a validation loss of 0.05.",
            "The trained weights equal least squares (QR, Commons Math) within float32, the published 0.0534 is "
                    + "reproduced, and the mean over data sets is the theory's 0.04 (1 + 1/n)(1 + d/(n − d − 2)) = 0.0538."),
    LINEAR_UNBIASED("linear.unbiased", Section.BENCHMARKS, Strength.STOCHASTIC, Verdict.HOLDS,
            "The weights of linear regression are unbiased estimates of the true ones.",
            "Mean errors over 400 data sets of one true model: no t statistic of 51 is beyond the level 0.1 % "
                    + "corrected for 51 tests, where ridge regression fails 45 of them; noise of opposite sign makes opposite "
                    + "errors."),
    LINEAR_FLOOR_IS_NOISE("linear.floor-is-noise", Section.BENCHMARKS, Strength.CLAIM, Verdict.HOLDS,
            "Noise on the labels leaves a loss that no model can avoid.",
            "The true model's own validation loss is 0.04, the variance of the noise; no epoch of any method at any "
                    + "seed goes below it."),
    MLP_CONTAINS_LINEAR("mlp.contains-linear", Section.BENCHMARKS, Strength.LAW, Verdict.HOLDS,
            "A class of networks larger than the linear functions does not lower the approximation error here.",
            "A 50-25-25-1 network written down by hand equals the true linear function bit for bit: both classes "
                    + "contain the truth."),
    MLP_OVERFITS("mlp.overfits", Section.BENCHMARKS, Strength.STOCHASTIC, Verdict.HOLDS,
            "The plain MLP's training loss falls to nothing while its validation loss ends far worse than the linear "
                    + "model's: 0.60 against 0.05.",
            "The published figures at seed 42, 0.5975 at epoch 72; the ratio to the linear model's loss at every seed "
                    + "of an ensemble."),
    MLP_FLOAT32_FLOOR("mlp.float32-floor", Section.BENCHMARKS, Strength.FINDING, Verdict.HOLDS,
            "The training loss bottoms out in numerical noise, most likely at the limits of float32.",
            "The same run ends near 5e-14 in float32 and near 2e-31 in float64, both about u² times the mean square "
                    + "of the labels, with u the relative error of one rounding."),
    MLP_VALIDATION_STALLS_FIRST("mlp.validation-stalls-first", Section.BENCHMARKS, Strength.CLAIM, Verdict.QUALIFIED,
            "Validation stops improving as the training loss enters its numerical floor.",
            "It stops long before: the best epoch is 72, with the training loss still eleven orders of magnitude "
                    + "above the floor that it reaches at epoch 324. From the floor on, the validation loss does not move at "
                    + "all."),
    L1_GRADIENT("l1.gradient", Section.L1, Strength.LAW, Verdict.HOLDS,
            "The gradient of lambda |theta| is lambda sign(theta): a force of fixed size, however small the "
                    + "parameter.",
            "What the penalty adds to a gradient is lambda sign(theta) to the bit, 0 at 0, for magnitudes from "
                    + "1e-30 to 1e30, and the slope of the penalty by central differences."),
    L1_COLLAPSES_IN_FINITE_TIME("l1.collapses-in-finite-time", Section.L1, Strength.LAW, Verdict.HOLDS,
            "A constant force takes a useless parameter all the way to zero, where a proportional one only "
                    + "shrinks it.",
            "No data gradient, gradient descent: within eta lambda of 0 after |theta|/(eta lambda) steps and for "
                    + "good; L2 halves for ever."),
    L1_SOFT_THRESHOLD("l1.soft-threshold", Section.L1, Strength.LAW, Verdict.HOLDS,
            "A parameter survives L1 only if it is worth a minimal benefit.",
            "Diagonal Hessian: the minimiser is sign(w) max(|w| - lambda/h, 0); proximal gradient descent reaches "
                    + "its zeros exactly, gradient descent comes within 2 eta lambda."),
    L1_COLLAPSES_LATE("l1.collapses-late", Section.L1, Strength.CLAIM, Verdict.HOLDS,
            "Parameters go on collapsing when the training loss is mostly static.",
            "Number of living parameters that collapse for good after the training loss has settled to within a "
                    + "factor of 1.25 of its last value."),
    L1_IMPROVES_VALIDATION("l1.improves-validation", Section.L1, Strength.STOCHASTIC, Verdict.QUALIFIED,
            "L1 lowers the best validation loss to 0.28, from 0.60 plain and 0.50 with L2.",
            "Best validation loss, paired over seeds, against plain and L2. Qualification: it is lower than both, but "
                    + "L1 amplifies rounding, so that the figure itself is one of a band (figures.rounding-band)."),
    L1_ON_ACTIVATIONS("l1.on-activations", Section.L1, Strength.CLAIM, Verdict.HOLDS,
            "Put on activations, as in sparse autoencoders, L1 lets few neurons light up instead of leaving few "
                    + "weights non-zero.",
            "The same network and strength with the penalty moved to the hidden activations: share of neurons lit "
                    + "per sample, and of weights near zero."),
    MINIBATCH_NOISY_GRADIENT("minibatch.noisy-gradient", Section.MINIBATCHES, Strength.LAW, Verdict.HOLDS,
            "The gradient of a minibatch is that of all samples plus noise, the less of it the larger the batch.",
            "Unbiased over every batch of a size and over a partition; mean square noise σ²/B (n − B)/(n − 1), "
                    + "exact over all batches of small networks, and within 5 standard errors over shuffled passes "
                    + "of the post's."),
    MINIBATCH_IMPROVES_VALIDATION("minibatch.improves-validation", Section.MINIBATCHES,
            Strength.STOCHASTIC, Verdict.HOLDS,
            "Batches of 32 improve the best validation loss to 0.31, from 0.60 with the full batch.",
            "Best validation loss at the post's seed on every backend, at most 0.75 of the full batch's, and paired "
                    + "over seeds; the digits depend on rounding (figures.rounding-band)."),
    MINIBATCH_UNSTABLE("minibatch.unstable", Section.MINIBATCHES, Strength.CLAIM, Verdict.HOLDS,
            "With minibatches the training loss falls to about 1e-6 and then jumps up again, repeatedly.",
            "Rises of the training loss to more than a hundred times the least value before: at least 2 at the "
                    + "post's seed on every backend, from below 1e-5 to above 1e-2; none with the full batch; the "
                    + "same over seeds."),
    MINIBATCH_INSTABILITY_CAUSE("minibatch.instability-cause", Section.MINIBATCHES, Strength.FINDING, Verdict.QUALIFIED,
            "The post suspects numerical instability and Adam's momentum behind the jumps of the training loss.",
            "The run again in float64, with other ε, and with parts of Adam removed. Adam it is, but neither "
                    + "rounding nor momentum: float64 jumps first at the same epochs, and without momentum jumps "
                    + "come earlier. What makes them is Adam's division by the root of its second moment: steps "
                    + "grow as gradients fade until they overshoot. Without it there are no jumps; with the full "
                    + "batch they come too, later, when sharpness reaches Adam's stability limit 38/η."),
    MINIBATCH_WEIGHTS_GROW("minibatch.weights-grow", Section.MINIBATCHES, Strength.CLAIM, Verdict.HOLDS,
            "Without a penalty the parameters grow over time when training with minibatches.",
            "Σθ² over epochs: more than a fifth up in the second half of the run, at the post's seed on every "
                    + "backend and at every other seed, while the full batch's stands still."),
    MINIBATCH_SMALL_DECAY_STOPS_GROWTH("minibatch.small-decay-stops-growth", Section.MINIBATCHES,
            Strength.CLAIM, Verdict.HOLDS,
            "A weight decay near 1e-4 stops that growth.",
            "Σθ² over 3,000 epochs with and without weight decay 1e-4: in the second half it rises by less than a "
                    + "tenth with it and by more than a fifth without."),
    DROPOUT_ZEROES_AT_RANDOM("dropout.zeroes-at-random", Section.DROPOUT, Strength.STOCHASTIC, Verdict.HOLDS,
            "In training each hidden activation is zeroed with probability p, at random.",
            "Zeros among half a million activations follow the binomial law, independently between samples and "
                    + "between passes; the masks equal PyTorch's bit for bit."),
    DROPOUT_KEEPS_EXPECTATION("dropout.keeps-expectation", Section.DROPOUT, Strength.LAW, Verdict.HOLDS,
            "Kept activations are divided by 1 − p, so that dropout leaves the mean of an activation what it is "
                    + "without.",
            "Mean over all masks of small networks, exactly, and over sampled masks of the trained one; evaluation "
                    + "mode is the identity, bit for bit."),
    DROPOUT_WEIGHTS_GROW("dropout.weights-grow", Section.DROPOUT, Strength.CLAIM, Verdict.QUALIFIED,
            "With dropout the parameters grow again, which a small weight decay remedies.",
            "Σθ² over epochs, with weight decay 0, 1e-4 and 1e-3. They grow at every seed; 1e-4 leaves less than "
                    + "half of the growth but does not end it within 3,000 epochs; 1e-3 does."),
    DROPOUT_AVERAGING("dropout.averaging", Section.DROPOUT, Strength.LAW, Verdict.HOLDS,
            "Averaging models whose errors are not correlated helps; correlation limits how much.",
            "The error of the mean model is the mean error less the disagreement, and its variance ρσ² + (1 − "
                    + "ρ)σ²/k: identities, for arbitrary predictions and for networks from sixteen initial weights, "
                    + "with ρ measured."),
    DROPOUT_SUBNETWORKS("dropout.subnetworks", Section.DROPOUT, Strength.LAW, Verdict.HOLDS,
            "Dropout trains exponentially many subnetworks that share their weights, and evaluation stands for "
                    + "their mean.",
            "All masks of small networks enumerated: the mean over masks is evaluation mode exactly with one hidden "
                    + "layer, and within 0.3 of the masks' spread with two, whose rectifiers see masked inputs."),
    DROPOUT_CHEAP("dropout.cheap", Section.DROPOUT, Strength.CLAIM, Verdict.QUALIFIED,
            "Dropout averages those subnetworks without meaningful extra cost.",
            "Floating-point operations of an epoch, counted: 1.1 % more in training, a share that falls with width, "
                    + "none in evaluation, no parameter more. On a network as small as the post's, drawing the "
                    + "masks costs more than that: the benchmark Epoch took about 1.3 times as long with dropout. "
                    + "And it trains for twice as many epochs."),
    COMPARE_NONE_BEATS_LINEAR("compare.none-beats-linear", Section.COMPARISON, Strength.CLAIM, Verdict.HOLDS,
            "No network, regularised or not, reaches the validation loss of the linear model.",
            "Best validation losses of all seven methods: at the post's seed with 200 and 400 samples on every backend, and at "
                    + "every seed of an ensemble with 200."),
    COMPARE_BETTER_ON_TRAIN("compare.better-on-train", Section.COMPARISON, Strength.CLAIM, Verdict.HOLDS,
            "In almost every case a network does better than the linear model on the training samples and worse on the validation "
                    + "samples.",
            "Least training and validation losses of all seven methods, at the post's seed and over seeds; the one exception is "
                    + "dropout's training loss."),
    COMPARE_GAP_SHRINKS("compare.gap-shrinks", Section.COMPARISON, Strength.CLAIM, Verdict.HOLDS,
            "Every way of regularising shrinks the gap between the network and the linear model.",
            "Best validation loss above the linear model's, and validation minus training loss, of each method against the plain "
                    + "network's; paired over seeds."),
    COMPARE_L1_AND_DROPOUT_STRONGEST("compare.l1-and-dropout-strongest", Section.COMPARISON, Strength.STOCHASTIC, Verdict.QUALIFIED,
            "L1 and dropout are the most powerful of these regularisers.",
            "Ranking over seeds, paired: L1 is ahead of all others; dropout is ahead of weight decay and of the plain network, but "
                    + "cannot be told from minibatches."),
    DATA_PLAIN_400_BEATS_ALL_200("data.plain-400-beats-all-200", Section.MORE_DATA, Strength.CLAIM, Verdict.QUALIFIED,
            "The plain network with 400 samples beats every regularised network with 200.",
            "0.1598 against 0.2410 at the post's seed, on every backend. Over seeds it beats all but L1, against which it wins "
                    + "about every other seed."),
    DATA_L1_400_NEARLY_OPTIMAL("data.l1-400-nearly-optimal", Section.MORE_DATA, Strength.CLAIM, Verdict.QUALIFIED,
            "The network with L1 and 400 samples is almost as good as the linear model.",
            "0.0537 against 0.0452 at the post's seed, on every backend. Other seeds are less lucky: the median of eight has nearly "
                    + "twice the linear model's loss."),
    DATA_BEST_REGULARISER("data.best-regulariser", Section.MORE_DATA, Strength.STOCHASTIC, Verdict.HOLDS,
            "More data are the best regulariser: every network improves with them.",
            "Learning curves of all methods from 100 to 1,600 samples: at every seed each doubling lowers each network's loss, and "
                    + "the plain network with the most beats all regularised ones with 200.");

    private final String id;
    private final Section section;
    private final Strength strength;
    private final Verdict verdict;
    private final String statement;
    private final String shownBy;

    OldRule(String id, Section section, Strength strength, Verdict verdict, String statement, String shownBy) {
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

    /** As rules with a class of their own are known. */
    RuleCard card() {
        return new RuleCard(id, section, strength, statement, "", "", "", List.of());
    }

    /** The rule of that {@link #id()}. */
    public static Optional<OldRule> of(String id) {
        return Arrays.stream(values()).filter(rule -> rule.id.equals(id)).findFirst();
    }

    @Override
    public String toString() {
        return id;
    }
}
