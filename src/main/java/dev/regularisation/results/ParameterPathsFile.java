package dev.regularisation.results;

import dev.regularisation.backend.Precision;
import dev.regularisation.files.SafeTensors;
import dev.regularisation.training.History;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The path of every parameter over the epochs, and the losses, as a file of {@link SafeTensors}.
 *
 * <p>A tensor for each of PyTorch's names, with the epoch as its first axis: {@code 0.weight}, (epochs + 1) × outputs × inputs,
 * and {@code 0.bias}, (epochs + 1) × outputs, in the precision of the run; {@code train_loss} and {@code validation_loss},
 * epochs + 1, in float64. Index e of that axis is the network, and its losses, after epoch e; 0 is the initial model.
 */
public final class ParameterPathsFile {

    private ParameterPathsFile() {
    }

    /**
     * The file of a run; values are taken from {@code history} as they are written.
     *
     * @param history with recorded parameters
     * @param layers  sizes of the network that was trained, inputs first
     * @param bias    whether its layers have biases
     */
    public static SafeTensors of(History history, List<Integer> layers, boolean bias) {
        List<StateDict.Part> parts = StateDict.parts(layers, bias);
        int count = StateDict.count(parts);
        if (history.parameterCount() != count) {
            throw new IllegalArgumentException("parameter paths: wanted a history of " + count
                    + " parameters for layers " + layers + (bias ? " with" : " without") + " biases, got "
                    + history.parameterCount());
        }
        long epochs = history.epochs() + 1L;
        Map<String, SafeTensors.Tensor> tensors = new LinkedHashMap<>();
        tensors.put("train_loss", new SafeTensors.Tensor(
                Precision.FLOAT64, List.of(epochs), epoch -> history.trainLoss((int) epoch)));
        tensors.put("validation_loss", new SafeTensors.Tensor(
                Precision.FLOAT64, List.of(epochs), epoch -> history.validationLoss((int) epoch)));
        for (StateDict.Part part : parts) {
            List<Long> shape = new ArrayList<>(part.shape());
            shape.add(0, epochs);
            tensors.put(part.name(), new SafeTensors.Tensor(history.precision(), shape,
                    i -> history.parameter((int) (i / part.size()), part.offset() + (int) (i % part.size()))));
        }
        return new SafeTensors(Map.of("format", "regularisation-parameter-paths"), tensors);
    }
}
