package dev.regularisation.training;

import dev.regularisation.backend.Precision;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * What happened in a run, epoch 0 (the initial model) included.
 *
 * <p>The training loss of an epoch is the mean over its batches of the loss before each step, in training mode; that of
 * epoch 0 is a pass without steps. The validation loss is in evaluation mode, except at epoch 0, where the post validates
 * in training mode. Penalties are part of neither.
 */
public final class History {

    private final Precision precision;
    private final double[] trainLoss;
    private final double[] validationLoss;
    private final double[] l1Norm;
    private final double[] squaredL2Norm;
    private final float[][] parameters32;
    private final double[][] parameters64;
    private final byte[] digest;

    History(HistoryRecorder recorder) {
        this.precision = recorder.precision;
        int entries = recorder.entries();
        this.trainLoss = first(entries, recorder.trainLoss);
        this.validationLoss = first(entries, recorder.validationLoss);
        this.l1Norm = first(entries, recorder.l1Norm);
        this.squaredL2Norm = first(entries, recorder.squaredL2Norm);
        this.parameters32 = recorder.parameters32 == null ? null : Arrays.copyOf(recorder.parameters32, entries);
        this.parameters64 = recorder.parameters64 == null ? null : Arrays.copyOf(recorder.parameters64, entries);
        this.digest = recorder.digest.digest();
    }

    private static double[] first(int entries, double[] values) {
        return values.length == entries ? values : Arrays.copyOf(values, entries);
    }

    /** The precision of the run, and of its parameters. */
    public Precision precision() {
        return precision;
    }

    /** Number of the last epoch; there is one entry more than that. */
    public int epochs() {
        return trainLoss.length - 1;
    }

    /** Mean training loss of an epoch. */
    public double trainLoss(int epoch) {
        return trainLoss[epoch];
    }

    /** Validation loss after an epoch. */
    public double validationLoss(int epoch) {
        return validationLoss[epoch];
    }

    /** Σ |θᵢ| over all parameters, in double, after an epoch. */
    public double l1Norm(int epoch) {
        return l1Norm[epoch];
    }

    /** Σ θᵢ² over all parameters, in double, after an epoch: the square of the L2 norm. */
    public double squaredL2Norm(int epoch) {
        return squaredL2Norm[epoch];
    }

    /** Training losses of all epochs, a copy. */
    public double[] trainLosses() {
        return trainLoss.clone();
    }

    /** Validation losses of all epochs, a copy. */
    public double[] validationLosses() {
        return validationLoss.clone();
    }

    /** The epoch of the least training loss, the first of equals; NaN is never least. */
    public int bestTrainEpoch() {
        return indexOfLeast(trainLoss);
    }

    /** The epoch of the least validation loss, the first of equals; NaN is never least. */
    public int bestEpoch() {
        return indexOfLeast(validationLoss);
    }

    private static int indexOfLeast(double[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] < values[best] || Double.isNaN(values[best]) && !Double.isNaN(values[i])) {
                best = i;
            }
        }
        return best;
    }

    /** The first epoch whose training or validation loss is infinite or NaN, if there is one. */
    public OptionalInt divergence() {
        return IntStream.range(0, trainLoss.length)
                .filter(epoch -> !Double.isFinite(trainLoss[epoch]) || !Double.isFinite(validationLoss[epoch])).findFirst();
    }

    /** Whether {@link #parameter} can be asked. */
    public boolean hasParameters() {
        return parameters32 != null || parameters64 != null;
    }

    /** Number of parameters in the record. */
    public int parameterCount() {
        requireParameters();
        return precision == Precision.FLOAT32 ? parameters32[0].length : parameters64[0].length;
    }

    /** Parameter {@code index} after an epoch. */
    public double parameter(int epoch, int index) {
        requireParameters();
        return precision == Precision.FLOAT32 ? parameters32[epoch][index] : parameters64[epoch][index];
    }

    private void requireParameters() {
        if (!hasParameters()) {
            throw new IllegalStateException(
                    "history: parameters were not recorded; train with Recording.PARAMETERS");
        }
    }

    /**
     * SHA-256, in hexadecimal, of the whole run: for each epoch the training and validation losses as float64, then every
     * parameter in the backend's precision, little-endian, every NaN as Java's own. It does not depend on what was recorded.
     */
    public String sha256() {
        return HexFormat.of().formatHex(digest);
    }
}
