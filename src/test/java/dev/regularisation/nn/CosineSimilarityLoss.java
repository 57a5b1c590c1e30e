package dev.regularisation.nn;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;

/**
 * The scale-free loss of the post's remark on embeddings: L = (1/n) Σₛ (1 − cos(pₛ, tₛ)), the mean over the n samples of
 * one minus the cosine similarity, cos(p, t) = p·t / (max(‖p‖, ε) max(‖t‖, ε)) with ε = 1e-8, as PyTorch has it.
 *
 * <p>It sees directions only. Hence its gradient is orthogonal to the embedding, p·∂L/∂p = 0 wherever ‖p‖ ≥ ε, and nothing
 * in it limits a magnitude.
 *
 * <p>Everything is computed in double, sums in ascending order; a backend's precision matters to what it hands over and to
 * the one rounding of the gradient it takes back.
 */
public final class CosineSimilarityLoss {

    /** Shorter vectors are divided by this instead of their length. */
    public static final double EPSILON = 1e-8;

    private CosineSimilarityLoss() {
    }

    /**
     * L. Reads only.
     *
     * @param prediction p, {@code features × n}, a column for each sample
     * @param target     t, same shape
     * @throws IllegalArgumentException if the shapes differ or there is no sample
     */
    public static double value(Backend backend, Tensor prediction, Tensor target) {
        requireBatch(prediction, target, target);
        int samples = prediction.columns();
        double[] p = backend.read(prediction);
        double[] t = backend.read(target);
        double sum = 0;
        for (int s = 0; s < samples; s++) {
            sum += 1 - similarity(column(p, s, samples), column(t, s, samples));
        }
        return sum / samples;
    }

    /**
     * ∂L/∂p = −(1/n) ∂cos/∂p into {@code gradient}.
     *
     * @param prediction p, {@code features × n}, not modified
     * @param target     t, same shape, not modified
     * @param gradient   same shape, overwritten
     * @throws IllegalArgumentException if the shapes differ or there is no sample
     */
    public static void gradient(Backend backend, Tensor prediction, Tensor target, Tensor gradient) {
        requireBatch(prediction, target, gradient);
        int samples = prediction.columns();
        double[] p = backend.read(prediction);
        double[] t = backend.read(target);
        double[] result = new double[p.length];
        for (int s = 0; s < samples; s++) {
            double[] slope = similarityGradient(column(p, s, samples), column(t, s, samples));
            for (int i = 0; i < slope.length; i++) {
                result[i * samples + s] = -slope[i] / samples;
            }
        }
        backend.write(result, gradient);
    }

    /** cos(p, t) of two vectors of one length, in [−1, 1] but for rounding; 0 where one of them is 0. Reads only. */
    public static double similarity(double[] p, double[] t) {
        requireOneLength(p, t);
        return dot(p, t) / (length(p) * length(t));
    }

    /**
     * ∂cos(p, t)/∂p = (t/‖t‖ − cos(p, t) p/‖p‖) / ‖p‖, the part of t's direction that is orthogonal to p; where ‖p‖ &lt; ε,
     * t / (‖t‖ ε). A new array; reads only.
     */
    public static double[] similarityGradient(double[] p, double[] t) {
        requireOneLength(p, t);
        double pLength = length(p);
        double tLength = length(t);
        // Below ε the denominator no longer depends on p.
        double along = norm(p) < EPSILON ? 0 : dot(p, t) / (pLength * tLength) / pLength;
        double[] gradient = new double[p.length];
        for (int i = 0; i < p.length; i++) {
            gradient[i] = (t[i] / tLength - along * p[i]) / pLength;
        }
        return gradient;
    }

    private static double length(double[] vector) {
        return Math.max(norm(vector), EPSILON);
    }

    private static double norm(double[] vector) {
        return Math.sqrt(dot(vector, vector));
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double[] column(double[] values, int column, int columns) {
        double[] result = new double[values.length / columns];
        for (int i = 0; i < result.length; i++) {
            result[i] = values[i * columns + column];
        }
        return result;
    }

    private static void requireOneLength(double[] p, double[] t) {
        if (p.length != t.length) {
            throw new IllegalArgumentException("cosine similarity: wanted two vectors of one length, got " + p.length
                    + " and " + t.length);
        }
    }

    private static void requireBatch(Tensor prediction, Tensor target, Tensor gradient) {
        if (!prediction.shape().equals(target.shape()) || !prediction.shape().equals(gradient.shape())
                || prediction.columns() == 0) {
            throw new IllegalArgumentException("cosine similarity loss: prediction is " + prediction.shape()
                    + ", target is " + target.shape() + ", gradient is " + gradient.shape()
                    + "; wanted one shape [features x samples] with at least one sample");
        }
    }
}
