package dev.regularisation.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.regularisation.backend.Activation;
import dev.regularisation.backend.Precision;
import dev.regularisation.data.Scaling;
import dev.regularisation.data.TableData;
import dev.regularisation.data.TableProblem;
import dev.regularisation.files.SafeTensors;
import dev.regularisation.nn.Architecture;
import dev.regularisation.setting.Excerpt;
import dev.regularisation.training.TrainingResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A trained network and what it takes to use it on new rows, in one file.
 *
 * <p>The file holds {@link SafeTensors}: the parameters by PyTorch's names, as {@code load_state_dict} wants them, and all
 * else in its metadata, where a list is JSON. A value x of feature j enters the network as (x − meansⱼ) / deviationsⱼ.
 *
 * @param layers     sizes of the network, inputs first
 * @param activation name of the activation between layers, such as {@code relu}
 * @param bias       whether layers have biases
 * @param features   names of the inputs' columns; empty for generated data
 * @param target     name of the label's column; empty for generated data
 * @param means      what is subtracted from each feature; empty where features are not scaled
 * @param deviations by what each is then divided, all positive; empty where features are not scaled
 * @param precision  of the parameters, and of the backend that trained
 * @param parameters for each layer its weights, row-major, outputs × inputs, then its biases; a copy
 */
