package dev.regularisation.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.optim.OptimiserPlan;
import dev.regularisation.training.History;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import dev.regularisation.training.TrainingResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands do what they say and leave what they promise. */
final class CommandTest {

    @TempDir
    private Path folder;

    @Test
    @DisplayName("train leaves a history in full precision and a summary that says what was done")
    void trainLeavesHistoryAndSummary() throws IOException {
        CommandRun run = CommandRun.of("train", "--layers", "7,5,1", "--dims", "7", "--train-size", "20", "--validation-size", "50",
                "--epochs", "4", "--batch-size", "6", "--dropout", "0.2", "--optimiser", "AdamW", "--weight-decay", "0.1",
                "--l1", "0.01", "--seed", "-1", "--out", folder.toString());
        TrainingResult expected = TrainingLoop.train(TrainingPlan.builder()
                .problem(new LinearProblem(7, 20, 50, 0.2)).layers(7, 5, 1).epochs(4).batchSize(6)
                .dropout(0.2).rule(OptimiserPlan.UpdateRule.ADAMW).weightDecay(0.1).l1(0.01).seed(-1)
                .build(), new CpuBackend());

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("train: 4 epochs, best validation loss").contains("Results: " + folder);
        assertHistory(folder.resolve("history.csv"), expected.history());
        JsonNode summary = new ObjectMapper().readTree(folder.resolve("summary.json").toFile());
        assertThat(summary.get("history_sha256").textValue()).isEqualTo(expected.history().sha256());
        assertThat(summary.get("plan").get("optimiser").textValue()).isEqualTo("adamw");
        assertThat(summary.get("plan").get("batch_size").intValue()).isEqualTo(6);
        assertThat(summary.get("best_model").get("validation_r2").doubleValue())
                .isEqualTo(expected.best().fit().validationR2());
        assertThat(summary.get("final_model").get("train_loss").doubleValue())
                .isEqualTo(expected.last().fit().trainLoss());
        assertThat(names(folder)).containsExactly("history.csv", "predictions.png", "summary.json", "training.png");
    }

