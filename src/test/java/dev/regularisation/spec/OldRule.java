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
                    + "all.");

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
