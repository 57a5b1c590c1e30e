package dev.regularisation.study;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * What a study keeps of a run, beside its digest: a column of {@code study.csv} each, with exact numbers. Training losses are
 * those of the history, means over an epoch's batches in training mode, but for {@link #FINAL_TRAIN_LOSS}. A measure that a run
 * does not have is left empty; those of the shape of a history are, too, where one of its losses is infinite or NaN.
 */
public enum Measure {

    /** Epochs that were trained; patience may have ended them early. */
    EPOCHS("epochs", true, "last epoch", run -> some(run.history().epochs())),
    /** The post's best epoch. */
    BEST_EPOCH("best_epoch", true, "epoch of the least validation loss", run -> some(run.history().bestEpoch())),
    BEST_VALIDATION_LOSS("best_validation_loss", false, "least validation loss",
            run -> some(run.history().validationLoss(run.history().bestEpoch()))),
    NEAR_BEST_EPOCH("near_best_epoch", true, "first epoch with a validation loss within 1 % of the least",
            run -> run.sound(MeasuredRun::nearBest)),
    BEST_TRAIN_LOSS("best_train_loss", false, "least training loss",
            run -> some(run.history().trainLoss(run.history().bestTrainEpoch()))),
    LAST_TRAIN_LOSS("last_train_loss", false, "training loss of the last epoch",
            run -> some(run.history().trainLoss(run.history().epochs()))),
    FINAL_TRAIN_LOSS("final_train_loss", false, "training loss of the last model, in evaluation mode",
            run -> some(run.result().last().fit().trainLoss())),
    FINAL_VALIDATION_LOSS("final_validation_loss", false, "validation loss of the last model",
            run -> some(run.result().last().fit().validationLoss())),
    /** How rough a loss is, in one number. */
    RISE("greatest_rise", false, "greatest ratio of a training loss to the least one before",
            run -> run.sound(MeasuredRun::greatestRise)),
    SETTLED_EPOCH("settled_epoch", true, "first epoch from which the training loss stays within a factor 1.25 of the last one",
            run -> run.sound(MeasuredRun::settled)),
    FLOOR_LOSS("floor_train_loss", false, "median training loss of the last fifth of the epochs, where at most 1e-12: rounding",
            run -> run.sound(MeasuredRun::floor)),
    FLOOR_EPOCH("floor_epoch", true, "first epoch with a training loss within a factor of 10 of that",
            run -> run.sound(MeasuredRun::floorEpoch)),
    FLOOR_MOVE("floor_validation_range", false, "greatest minus least validation loss from then on",
            run -> run.sound(MeasuredRun::floorMove)),
    JUMPS("jumps", true, "rises of the training loss to more than 100 times the least since it lay low",
            run -> run.sound(r -> r.jumps().size())),
    JUMP_EPOCHS("jump_epochs", true, "epochs after 100 in jumps, which end with the fall to a hundredth of the peak",
            run -> run.jumping(MeasuredRun::jumpEpochs)),
    JUMP_FROM("first_jump_from", false, "least training loss before the first jump",
            run -> run.jumping(r -> r.jumps().get(0).from())),
    JUMP_GROWTH("jump_growth", false, "growth of the squared L2 norm in those epochs",
            run -> run.jumping(MeasuredRun::jumpGrowth)),
    NORM_AT_100("squared_l2_norm_at_100", false, "squared L2 norm after epoch 100, where the run jumps",
            run -> run.jumping(r -> r.history().squaredL2Norm(Math.min(MeasuredRun.LEARNT, r.history().epochs())))),
    L1_FIRST("l1_norm_first", false, "sum of all parameters' magnitudes before training", run -> some(run.history().l1Norm(0))),
    L1_SETTLED("l1_norm_settled", false, "the same at settled_epoch",
            run -> run.sound(r -> r.history().l1Norm((int) r.settled()))),
    L1_LAST("l1_norm", false, "the same at the end", run -> some(run.history().l1Norm(run.history().epochs()))),
    L2_FIRST("squared_l2_norm_first", false, "sum of all parameters' squares before training",
            run -> some(run.history().squaredL2Norm(0))),
    L2_QUARTER("squared_l2_norm_quarter", false, "the same after a quarter of the epochs",
            run -> some(run.history().squaredL2Norm(run.history().epochs() / 4))),
    L2_HALF("squared_l2_norm_half", false, "the same after half of the epochs",
            run -> some(run.history().squaredL2Norm(run.history().epochs() / 2))),
    L2_LAST("squared_l2_norm", false, "the same at the end", run -> some(run.history().squaredL2Norm(run.history().epochs()))),
    /** A tenth of a step of Adam at the post's rate. */
    NEAR_ZERO("near_zero", true, "parameters of the last model below 1e-3 in magnitude", run -> some(run.near(1e-3, true))),
    NEAR_ZERO_WEIGHTS("near_zero_weights", true, "weights of the last model, biases not counted, below 1e-2 in magnitude",
            run -> some(run.near(1e-2, false))),
    LIT("lit_units", true, "pairs of a hidden unit and one of the first 1,000 validation samples for which it is above zero",
            run -> run.hidden(units -> some((double) units.lit()))),
    DARK("dark_units", true, "hidden units that are above zero for none of these samples",
            run -> run.hidden(units -> some(units.dark()))),
    REMOVAL_RISE("removal_rise", false, "rise of the loss on these samples when a hidden unit is taken away, mean over units",
            run -> run.hidden(units -> units.removalRise(run.result().plan().loss()))),
    COEFFICIENT_DISTANCE("coefficient_distance", false,
            "greatest distance of a parameter of the last model from that of least squares, for a linear model",
            MeasuredRun::coefficientDistance),
    NOISE_LOSS("noise_loss", false, "validation loss of the model that made the samples, where they were drawn",
            MeasuredRun::noiseLoss),
    LEAST_SQUARES("least_squares_validation_loss", false, "validation loss of least squares on the same samples, in closed form",
            run -> run.baseline(Optional.of(run.baselines().leastSquares()))),
    RIDGE("ridge_validation_loss", false, "the same of ridge regression, where the run has L2",
            run -> run.baseline(run.baselines().ridge())),
    DIVERGED("diverged_at_epoch", true, "first epoch with a loss that is infinite or NaN", run ->
            run.history().divergence().isPresent() ? some(run.history().divergence().getAsInt()) : OptionalDouble.empty());

