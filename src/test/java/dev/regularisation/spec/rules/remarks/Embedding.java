package dev.regularisation.spec.rules.remarks;

import dev.regularisation.nn.CosineSimilarityLoss;
import java.util.Arrays;
import java.util.function.BinaryOperator;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;

/**
 * A loss of one embedding, and a step on it.
 *
 * @param scaleFree whether doubling the embedding, and taking a sixteenth of it, which do not round, leave the loss's bits
 * @param along     the product of embedding and gradient, in roundings
 * @param growth    how far ‖p ± ηg‖² is from ‖p‖² + η²‖g‖², in roundings
 */
record Embedding(boolean scaleFree, double along, double growth) {

    /** One minus the cosine similarity to a target. */
    static Embedding of(double[] p, double[] target, double rate) {
        return of((a, b) -> 1 - CosineSimilarityLoss.similarity(a, b),
                (a, b) -> Arrays.stream(CosineSimilarityLoss.similarityGradient(a, b)).map(slope -> -slope).toArray(), p, target,
                rate);
    }

    /** Another loss and its gradient; a step is taken towards the target, and one away from it. */
    static Embedding of(ToDoubleBiFunction<double[], double[]> loss, BinaryOperator<double[]> gradient, double[] p,
            double[] target, double rate) {
        boolean free = true;
        for (double factor : new double[] {2, 0.0625}) {
            double[] scaled = Arrays.stream(p).map(v -> factor * v).toArray();
            free &= loss.applyAsDouble(scaled, target) == loss.applyAsDouble(p, target);
        }
        double[] g = gradient.apply(p, target);
        // p·g is a sum of n products that cancel; they add up, in magnitude, to at most 2, and each has a few roundings.
        double cancelled = (p.length + 8) * 0x1p-51;
        double growth = Math.max(growth(p, g, rate, cancelled), growth(p, g, -rate, cancelled));
        return new Embedding(free, Math.abs(dot(p, g)) / cancelled, growth);
    }

    private static double growth(double[] p, double[] g, double rate, double cancelled) {
        double[] moved = new double[p.length];
        Arrays.setAll(moved, i -> p[i] - rate * g[i]);
        double wanted = dot(p, p) + rate * rate * dot(g, g);
        return Math.abs(dot(moved, moved) - wanted) / (2 * Math.abs(rate) * cancelled + (p.length + 8) * 0x1p-52 * wanted);
    }

    static double dot(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
    }
}
