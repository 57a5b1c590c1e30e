package dev.regularisation.training;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Precision;
import dev.regularisation.nn.Mlp;
import dev.regularisation.random.TorchGenerator;

/** The parameters with which a plan begins: PyTorch's at its seed, or those of a neighbour. */
public final class InitialParameters {

    private InitialParameters() {
    }

    /**
     * Gives a network the initial parameters of a plan.
     *
     * <p>Of neighbour k ≥ 1, each stays, or is moved up or down by one unit in the last place, with equal probabilities and
     * independently: what is moved how depends on k alone. That is what rounding at the first step does to a run, and two programs
     * that sum in different orders cannot be expected to agree better than neighbours do.
     *
     * @param network of the plan's architecture; its parameters are overwritten
     */
    public static void write(TrainingPlan plan, Backend backend, Mlp network) {
        network.initialise(plan.generator());
        int neighbour = plan.get(TrainingPlan.NEIGHBOUR);
        if (neighbour != 0) {
            backend.write(moved(backend.read(network.parameters()), neighbour, backend.precision()), network.parameters());
        }
    }

    /** The initial parameters of a neighbour; a copy. */
    static double[] moved(double[] parameters, int neighbour, Precision precision) {
        TorchGenerator generator = new TorchGenerator(neighbour);
        double[] copy = parameters.clone();
        for (int i = 0; i < copy.length; i++) {
            // 2³² is no multiple of 3: one of the steps is likelier by 2⁻³².
            int step = Integer.remainderUnsigned(generator.nextInt(), 3) - 1;
            copy[i] = step == 0 ? copy[i] : next(copy[i], step, precision);
        }
        return copy;
    }

    /** The next number of the format, up or down. */
    static double next(double value, int step, Precision precision) {
        double direction = step > 0 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
        return precision == Precision.FLOAT32 ? StrictMath.nextAfter((float) value, direction) : StrictMath.nextAfter(value, direction);
    }
}