public record TrainedModel(
        List<Integer> layers, String activation, boolean bias, List<String> features, String target, List<Double> means,
        List<Double> deviations, Precision precision, double[] parameters) {

    private static final String FORMAT = "regularisation-model";
    private static final String VERSION = "1";
    private static final String REMEDY = "; name a file that train --save-model wrote";

    // Java's own Double.toString wrote more digits than needed before Java 19: the bytes would depend on the JDK.
    private static final ObjectMapper JSON = JsonMapper.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    public TrainedModel {
        layers = List.copyOf(layers);
        features = List.copyOf(features);
        means = List.copyOf(means);
        deviations = List.copyOf(deviations);
        parameters = parameters.clone();
        int count = StateDict.count(StateDict.parts(layers, bias));
        activation(activation);
        if (layers.get(layers.size() - 1) != 1) {
            throw new IllegalArgumentException("layers: wanted 1 output, got " + layers);
        }
        requireNoneOr(layers.get(0), "feature names", features);
        requireNoneOr(layers.get(0), "means", means);
        requireNoneOr(layers.get(0), "deviations", deviations);
        if (features.isEmpty() != target.isEmpty() || means.isEmpty() != deviations.isEmpty()) {
            throw new IllegalArgumentException("model: wanted feature names with a target, and means with deviations, got "
                    + features.size() + " features, target " + Excerpt.of(target) + ", " + means.size() + " means, "
                    + deviations.size() + " deviations");
        }
        for (double mean : means) {
            if (!Double.isFinite(mean)) {
                throw new IllegalArgumentException("means: wanted finite numbers, got " + mean);
            }
        }
        for (double deviation : deviations) {
            if (!(deviation > 0 && deviation < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("deviations: wanted positive finite numbers, got " + deviation);
            }
        }
        if (parameters.length != count) {
            throw new IllegalArgumentException("parameters: wanted " + count + " for layers " + layers
                    + (bias ? " with" : " without") + " biases, got " + parameters.length);
        }
        for (double parameter : parameters) {
            // compare: NaN is what a run that diverged ends with, and is kept.
            if (Double.compare(precision.round(parameter), parameter) != 0) {
                throw new IllegalArgumentException("parameters: wanted numbers of " + precision + ", got " + parameter);
            }
        }
    }

    private static void requireNoneOr(int inputs, String what, List<?> list) {
        if (!list.isEmpty() && list.size() != inputs) {
            throw new IllegalArgumentException(what + ": wanted " + inputs + ", one for each input, or none, got "
                    + list.size());
        }
    }

    /**
     * The best model of a run, with the columns and the scaling of its samples where they came from a table.
     *
     * @param precision in which the run was computed
     */
    public static TrainedModel of(TrainingResult result, Precision precision) {
        Architecture network = result.plan().architecture();
        double[] parameters = result.best().parameters();
        if (!(result.data() instanceof TableData table)) {
            return new TrainedModel(network.sizes(), network.activation().id(), network.bias(), List.of(), "", List.of(),
                    List.of(), precision, parameters);
        }
        boolean scaled = result.plan().settings().get(TableProblem.STANDARDISE);
        return new TrainedModel(network.sizes(), network.activation().id(), network.bias(), table.featureNames(),
                table.target(), scaled ? boxed(table.scaling().mean()) : List.of(),
                scaled ? boxed(table.scaling().deviation()) : List.of(), precision, parameters);
    }

    private static List<Double> boxed(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    /** The network, but for its parameters. */
    public Architecture architecture() {
        return new Architecture(layers, activation(activation), bias);
    }

    private static Activation activation(String name) {
        try {
            return Architecture.ACTIVATION.read(name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("activation: " + e.getMessage(), e);
        }
    }

    /** What turns the numbers of a table into inputs. */
    public Scaling scaling() {
        return means.isEmpty() ? Scaling.none(layers.get(0)) : new Scaling(
                means.stream().mapToDouble(m -> m).toArray(), deviations.stream().mapToDouble(d -> d).toArray());
    }

    @Override
    public double[] parameters() {
        return parameters.clone();
    }

    /** The model as a file holds it; {@code toSafeTensors()::writeTo} is the content of one. */
    public SafeTensors toSafeTensors() {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("format", FORMAT);
        metadata.put("version", VERSION);
        metadata.put("layers", json(layers));
        metadata.put("activation", activation);
        metadata.put("bias", Boolean.toString(bias));
        metadata.put("features", json(features));
        metadata.put("target", target);
        metadata.put("means", json(means));
        metadata.put("deviations", json(deviations));
        Map<String, SafeTensors.Tensor> tensors = new LinkedHashMap<>();
        for (StateDict.Part part : StateDict.parts(layers, bias)) {
            tensors.put(part.name(),
                    new SafeTensors.Tensor(precision, part.shape(), i -> parameters[part.offset() + (int) i]));
        }
        return new SafeTensors(metadata, tensors);
    }

    private static String json(List<?> list) {
        try {
            return JSON.writeValueAsString(list);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("lists of text and numbers are JSON", e);
        }
    }

    /**
     * Reads a model.
     *
     * @throws IOException              when the file cannot be read, naming it and the reason
     * @throws IllegalArgumentException when it holds no model, or one that contradicts itself; one line, which names it
     */
    public static TrainedModel read(Path file) throws IOException {
        SafeTensors content = SafeTensors.read(file);
        try {
            return of(content);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage() + REMEDY, e);
        }
    }

    private static TrainedModel of(SafeTensors file) {
        requireText(file, "format", FORMAT);
        requireText(file, "version", VERSION);
        List<Integer> layers = list(file, "layers", JsonNode::isInt, JsonNode::intValue);
        String bias = text(file, "bias");
        if (!bias.equals("true") && !bias.equals("false")) {
            throw new IllegalArgumentException("wanted bias true or false, got " + Excerpt.of(bias));
        }
        List<StateDict.Part> parts = StateDict.parts(layers, Boolean.parseBoolean(bias));
        Precision precision = precision(file, parts);
        double[] parameters = new double[StateDict.count(parts)];
        for (StateDict.Part part : parts) {
            System.arraycopy(file.tensors().get(part.name()).toArray(), 0, parameters, part.offset(), part.size());
        }
        return new TrainedModel(layers, text(file, "activation"), Boolean.parseBoolean(bias),
                list(file, "features", JsonNode::isTextual, JsonNode::textValue), text(file, "target"),
                list(file, "means", JsonNode::isNumber, JsonNode::doubleValue),
                list(file, "deviations", JsonNode::isNumber, JsonNode::doubleValue), precision, parameters);
    }

    /** The one precision of all tensors, which are those of {@code parts} and no others. */
    private static Precision precision(SafeTensors file, List<StateDict.Part> parts) {
        Precision first = null;
        for (StateDict.Part part : parts) {
            SafeTensors.Tensor tensor = file.tensors().get(part.name());
            if (tensor == null) {
                throw new IllegalArgumentException("wanted tensor " + part.name() + " of shape " + part.shape() + ", got none");
            }
            first = first == null ? tensor.precision() : first;
            if (!tensor.shape().equals(part.shape()) || tensor.precision() != first) {
                throw new IllegalArgumentException("wanted tensor " + part.name() + " of shape " + part.shape() + " in " + first
                        + ", got " + tensor.shape() + " in " + tensor.precision());
            }
        }
        Set<String> others = new LinkedHashSet<>(file.tensors().keySet());
        parts.forEach(part -> others.remove(part.name()));
        if (!others.isEmpty()) {
            throw new IllegalArgumentException("wanted no tensors but those of its layers, got "
                    + Excerpt.of(others.iterator().next()));
        }
        return first;
    }

    private static void requireText(SafeTensors file, String key, String wanted) {
        String text = text(file, key);
        if (!text.equals(wanted)) {
            throw new IllegalArgumentException("wanted " + key + " " + wanted + ", got " + Excerpt.of(text));
        }
    }

    private static String text(SafeTensors file, String key) {
        String text = file.metadata().get(key);
        if (text == null) {
            throw new IllegalArgumentException("wanted " + key + " in the metadata, got none");
        }
        return text;
    }

    private static <T> List<T> list(
            SafeTensors file, String key, Predicate<JsonNode> valid, Function<JsonNode, T> value) {
        String text = text(file, key);
        List<T> result = new ArrayList<>();
        try {
            JsonNode list = JSON.readTree(text);
            for (JsonNode element : list) {
                result.add(valid.test(element) ? value.apply(element) : null);
            }
            if (list.isArray() && !result.contains(null)) {
                return result;
            }
        } catch (JsonProcessingException e) {
            // The refusal below is the same for what is no JSON and for what is another list.
        }
        throw new IllegalArgumentException("wanted " + key + " as a list in JSON, got " + Excerpt.of(text));
    }
}