    private final String column;
    private final boolean whole;
    private final String definition;
    private final Function<MeasuredRun, OptionalDouble> of;

    Measure(String column, boolean whole, String definition, Function<MeasuredRun, OptionalDouble> of) {
        this.column = column;
        this.whole = whole;
        this.definition = definition;
        this.of = of;
    }

    private static OptionalDouble some(double value) {
        return OptionalDouble.of(value);
    }

    /** Its name in files. */
    public String column() {
        return column;
    }

    /** What it is, in a phrase. */
    public String definition() {
        return definition;
    }

    /** The measure of that {@link #column()}. */
    public static Optional<Measure> of(String column) {
        return Arrays.stream(values()).filter(measure -> measure.column.equals(column)).findFirst();
    }

    OptionalDouble of(MeasuredRun run) {
        return of.apply(run);
    }

    /** As a file has it: a whole number without a point, any other with the digits that give back its bits. */
    String text(double value) {
        return whole ? Long.toString((long) value) : Double.toString(value);
    }

    /**
     * A value of a file.
     *
     * @throws IllegalArgumentException where it is not one
     */
    double read(String text) {
        try {
            double value = whole ? Long.parseLong(text) : Double.parseDouble(text);
            if (whole && value < 0 || !text(value).equals(text)) {
                throw new NumberFormatException();
            }
            return value;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(column + ": wanted " + (whole ? "a count" : "a number, as Java writes it") + ", got \""
                    + text + "\"", e);
        }
    }
}
