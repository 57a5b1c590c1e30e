package dev.regularisation.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.backend.Activation;
import dev.regularisation.backend.Precision;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.data.Scaling;
import dev.regularisation.data.Table;
import dev.regularisation.data.TableData;
import dev.regularisation.data.TableProblem;
import dev.regularisation.files.AtomicFiles;
import dev.regularisation.files.SafeTensors;
import dev.regularisation.files.SafeTensors.Tensor;
import dev.regularisation.nn.Architecture;
import dev.regularisation.training.ProgressListener;
import dev.regularisation.training.Recording;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import dev.regularisation.training.TrainingResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models and parameter paths on disk. */
class TrainedModelTest {

    private static final List<Integer> LAYERS = List.of(2, 3, 1);
    private static final TrainedModel TABLE = new TrainedModel(LAYERS, "relu", true, List.of("size, m²", "\"age\""), "price",
            List.of(2.0E-3, -1e300), List.of(2e23, 4.9e-324), Precision.FLOAT64,
            IntStream.range(0, 13).mapToDouble(i -> i == 12 ? Double.NaN : 1.0 / (i + 3)).toArray());

    @TempDir
    private Path folder;

    private TrainedModel readAgain(TrainedModel model) throws IOException {
        return read(model.toSafeTensors());
    }

    private TrainedModel read(SafeTensors content) throws IOException {
        Path file = folder.resolve("model.safetensors");
        AtomicFiles.write(file, content::writeTo);
        return TrainedModel.read(file);
    }

    @Test
    @DisplayName("a model that is written and read again is the same, to the last bit of every number")
    void roundTrip() throws IOException {
        TrainedModel generated = new TrainedModel(List.of(2, 1), "tanh", false, List.of(), "", List.of(), List.of(),
                Precision.FLOAT32, new double[] {0.1f, -0.0});

        for (TrainedModel model : List.of(TABLE, generated)) {
            assertThat(readAgain(model)).usingRecursiveComparison()
                    .withComparatorForType(Double::compare, Double.class).isEqualTo(model);
        }
    }

    @Test
    @DisplayName("the model of a run is its best one, with the columns and the scaling of its table")
    void ofARun() {
        Table diabetes = Table.read(Path.of("src/docs/data/diabetes.csv"));
        for (boolean standardised : new boolean[] {true, false}) {
            TrainingResult run = TrainingLoop.train(TrainingPlan.builder().epochs(2).layers(10, 1)
                    .problem(new TableProblem(diabetes, "progression", 30, standardised)).build(), new CpuBackend());
            TrainedModel model = TrainedModel.of(run, Precision.FLOAT32);
            Scaling scaling = ((TableData) run.data()).scaling();

            assertThat(model.layers()).isEqualTo(model.architecture().sizes()).containsExactly(10, 1);
            assertThat(model.activation()).isEqualTo(model.architecture().activation().id()).isEqualTo("relu");
            assertThat(model.bias()).isTrue();
            assertThat(model.features()).hasSize(10).doesNotContain("progression");
            assertThat(model.target()).isEqualTo("progression");
            assertThat(model.precision()).isEqualTo(Precision.FLOAT32);
            assertThat(model.parameters()).isEqualTo(run.best().parameters());
            assertThat(model.means()).hasSize(standardised ? 10 : 0);
            assertThat(model.deviations()).hasSize(standardised ? 10 : 0);
            assertThat(model.scaling().mean()).isEqualTo(scaling.mean());
            assertThat(model.scaling().deviation()).isEqualTo(scaling.deviation());
        }
        TrainingResult drawn = TrainingLoop.train(TrainingPlan.builder().problem(new LinearProblem(2, 5, 4, 0.2)).epochs(1)
                .set(Architecture.NO_BIAS, true).set(Architecture.ACTIVATION, Activation.TANH).build(), new CpuBackend());
        TrainedModel model = TrainedModel.of(drawn, Precision.FLOAT32);

        assertThat(model.bias()).isFalse();
        assertThat(model.architecture()).isEqualTo(drawn.plan().architecture());
        assertThat(model.features()).isEmpty();
        assertThat(model.scaling().mean()).containsOnly(0);
    }

    @Test
    @DisplayName("tensors have the names and shapes of PyTorch's state_dict; all else is text in the metadata")
    void asPyTorchNamesThem() {
        SafeTensors file = TABLE.toSafeTensors();

        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        file.tensors().forEach((name, tensor) -> shapes.put(name, tensor.shape()));
        assertThat(shapes).isEqualTo(Map.of("0.weight", List.of(3L, 2L), "0.bias", List.of(3L), "3.weight", List.of(1L, 3L),
                "3.bias", List.of(1L)));
        assertThat(file.tensors().get("0.bias").toArray()).containsExactly(1.0 / 9, 1.0 / 10, 1.0 / 11);
        assertThat(file.metadata().toString()).isEqualTo("{format=regularisation-model, version=1, layers=[2,3,1], "
                + "activation=relu, bias=true, features=[\"size, m²\",\"\\\"age\\\"\"], target=price, means=[0.002,-1.0E300], "
                + "deviations=[2.0E23,4.9E-324]}");
    }

