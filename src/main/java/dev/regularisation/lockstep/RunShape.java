package dev.regularisation.lockstep;

import dev.regularisation.backend.Activation;
import dev.regularisation.backend.Precision;
import dev.regularisation.backend.opencl.OpenClDevice;
import dev.regularisation.nn.MeanSquaredError;
import dev.regularisation.optim.OptimiserPlan;
import dev.regularisation.penalty.L1;
import dev.regularisation.penalty.L2;
import dev.regularisation.penalty.Scope;
import dev.regularisation.random.Streams;
import dev.regularisation.training.TrainingPlan;
import java.util.List;
import java.util.Optional;

/**
 * What runs that are trained together have in common.
 *
 * @param layers    sizes of the network: features and 1, or two hidden layers between them
 * @param trainSize training samples
 * @param epochs    of each run
 * @param streams   from which they draw, so that runs of one seed share samples and masks
 */
record RunShape(List<Integer> layers, int trainSize, int epochs, Streams streams) {

    private static final int LINEAR = 2;
    private static final int TWO_HIDDEN = 4;

    static RunShape of(TrainingPlan plan) {
        return new RunShape(plan.layers(), plan.problem().trainSize(), plan.epochs(), plan.streams());
    }

    int features() {
        return layers.get(0);
    }

    int parameters() {
        int count = 0;
        for (int i = 1; i < layers.size(); i++) {
            count += (layers.get(i - 1) + 1) * layers.get(i);
        }
        return count;
    }

    /** Units of a hidden layer, 1 or 2; 0 in a linear model. */
    int hidden(int layer) {
        return layers.size() == LINEAR ? 0 : layers.get(layer);
    }

    /** Numbers that a batch leaves for each sample: outputs and gradients of hidden units, gradient of the prediction. */
    int scratch() {
        return 2 * (hidden(1) + hidden(2)) + 1;
    }

    int maskWords() {
        return RunStream.maskWords(layers);
    }

    /** Why the kernels cannot train a plan on a device, in words that end a sentence; nothing if they can. */
    static Optional<String> obstacle(TrainingPlan plan, OpenClDevice device, Precision precision) {
        List<Integer> layers = plan.layers();
        if (layers.size() != LINEAR && layers.size() != TWO_HIDDEN) {
            return Optional.of("layers " + layers + ", and not two hidden ones or none");
        }
        if (layers.size() > LINEAR && plan.architecture().activation() != Activation.RELU) {
            return Optional.of("the activation " + plan.architecture().activation().id());
        }
        if (!plan.architecture().bias()) {
            return Optional.of("no bias");
        }
        if (!(plan.loss() instanceof MeanSquaredError)) {
            return Optional.of("another loss than mse");
        }
        if (plan.get(OptimiserPlan.RULE) != OptimiserPlan.UpdateRule.ADAM) {
            return Optional.of("the optimiser " + plan.get(OptimiserPlan.RULE).id());
        }
        // By what is known, so that one that comes later is not left out in silence.
        if (!plan.regularisers().stream().allMatch(on -> on.scope() == Scope.ALL && (on instanceof L1 || on instanceof L2))) {
            return Optional.of("a penalty other than l1 and l2 on all parameters");
        }
        if (plan.get(TrainingPlan.PATIENCE) != null) {
            return Optional.of("patience");
        }
        if (!device.hasBinary64()) {
            return Optional.of("losses, which are added up in float64, on a device without it");
        }
        long weights = (long) of(plan).parameters() * precision.bytes();
        if (weights > device.localMemory()) {
            return Optional.of("networks of " + weights + " bytes, of which a work-group holds " + device.localMemory());
        }
        return Optional.empty();
    }
}
