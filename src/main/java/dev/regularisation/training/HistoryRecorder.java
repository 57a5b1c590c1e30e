package dev.regularisation.training;

import dev.regularisation.backend.Precision;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

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
        bytes = ByteBuffer.allocate(2 * Double.BYTES + parameters * precision.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
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
        bytes.clear().putDouble(train).putDouble(validation);
        for (int i = 0; i < parameters.length; i++) {
            if (precision == Precision.FLOAT32) {
                bytes.putFloat((float) parameters[i]);
            } else {
                bytes.putDouble(parameters[i]);
            }
        }
        digest.update(bytes.array());
        if (parameters32 != null) {
            for (int i = 0; i < parameters.length; i++) {
                parameters32[epoch][i] = (float) parameters[i];
            }
        } else if (parameters64 != null) {
            System.arraycopy(parameters, 0, parameters64[epoch], 0, parameters.length);
        }
        epoch++;
    }
}