    @Test
    @DisplayName("a file that holds no model, or one that contradicts itself, is refused in one line")
    void refusals() {
        Map<String, Map<String, String>> metadata = new LinkedHashMap<>();
        metadata.put("wanted format regularisation-model, got \"pt\"", Map.of("format", "pt"));
        metadata.put("wanted version 1, got \"2\"", Map.of("version", "2"));
        metadata.put("wanted bias true or false, got \"yes\"", Map.of("bias", "yes"));
        metadata.put("wanted layers as a list in JSON, got \"2,3,1\"", Map.of("layers", "2,3,1"));
        metadata.put("wanted layers as a list in JSON, got \"[2,3.5,1]\"", Map.of("layers", "[2,3.5,1]"));
        metadata.put("layers: wanted at least two positive sizes", Map.of("layers", "[]"));
        metadata.put("layers: wanted at most 2147483639 weights and biases", Map.of("layers", "[65536,65536,1]"));
        metadata.put("wanted tensor 0.weight of shape [1, 2] in FLOAT64, got [3, 2]", Map.of("layers", "[2,1]"));
        metadata.put("wanted tensor 6.weight of shape [1, 1], got none", Map.of("layers", "[2,3,1,1]"));
        metadata.put("wanted no tensors but those of its layers, got \"0.bias\"", Map.of("bias", "false"));
        metadata.put("wanted features as a list in JSON, got \"[1,2]\"", Map.of("features", "[1,2]"));
        metadata.put("feature names: wanted 2, one for each input, or none, got 1", Map.of("features", "[\"a\"]"));
        metadata.put("model: wanted feature names with a target, and means with deviations, got 2 features, target \"\"",
                Map.of("target", ""));
        metadata.put("model: wanted feature names with a target, and means with", Map.of("means", "[]"));
        metadata.put("means: wanted 2, one for each input, or none, got 1", Map.of("means", "[1]"));
        metadata.put("deviations: wanted 2, one for each input, or none, got 1", Map.of("deviations", "[1]"));
        metadata.put("means: wanted finite numbers, got Infinity", Map.of("means", "[1e999,0]"));
        metadata.put("deviations: wanted positive finite numbers, got 0.0", Map.of("deviations", "[1,0]"));
        metadata.put("deviations: wanted positive finite numbers, got Infinity", Map.of("deviations", "[1,1e999]"));
        metadata.put("activation: wanted one of relu, leaky-relu", Map.of("activation", " "));
        metadata.forEach((message, changed) -> assertRefused(message, changed, Map.of()));

        assertThat(StateDict.count(StateDict.parts(List.of(2147483639, 1), false))).isEqualTo(2147483639);
        assertRefused("wanted tensor 3.bias of shape [1] in FLOAT64, got [1] in FLOAT32", Map.of(),
                Map.of("3.bias", Tensor.of(Precision.FLOAT32, List.of(1L), 0)));
        assertThatThrownBy(() -> read(new SafeTensors(Map.of(), TABLE.toSafeTensors().tensors())))
                .hasMessageContaining("wanted format in the metadata, got none");
        assertThatThrownBy(() -> new TrainedModel(LAYERS, "relu", true, List.of(), "", List.of(), List.of(), Precision.FLOAT32,
                TABLE.parameters())).hasMessage("parameters: wanted numbers of FLOAT32, got 0.3333333333333333");
        assertThatThrownBy(() -> new TrainedModel(LAYERS, "relu", false, List.of(), "", List.of(), List.of(), Precision.FLOAT32,
                TABLE.parameters())).hasMessage("parameters: wanted 9 for layers [2, 3, 1] without biases, got 13");
    }

    private void assertRefused(String message, Map<String, String> metadata, Map<String, Tensor> tensors) {
        SafeTensors whole = TABLE.toSafeTensors();
        Map<String, String> changedMetadata = new LinkedHashMap<>(whole.metadata());
        changedMetadata.putAll(metadata);
        Map<String, Tensor> changedTensors = new LinkedHashMap<>(whole.tensors());
        changedTensors.putAll(tensors);

        assertThatThrownBy(() -> read(new SafeTensors(changedMetadata, changedTensors))).as(message)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(folder.resolve("model.safetensors") + ": " + message)
                .hasMessageEndingWith("; name a file that train --save-model wrote").message().hasLineCount(1);
    }

    @Test
    @DisplayName("parameter paths: epoch e of every tensor is the network after epoch e, beside its losses")
    void parameterPaths() throws IOException {
        TrainingPlan plan = TrainingPlan.builder().problem(new LinearProblem(5, 20, 50, 0.2)).layers(5, 4, 3, 1)
                .epochs(10).build();
        TrainingResult result = TrainingLoop.train(plan, new CpuBackend(), Recording.PARAMETERS, ProgressListener.NONE);
        Path file = folder.resolve("paths.safetensors");

        AtomicFiles.write(file, ParameterPathsFile.of(result.history(), plan.layers(), true)::writeTo);
        Map<String, Tensor> paths = SafeTensors.read(file).tensors();

        assertThat(paths.get("train_loss").toArray()).isEqualTo(result.history().trainLosses());
        assertThat(paths.get("validation_loss").toArray()).isEqualTo(result.history().validationLosses());
        List<Double> last = new ArrayList<>();
        for (String name : List.of("0.weight", "0.bias", "3.weight", "3.bias", "6.weight", "6.bias")) {
            Tensor path = paths.get(name);
            assertThat(path.precision()).isEqualTo(Precision.FLOAT32);
            assertThat(path.shape()).startsWith(11L);
            for (long i = path.size() / 11 * 10; i < path.size(); i++) {
                last.add(path.values().applyAsDouble(i));
            }
        }
        assertThat(last.stream().mapToDouble(Double::doubleValue).toArray()).isEqualTo(result.last().parameters());
        assertThat(paths.get("3.weight").shape()).containsExactly(11L, 3L, 4L);
        assertThat(paths.get("3.weight").values().applyAsDouble(11)).isEqualTo(result.history().parameter(0, 24 + 11));
        assertThatThrownBy(() -> ParameterPathsFile.of(result.history(), plan.layers(), false)).hasMessage("parameter paths: "
                + "wanted a history of 35 parameters for layers [5, 4, 3, 1] without biases, got 43");
    }
}
