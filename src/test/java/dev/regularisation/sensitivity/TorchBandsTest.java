package dev.regularisation.sensitivity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regularisation.post.PostExperiment;
import dev.regularisation.support.PostRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class TorchBandsTest {

    @Test
    @DisplayName("every history of PyTorch has a band, and runs drawn at random come out again to the last bit")
    void comeOutAgain() {
        long seed = Optional.ofNullable(Long.getLong("audit.seed")).orElseGet(() -> (long) new Random().nextInt(Integer.MAX_VALUE));
        Random random = new Random(seed);

        for (int i = 0; i < TorchBands.AGAIN; i++) {
            TorchBands precision = i == 0 ? TorchBands.FLOAT64 : TorchBands.FLOAT32;
            Map<String, RoundingBand> bands = precision.kept();
            List<String> names = List.copyOf(precision.histories().keySet());
            assertThat(bands.keySet()).containsExactlyElementsOf(names);
            String name = names.get(random.nextInt(names.size()));
            int number = random.nextInt(TorchBands.NEIGHBOURS + 1);
            Trajectory kept = number == 0 ? bands.get(name).own() : bands.get(name).neighbours().get(number - 1);
            Trajectory again = precision.trained(name, number);
            for (Column column : kept.columns()) {
                assertThat(again.readings(column)).as("%s, %s, neighbour %d, -Daudit.seed=%d", precision, name, number, seed)
                        .isEqualTo(kept.readings(column));
            }
        }
    }

    @Test
    @DisplayName("PyTorch's curve, which README compares with ours, is the record of its run with L1")
    void inTheReadme() throws IOException {
        Trajectory file = TrajectoryFile.read(Path.of("src/docs/data/pytorch-l1.csv"), Map.of("epoch", "step", "validation_loss", "val"),
                true);
        String name = TorchBands.name(PostExperiment.L1, PostRuns.TRAIN_SIZE);
        Trajectory record = TorchBands.torch(name, TorchBands.FLOAT32.histories().get(name));

        assertThat(file.columns()).isEqualTo(record.columns()).allSatisfy(column ->
                assertThat(file.readings(column)).isEqualTo(record.readings(column)));
        assertThat(TorchBands.FLOAT32.kept().get(name).judge(file).isRounding()).as("the verdict that README tells").isTrue();
        assertThat(Files.readString(Path.of("README.md")).replace("\n", " ")).contains("its best epoch is "
                + TorchBands.FLOAT32.histories().get(name).run().get("best_epoch").intValue() + ", ours "
                + PostRuns.of(PostExperiment.L1).history().bestEpoch() + ", and the verdict is *rounding*");
    }
}
