package dev.regularisation.spec.rules;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.optim.Optimiser;
import dev.regularisation.optim.OptimiserPlan;
import dev.regularisation.penalty.Penalty;
import java.util.List;
import java.util.stream.IntStream;

/** Parameters that the data do not touch: what an optimiser does to them when the data's gradient is zero. */
public final class FreeParameters {

    private FreeParameters() {
    }

    /**
     * The path of one parameter, {@code steps + 1} values.
     *
     * @param penalties what is added to the gradient by hand
     */
    public static double[] path(OptimiserPlan plan, double start, int steps, Penalty... penalties) {
        Backend backend = new CpuBackend();
        Tensor theta = backend.tensor(1, 1, new double[] {start});
        Tensor gradient = backend.zeros(1, 1);
        Optimiser optimiser = plan.create(backend, 1);
        double[] path = new double[steps + 1];
        path[0] = backend.read(theta)[0];
        for (int t = 1; t <= steps; t++) {
            backend.write(new double[1], gradient);
            List.of(penalties).forEach(penalty -> penalty.addGradient(backend, theta, gradient));
            optimiser.step(theta, gradient);
            path[t] = backend.read(theta)[0];
        }
        return path;
    }

    /** The first step after which |θ| is at most that share of its start, or −1. */
    public static int firstBelow(double[] path, double share) {
        return IntStream.range(0, path.length).filter(t -> Math.abs(path[t]) <= share * Math.abs(path[0]))
                .findFirst().orElse(-1);
    }
}