    private static void assertHistory(Path file, History expected) throws IOException {
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(expected.epochs() + 2);
        assertThat(lines.get(0)).isEqualTo("epoch,train_loss,validation_loss,l1_norm,squared_l2_norm");
        for (int epoch = 0; epoch <= expected.epochs(); epoch++) {
            double[] row = Stream.of(lines.get(epoch + 1).split(",")).mapToDouble(Double::parseDouble).toArray();
            assertThat(row).containsExactly(epoch, expected.trainLoss(epoch), expected.validationLoss(epoch),
                    expected.l1Norm(epoch), expected.squaredL2Norm(epoch));
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> !name.equals(".lock")).sorted().toList();
        }
    }

    @Test
    @DisplayName("post prints the published figures beside ours and says which agree")
    void postPrintsPublishedBesideOurs() throws IOException {
        CommandRun run = CommandRun.of("post", "--experiment", "linear", "--out", folder.toString());

        assertThat(run.code()).isZero();
        assertThat(run.out()).containsPattern("linear +best validation loss +0\\.0534 +0\\.0534 +yes")
                .contains("4 of 4 figures agree to every printed digit.")
                .contains("least squares in closed form: loss 0.02724 train, 0.05453 validation; R2 0.9969 train, 0.9945 validation");
        assertThat(names(folder.resolve("linear")))
                .containsExactly("history.csv", "predictions.png", "summary.json", "training.png");
    }

    @Test
    @DisplayName("post at another seed or size prints our figures alone, in the order of the post")
    void postElsewhere() {
        CommandRun run = CommandRun.of("--experiment", "mlp-weight-decay,linear", "--train-size", "33", "--seed", "7", "--no-plots",
                "--out", folder.toString());

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("33 training samples, seed 7").doesNotContain("published");
        assertThat(run.out().indexOf("linear  ")).isLessThan(run.out().lastIndexOf("mlp-weight-decay"));
        assertThat(folder.resolve("linear/training.png")).doesNotExist();
        assertThat(folder.resolve("comparison.png")).doesNotExist();
    }

    @Test
    @DisplayName("help and version end with 0; every command is named")
    void helpAndVersion() {
        CommandRun help = CommandRun.of("--help");
        CommandRun version = CommandRun.of("--version");

        assertThat(List.of(help.code(), version.code(), CommandRun.of("train", "--help").code())).containsOnly(0);
        assertThat(help.out()).contains("post", "train", "Exit codes: 0 done, 1 failed, 2 bad request");
        assertThat(version.out()).startsWith("regularisation ").contains("Java " + System.getProperty("java.runtime.version"));
    }

    @Test
    @DisplayName("a run that diverges says so in a line; where a figure is none there is NaN in the history, null in the summary")
    void divergence() throws IOException {
        CommandRun run = CommandRun.of("train", "--layers", "3,4,1", "--dims", "3", "--train-size", "8", "--validation-size", "9",
                "--optimiser", "sgd", "--lr", "1e20", "--epochs", "5", "--out", folder.toString());

        assertThat(run.code()).isZero();
        assertThat(run.out().lines()).contains("diverged at epoch 1: the validation loss is infinite; lower the learning rate");
        assertThat(Files.readString(folder.resolve("history.csv"))).contains("NaN");
        JsonNode summary = new ObjectMapper().readTree(folder.resolve("summary.json").toFile());
        assertThat(summary.get("best_model").get("epoch").intValue()).isZero();
        assertThat(summary.get("diverged_at_epoch").intValue()).isEqualTo(1);
        assertThat(summary.get("stopped_at_epoch").isNull()).isTrue();
        assertThat(summary.get("final_model").get("validation_loss").isNull()).isTrue();
        assertThat(summary.get("baselines").get("least_squares").get("validation_r2").doubleValue()).isGreaterThan(0.8);
        assertThat(List.of("best_train_loss", "best_validation_loss", "best_model", "final_model", "baselines"))
                .allSatisfy(name -> requireNumbers(summary.get(name)));
    }

    private static void requireNumbers(JsonNode node) {
        assertThat(node.isNull() || node.isNumber() || node.isObject()).as(node.toString()).isTrue();
        node.forEach(CommandTest::requireNumbers);
    }

    @Test
    @DisplayName("train on a file sets least squares and ridge beside the models, and says where patience ended it")
    void baselinesAndPatience() throws IOException {
        Path file = Files.writeString(folder.resolve("line.csv"), "x,twice,label\n" + IntStream.range(0, 30)
                .mapToObj(i -> i + "," + 2 * i + "," + (3 * i + i % 2) + "\n").collect(Collectors.joining()));
        CommandRun run = CommandRun.of("train", "--data", file.toString(), "--target", "label", "--train-size", "20", "--layers", "2,1", "--lr",
                "0.3", "--weight-decay", "0.5", "--patience", "3", "--no-plots", "--out", folder.toString());
        JsonNode summary = new ObjectMapper().readTree(folder.resolve("summary.json").toFile());
        int stopped = summary.get("stopped_at_epoch").intValue();

        assertThat(run.err()).isEmpty();
        assertThat(stopped).isBetween(3, 999);
        assertThat(run.out().lines()).contains("stopped at epoch " + stopped + ": 3 epochs without a better validation loss");
        List<String> fits = run.out().lines().filter(line -> line.contains(" train, ")).toList();
        assertThat(fits).hasSize(4).element(2).asString().startsWith("least squares in closed form: ")
                .contains("; R2 0.99").endsWith("(of all that fit as well, the smallest weights)");
        assertThat(fits.get(3)).startsWith("ridge in closed form, lambda 0.5: loss ");
        assertThat(fits.stream().map(line -> line.indexOf("loss "))).containsOnly(fits.get(0).indexOf("loss "));
        assertThat(summary.get("features")).map(JsonNode::textValue).containsExactly("x", "twice");
        assertThat(summary.get("target").textValue()).isEqualTo("label");
        assertThat(summary.get("diverged_at_epoch").isNull()).isTrue();
        JsonNode ridge = summary.get("baselines").get("ridge");
        assertThat(ridge.get("lambda").doubleValue()).isEqualTo(0.5);
        assertThat(ridge.get("train_loss").doubleValue())
                .isGreaterThan(summary.get("baselines").get("least_squares").get("train_loss").doubleValue());
    }
}
