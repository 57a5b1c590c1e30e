package dev.regularisation.spec.rules.minibatches;

import dev.regularisation.backend.AdamStep;
import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;
import dev.regularisation.spec.rules.Gradients;
import dev.regularisation.support.ForwardingBackend;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The sharpness that Adam sees, at chosen steps of a run: the greatest eigenvalue of D^−½ H D^−½, where H is the
 * Hessian of
 * the training loss and D = diag(√v̂ + ε) what Adam divides by. Adam with a frozen D is stable while it is below
 * (2 + 2β₁)/((1 − β₁) η).
 *
 * <p>Cohen, Ghorbani, Krishnan and others, "Adaptive gradient methods at the edge of stability" (2022).
 */
public final class Sharpness extends ForwardingBackend {

    /** Power iterations; five times as many give the same five digits. */
    private static final int ITERATIONS = 40;
    /** Length of the differences that stand for H v: short, so that few units cross their kink on the way. */
    private static final double STEP = 1e-6;

    private final Gradients gradients;
    private final Set<Integer> at;
    private final Map<Integer, Double> values = new TreeMap<>();
    private int steps;

    /** Measures after the steps {@code at} of the one run that this instance trains. */
    Sharpness(Backend to, Gradients gradients, Set<Integer> at) {
        super(to);
        this.gradients = gradients;
        this.at = Set.copyOf(at);
    }

    /** Above this Adam is unstable on a quadratic: (2 + 2β₁)/((1 − β₁) η) with β₁ = 0.9. */
    public static double limit(double learningRate) {
        return 38 / learningRate;
    }

    /** The sharpness by step. */
    Map<Integer, Double> values() {
        return values;
    }

    @Override
    public void adam(AdamStep step, Tensor g, Tensor m, Tensor v, Tensor theta) {
        super.adam(step, g, m, v, theta);
        steps++;
        if (at.contains(steps)) {
            double[] root = read(v);
            for (int i = 0; i < root.length; i++) {
                root[i] = Math.sqrt(Math.sqrt(root[i]) / step.secondMomentScale() + step.epsilon());
            }
            values.put(steps, greatest(read(theta), root));
        }
    }

    private double greatest(double[] theta, double[] root) {
        double[] u = new double[theta.length];
        Arrays.fill(u, 1);
        double eigenvalue = Double.NaN;
        for (int k = 0; k < ITERATIONS; k++) {
            double norm = norm(u);
            double[] direction = new double[u.length];
            for (int i = 0; i < u.length; i++) {
                u[i] /= norm;
                direction[i] = u[i] / root[i];
            }
            double h = STEP / norm(direction);
            double[] ahead = gradients.full(moved(theta, h, direction));
            double[] behind = gradients.full(moved(theta, -h, direction));
            eigenvalue = 0;
            for (int i = 0; i < u.length; i++) {
                double image = (ahead[i] - behind[i]) / (2 * h) / root[i];
                eigenvalue += u[i] * image;
                u[i] = image;
            }
        }
        return eigenvalue;
    }

    private static double[] moved(double[] from, double h, double[] direction) {
        double[] to = from.clone();
        for (int i = 0; i < to.length; i++) {
            to[i] += h * direction[i];
        }
        return to;
    }

    private static double norm(double[] v) {
        double sum = 0;
        for (double x : v) {
            sum += x * x;
        }
        return Math.sqrt(sum);
    }
}
