package dev.regularisation.results;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.data.Problem;
import dev.regularisation.data.Table;
import dev.regularisation.data.TableProblem;
import dev.regularisation.theory.LinearRegression;
import dev.regularisation.training.History;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import dev.regularisation.training.TrainingResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every figure of a run reads back from its files. */
final class ResultFolderTest {

    @TempDir
    private Path folder;

    private static TrainingResult run(Problem problem, double rate) {
        return TrainingLoop.train(TrainingPlan.builder().problem(problem).layers(problem.features(), 2, 2, 1).epochs(8)
                .l2(0.1).learningRate(rate).set(TrainingPlan.PATIENCE, 7).build(), new CpuBackend());
    }

    private JsonNode summary() throws IOException {
        return new ObjectMapper().readTree(folder.resolve(ResultFolder.SUMMARY).toFile());
    }

    @Test
    @DisplayName("history.csv has every epoch in full precision, summary.json every figure")
    void figures() throws IOException {
        TrainingResult result = run(new LinearProblem(3, 12, 9, 0.2), 0.01);
        ResultFolder.write(folder, result, Map.of("beside.txt", out -> out.write('x')));
        JsonNode summary = summary();
        History history = result.history();

        assertThat(folder.resolve("beside.txt")).hasContent("x");
        List<String> lines = Files.readAllLines(folder.resolve(ResultFolder.HISTORY));
        assertThat(lines).hasSize(history.epochs() + 2).first().isEqualTo("epoch,train_loss,validation_loss,l1_norm,squared_l2_norm");
        for (int epoch = 0; epoch <= history.epochs(); epoch++) {
            assertThat(lines.get(epoch + 1)).isEqualTo(epoch + "," + history.trainLoss(epoch) + "," + history.validationLoss(epoch)
                    + "," + history.l1Norm(epoch) + "," + history.squaredL2Norm(epoch));
        }
        assertThat(summary.at("/plan/l2").doubleValue()).isEqualTo(0.1);
        assertThat(summary.at("/best_train_loss").doubleValue()).isEqualTo(history.trainLoss(history.bestTrainEpoch()));
        assertThat(summary.at("/best_validation_loss").doubleValue()).isEqualTo(history.validationLoss(history.bestEpoch()));
        requireModel(summary.at("/best_model"), result.best());
        requireModel(summary.at("/final_model"), result.last());
        assertThat(summary.at("/diverged_at_epoch").isNull()).isTrue();
        assertThat(summary.at("/stopped_at_epoch").isNull()).isTrue();
        Baselines baselines = Baselines.of(result);
        assertThat(summary.at("/baselines/least_squares/validation_loss").doubleValue())
                .isEqualTo(baselines.leastSquares().fit().orElseThrow().validationLoss());
        Baselines.Baseline ridge = baselines.ridge().orElseThrow();
        assertThat(summary.at("/baselines/ridge/lambda").doubleValue()).isEqualTo(0.1);
        assertThat(summary.at("/baselines/ridge/intercept_lambda").doubleValue()).isEqualTo(0.1);
        assertThat(summary.at("/baselines/ridge/train_r2").doubleValue()).isEqualTo(ridge.fit().orElseThrow().trainR2());
        assertThat(summary.at("/backend").textValue()).isEqualTo(result.backend());
        assertThat(summary.at("/java").textValue()).contains(System.getProperty("java.runtime.version"));
        assertThat(summary.at("/platform").textValue()).contains(System.getProperty("os.arch"));
        assertThat(summary.at("/history_sha256").textValue()).isEqualTo(history.sha256());
    }

    private static void requireModel(JsonNode json, TrainingResult.Model model) {
        assertThat(json.at("/epoch").intValue()).isEqualTo(model.epoch());
        assertThat(json.at("/train_loss").doubleValue()).isEqualTo(model.fit().trainLoss());
        assertThat(json.at("/validation_loss").doubleValue()).isEqualTo(model.fit().validationLoss());
        assertThat(json.at("/train_r2").doubleValue()).isEqualTo(model.fit().trainR2());
        assertThat(json.at("/validation_r2").doubleValue()).isEqualTo(model.fit().validationR2());
    }

    @Test
    @DisplayName("a figure that is no number is null; named are the epochs at which a run diverged and stopped, its table, and "
            + "what there is to know of a baseline")
    void diverged() throws IOException {
        Table diabetes = Table.read(Path.of("src/docs/data/diabetes.csv"));
        TrainingResult result = run(new TableProblem(diabetes, "progression", 30, false), 1e30);
        ResultFolder.write(folder, result, new Baselines(new Baselines.Baseline("least squares", new LinearRegression(true),
                Optional.empty(), Optional.of("not computed: why")), Optional.empty()), Map.of());
        JsonNode summary = summary();

        assertThat(summary.at("/final_model/validation_loss").isNull()).isTrue();
        assertThat(summary.at("/diverged_at_epoch").intValue()).isEqualTo(result.history().divergence().orElseThrow());
        assertThat(summary.at("/stopped_at_epoch").intValue()).isEqualTo(result.stopped().orElseThrow());
        assertThat(summary.at("/data_sha256").textValue()).isEqualTo(diabetes.sha256());
        assertThat(summary.at("/features")).hasSize(10);
        assertThat(summary.at("/target").textValue()).isEqualTo("progression");
        assertThat(summary.at("/baselines/least_squares/train_loss").isNull()).isTrue();
        assertThat(summary.at("/baselines/least_squares/note").textValue()).isEqualTo("not computed: why");
    }
}
