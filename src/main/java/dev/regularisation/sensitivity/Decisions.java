package dev.regularisation.sensitivity;

import dev.regularisation.backend.Activation;
import dev.regularisation.nn.Architecture;
import dev.regularisation.nn.MeanAbsoluteError;
import dev.regularisation.penalty.ActivationL1;
import dev.regularisation.penalty.Regularisers;
import dev.regularisation.penalty.Scope;
import dev.regularisation.sensitivity.Cause.AtParameter;
import dev.regularisation.sensitivity.Cause.AtSample;
import dev.regularisation.sensitivity.Cause.Kind;
import dev.regularisation.training.StepwiseRun;
import dev.regularisation.training.TrainingPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What two runs of one plan decide differently in a step: where their gradients jump, and whether a division magnifies. */
final class Decisions {

    /** A root is tiny where it is less than this share of the median root. */
    private static final double TINY = 0.01;

    private final TrainingPlan plan;
    private final Architecture network;
    private final StepwiseRun one;
    private final StepwiseRun other;
    private final boolean rectifies;
    private final double[][] hidden;
    private final double[][] hiddenOfOther;
    private final List<Cause> causes = new ArrayList<>();
    private long count;

    Decisions(StepwiseRun one, StepwiseRun other) {
        this.plan = one.plan();
        this.network = plan.architecture();
        this.one = one;
        this.other = other;
        rectifies = network.activation() == Activation.RELU || network.activation() == Activation.LEAKY_RELU;
        hidden = hidden();
        hiddenOfOther = hidden();
    }

    private double[][] hidden() {
        double[][] values = new double[network.layers() - 1][];
        for (int layer = 0; layer < values.length; layer++) {
            values[layer] = new double[Math.multiplyExact(network.sizes().get(layer + 1), plan.batchSize())];
        }
        return values;
    }

    /** Those that were found last; of very many, some. */
    List<Cause> causes() {
        return List.copyOf(causes);
    }

    /** How many were found last. */
    long count() {
        return count;
    }

    /**
     * Finds those of the step that is next, whose gradients both runs have.
     *
     * @param parameters        of the one, not modified
     * @param parametersOfOther of the other, not modified
     */
    void find(double[] parameters, double[] parametersOfOther) {
        causes.clear();
        count = 0;
        boolean activationSigns = plan.get(ActivationL1.STRENGTH) != 0 && network.activation() != Activation.RELU;
        for (int layer = 0; layer < hidden.length; layer++) {
            one.hidden(layer, hidden[layer]);
            other.hidden(layer, hiddenOfOther[layer]);
            if (rectifies) {
                rectifiers(layer);
            }
            if (activationSigns) {
                activations(layer);
            }
        }
        if (plan.l1() != 0) {
            signs(parameters, parametersOfOther);
        }
        if (plan.loss() instanceof MeanAbsoluteError) {
            errors();
        }
    }

    private void rectifiers(int layer) {
        double[] values = hidden[layer];
        double[] others = hiddenOfOther[layer];
        double[] inputs = null;
        double[] inputsOfOther = null;
        for (int i = 0; i < values.length; i++) {
            if (values[i] > 0 == others[i] > 0) {
                continue;
            }
            if (inputs == null) {
                inputs = one.preActivation(layer);
                inputsOfOther = other.preActivation(layer);
            }
            differs(Kind.RECTIFIER, atSample(layer, i), inputs[i], inputsOfOther[i]);
        }
    }

    private void activations(int layer) {
        for (int i = 0; i < hidden[layer].length; i++) {
            if (areOfOtherSigns(hidden[layer][i], hiddenOfOther[layer][i])) {
                differs(Kind.ACTIVATION_SIGN, atSample(layer, i), hidden[layer][i], hiddenOfOther[layer][i]);
            }
        }
    }

    private void signs(double[] parameters, double[] parametersOfOther) {
        boolean biases = plan.get(Regularisers.SCOPE) == Scope.ALL;
        for (int i = 0; i < parameters.length; i++) {
            if (areOfOtherSigns(parameters[i], parametersOfOther[i])) {
                AtParameter where = atParameter(i);
                if (biases || where.input().isPresent()) {
                    differs(Kind.PARAMETER_SIGN, where, parameters[i], parametersOfOther[i]);
                }
            }
        }
    }

    private void errors() {
        double[] errors = one.errors();
        double[] errorsOfOther = other.errors();
        for (int s = 0; s < errors.length; s++) {
            if (areOfOtherSigns(errors[s], errorsOfOther[s])) {
                differs(Kind.ERROR_SIGN, atSample(network.layers() - 1, s), errors[s], errorsOfOther[s]);
            }
        }
    }

    private void differs(Kind kind, Cause.Where where, double value, double valueOfOther) {
        count++;
        // A bound on memory, where runs that have parted differ in everything.
        if (causes.size() < network.parameterCount()) {
            causes.add(new Cause(kind, where, value, valueOfOther));
        }
    }

    private static boolean areOfOtherSigns(double a, double b) {
        return Math.signum(a) != Math.signum(b) && !(Double.isNaN(a) && Double.isNaN(b));
    }

    private AtSample atSample(int layer, int element) {
        return new AtSample(layer + 1, element / plan.batchSize(), one.sample(element % plan.batchSize()));
    }

    /** Where a parameter is. */
    AtParameter atParameter(int index) {
        int within = index;
        int layer = 0;
        while (within >= network.parameterCount(layer)) {
            within -= network.parameterCount(layer);
            layer++;
        }
        int inputs = network.sizes().get(layer);
        int weights = inputs * network.sizes().get(layer + 1);
        return within < weights ? new AtParameter(layer + 1, within / inputs, OptionalInt.of(within % inputs))
                : new AtParameter(layer + 1, within - weights, OptionalInt.empty());
    }

    /** The root of a parameter's second moment after a step of Adam, where it is tiny in either run. */
    Optional<Cause> tinyRoot(int parameter) {
        return one.secondMoment().flatMap(moment -> {
            double[] sorted = moment.clone();
            Arrays.sort(sorted);
            double root = Math.sqrt(moment[parameter]);
            double rootOfOther = Math.sqrt(other.secondMoment().orElseThrow()[parameter]);
            return Math.min(root, rootOfOther) < TINY * Math.sqrt(sorted[sorted.length / 2])
                    ? Optional.of(new Cause(Kind.TINY_ROOT, atParameter(parameter), root, rootOfOther)) : Optional.empty();
        });
    }
}
