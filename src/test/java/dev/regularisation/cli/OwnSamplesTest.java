package dev.regularisation.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.regularisation.backend.Activation;
import dev.regularisation.backend.Precision;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.backend.cpu.CpuProvider;
import dev.regularisation.data.Table;
import dev.regularisation.data.TableProblem;
import dev.regularisation.files.SafeTensors;
import dev.regularisation.nn.Architecture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.random.TorchGenerator;
import dev.regularisation.results.Baselines;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import dev.regularisation.training.TrainingResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way of a table through the commands: trained on, kept as a model, predicted with, studied. */
final class OwnSamplesTest {

    private static final Path DIABETES = Path.of("src", "docs", "data", "diabetes.csv");
    private static final int TRAIN = 300;
    private static final TableProblem PROBLEM = new TableProblem(Table.read(DIABETES), "progression", TRAIN, true);

    @TempDir
    private Path folder;

    private static List<String> args(String text, Object... values) {
        return List.of(text.formatted(values).split(" "));
    }

    @Test
    @DisplayName("predict gives each row what the best model gave it in training, to the bit, in both precisions")
    void predictsAsTrained() throws IOException {
        TrainingPlan.Builder plan = TrainingPlan.builder().problem(PROBLEM).layers(10, 6, 5, 1).epochs(20).seed(3);
        check(plan.build(), Precision.FLOAT32, "");
        check(plan.set(Architecture.ACTIVATION, Activation.SILU).set(Architecture.NO_BIAS, true).build(), Precision.FLOAT64,
                " --activation silu --no-bias --precision float64");
    }

    private void check(TrainingPlan plan, Precision precision, String more) throws IOException {
        Path results = folder.resolve(precision.toString());
        TrainingResult trained = TrainingLoop.train(plan, new CpuProvider().create(precision));

        CommandRun train = CommandRun.of(args("train --data %s --target progression --standardise --train-size %d --layers 10,6,5,1 --epochs 20"
                + " --seed 3 --no-plots --save-model --save-parameters --out %s" + more, DIABETES, TRAIN, results));
        CommandRun predict = CommandRun.of(args("predict --model %s --data %s --out %s", results.resolve("model.safetensors"), DIABETES, results));

        assertThat(train.err() + predict.err()).isEmpty();
        int[] order = new TorchGenerator(3).permutation(442);
        double[] expected = new double[442];
        for (int i = 0; i < order.length; i++) {
            expected[order[i]] = i < TRAIN ? trained.best().trainPredictions()[i]
                    : trained.best().validationPredictions()[i - TRAIN];
        }
        assertThat(predictions(results)).isEqualTo(expected);
        assertThat(predict.out()).contains("predict: 442 rows; R2 ").contains(" against the column progression");
        assertPaths(SafeTensors.read(results.resolve("parameters.safetensors")), trained);
    }

    private static double[] predictions(Path results) throws IOException {
        return Files.readAllLines(results.resolve("predictions.csv")).stream().skip(1)
                .mapToDouble(line -> Double.parseDouble(line.split(",")[1])).toArray();
    }

    /** The first weights of each epoch stand one epoch after the other. */
    private static void assertPaths(SafeTensors paths, TrainingResult trained) {
        double[] weights = paths.tensors().get("0.weight").toArray();
        assertThat(paths.tensors().get("0.weight").shape()).containsExactly(21L, 6L, 10L);
        for (int epoch = 0; epoch <= 20; epoch++) {
            for (int i = 0; i < 60; i++) {
                assertThat(weights[epoch * 60 + i]).isEqualTo(trained.history().parameter(epoch, i));
            }
        }
    }

    @Test
    @DisplayName("columns are found by name in any order, none need be the target, and one that is missing is named")
    void columnsByName() throws IOException {
        CommandRun.of(args("train --data %s --target progression --train-size %d --epochs 2 --no-plots --save-model --out %s",
                DIABETES, TRAIN, folder));
        Path model = folder.resolve("model.safetensors");
        CommandRun.of(args("predict --model %s --data %s --out %s", model, DIABETES, folder));
        double[] expected = predictions(folder);

        Path turned = write("turned.csv", columns -> IntStream.range(0, 10).mapToObj(i -> columns[9 - i]));
        CommandRun run = CommandRun.of(args("predict --model %s --data %s --out %s", model, turned, folder));
        Path lacking = write("lacking.csv", columns -> Arrays.stream(columns).skip(1));
        CommandRun refused = CommandRun.of(args("predict --model %s --data %s --out %s", model, lacking, folder));

        assertThat(run.out()).startsWith("predict: 442 rows\n");
        assertThat(predictions(folder)).isEqualTo(expected);
        assertThat(Files.readAllLines(folder.resolve("predictions.csv"))).first().isEqualTo("line,prediction");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("lacking.csv: wanted a column \"age\"").hasLineCount(1);
    }

    private Path write(String name, Function<String[], Stream<String>> columns) throws IOException {
        return Files.write(folder.resolve(name), Files.readAllLines(DIABETES).stream()
                .map(line -> columns.apply(line.split(",")).collect(Collectors.joining(","))).toList());
    }

    @Test
    @DisplayName("a study of a table trains the post's methods on it, says on what it ran, and never mixes two tables")
    void study() throws IOException {
        String request = "study --data %s --target progression --standardise --methods linear,mlp --train-sizes 50 --seeds 1"
                + " --no-plots --out %s";
        CommandRun run = CommandRun.of(args(request, DIABETES, folder));
        Path moved = Files.copy(DIABETES, Files.createDirectory(folder.resolve("elsewhere")).resolve("diabetes.csv"));
        CommandRun again = CommandRun.of(args(request, moved, folder));
        Files.writeString(moved, Files.readString(moved).replaceFirst("59,2,", "58,2,"));
        CommandRun other = CommandRun.of(args(request, moved, folder));
        CommandRun drawn = CommandRun.of(args("study --methods linear --seeds 1 --no-plots --out %s", folder));

        assertThat(run.err()).isEmpty();
        TrainingPlan plan = PostExperiment.MLP.plan(PROBLEM, 1, 50);
        assertThat(plan.layers()).containsExactly(10, 25, 25, 1);
        assertThat(Files.readString(folder.resolve("study.csv"))).contains("\nlinear,50,", "\nmlp,50,0.0,,1,",
                TrainingLoop.train(plan, new CpuBackend()).history().sha256());
        assertThat(Files.readString(folder.resolve("study.csv"))).contains(
                "," + Baselines.of(plan, PROBLEM.withTrainSize(50).draw(1)).leastSquares().fit().orElseThrow().validationLoss() + ",,,");
        JsonNode samples = new ObjectMapper().readTree(folder.resolve("study.json").toFile());
        assertThat(samples.at("/data").textValue()).isEqualTo("diabetes.csv");
        assertThat(samples.at("/data_sha256").textValue()).isEqualTo(PROBLEM.table().sha256());
        assertThat(again.out()).contains("study: 2 runs, 2 of them done before");
        for (CommandRun refused : List.of(other, drawn)) {
            assertThat(refused.code()).isEqualTo(2);
            assertThat(refused.err()).contains("study.csv: wanted rows of runs on ", "; name another folder").hasLineCount(1);
        }
    }
}
