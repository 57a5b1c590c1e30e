package dev.regularisation.training;

import dev.regularisation.backend.Precision;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Writes a {@link History}, epoch by epoch. */
final class HistoryRecorder {

    final Precision precision;
    final double[] trainLoss;
    final double[] validationLoss;
    final double[] l1Norm;
    final double[] squaredL2Norm;
    final float[][] parameters32;
    final double[][] parameters64;
    final MessageDigest digest;

    private final ByteBuffer bytes;
    /** The parameters in float32 where they are not kept. */
    private final float[] scratch;
    private int epoch;

    HistoryRecorder(Precision precision, int epochs, int parameters, Recording recording) {
        this.precision = precision;
        int entries = epochs + 1;
        trainLoss = new double[entries];
        validationLoss = new double[entries];
        l1Norm = new double[entries];
        squaredL2Norm = new double[entries];
        boolean keep = recording == Recording.PARAMETERS;
        parameters32 = keep && precision == Precision.FLOAT32 ? new float[entries][parameters] : null;
        parameters64 = keep && precision == Precision.FLOAT64 ? new double[entries][parameters] : null;
        scratch = keep || precision != Precision.FLOAT32 ? null : new float[parameters];
        bytes = ByteBuffer.allocate(2 * Double.BYTES + parameters * precision.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Number of epochs added, the initial model included. */
    int entries() {
        return epoch;
    }

    /** Adds the next epoch; {@code parameters} are not modified. */
    void add(double train, double validation, double[] parameters) {
        trainLoss[epoch] = train;
        validationLoss[epoch] = validation;
        double absolute = 0;
        double squared = 0;
        for (double theta : parameters) {
            absolute += Math.abs(theta);
            squared += theta * theta;
        }
        l1Norm[epoch] = absolute;
        squaredL2Norm[epoch] = squared;
        // Every NaN counts as the same: which bits it has depends on the processor.
        bytes.clear().putLong(Double.doubleToLongBits(train)).putLong(Double.doubleToLongBits(validation));
        double[] canonical = Double.isNaN(absolute) ? canonical(parameters) : parameters;
        // Whole arrays at a time: a number at a time costs as much as the digest itself.
        if (precision == Precision.FLOAT32) {
            float[] rounded = parameters32 == null ? scratch : parameters32[epoch];
            for (int i = 0; i < parameters.length; i++) {
                rounded[i] = (float) canonical[i];
            }
            bytes.asFloatBuffer().put(rounded);
        } else {
            if (parameters64 != null) {
                System.arraycopy(canonical, 0, parameters64[epoch], 0, parameters.length);
            }
            bytes.asDoubleBuffer().put(canonical);
        }
        digest.update(bytes.array());
        epoch++;
    }

    private static double[] canonical(double[] parameters) {
        return Arrays.stream(parameters).map(theta -> Double.isNaN(theta) ? Double.NaN : theta).toArray();
    }
}
