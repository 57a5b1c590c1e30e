package dev.regularisation.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.plot.Palette;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.training.TrainingLoop;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A golden file that is missing, damaged or different is a failure that says what happened. */
final class GoldenFolderTest {

    private final Map<String, byte[]> attached = new LinkedHashMap<>();

    @TempDir
    private Path folder;

    private static GoldenText text(double loss) {
        return new GoldenText("A test").put("epoch.00000.loss", 0.5).put("epoch.00001.loss", loss)
                .put("plan.seed", "42");
    }

    private void check(String approved, GoldenText got) throws IOException {
        Path file = Files.writeString(folder.resolve("run.txt"), approved);
        GoldenFolder.check(file, got, (name, type, content) -> attached.put(name, content));
    }

    @Test
    @DisplayName("the same text passes")
    void same() {
        assertThatCode(() -> check(text(0.25).toString(), text(0.25))).doesNotThrowAnyException();
        assertThat(attached).isEmpty();
    }

    @Test
    @DisplayName("one bit fails, and the message names epoch, values, distance and remedy")
    void oneBit() {
        assertThatThrownBy(() -> check(text(0.25).toString(), text(Math.nextUp(0.25f))))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("1 of 3 values differ")
                .hasMessageContaining("epoch.00001.loss: expected 0x1.0p-2 0.25, got 0x1.000002p-2 0.2500000298023224")
                .hasMessageContaining("1.2e-07").hasMessageContaining("1.00 float32 ulps")
                .hasMessageContaining("mvn verify -Dgolden=update");
    }

    @Test
    @DisplayName("NaN differs from a number and equals itself")
    void notANumber() {
        assertThatThrownBy(() -> check(text(0.25).toString(), text(Double.NaN))).hasMessageContaining("got NaN NaN");
        assertThatCode(() -> check(text(Double.NaN).toString(), text(Double.NaN))).doesNotThrowAnyException();
    }

    @Test
    @DisplayName("a missing file fails")
    void missing() {
        assertThatThrownBy(() -> GoldenFolder.check(folder.resolve("none.txt"), text(1),
                (name, type, content) -> attached.put(name, content)))
                .isInstanceOf(AssertionError.class).hasMessageContaining("none.txt is missing");
        assertThat(attached).containsOnlyKeys("Received");
    }

    @Test
    @DisplayName("of a run that drifted, the report has both texts and both curves")
    void evidence() throws IOException {
        GoldenText got = GoldenText.of(TrainingLoop.train(
                PostExperiment.LINEAR.plan(1, 200).toBuilder().epochs(200).build(), new CpuBackend()));
        String drifted = signed(got.toString().replaceAll("(?m)^(epoch.000[2-9]..train_loss) .*$", "$1 0x1.0p-1 0.5"));

        assertThatThrownBy(() -> check(drifted, got)).hasMessageContaining(".train_loss: expected 0x1.0p-1 0.5, got ");

        assertThat(attached).containsOnlyKeys("Received", "Golden file", "Both curves");
        assertThat(new String(attached.get("Received"), StandardCharsets.UTF_8)).isEqualTo(got.toString());
        assertThat(new String(attached.get("Golden file"), StandardCharsets.UTF_8)).isEqualTo(drifted);
        assertThat(colours(attached.get("Both curves"))).contains(Palette.TRAINING.getRGB(), Palette.VALIDATION.getRGB());
    }

    /** The text with a checksum that fits. */
    private static String signed(String text) {
        String body = text.substring(0, text.lastIndexOf(GoldenText.CHECKSUM));
        return body + GoldenText.CHECKSUM + GoldenText.sha256(body) + "\n";
    }

    private static Set<Integer> colours(byte[] png) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        return Arrays.stream(image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()))
                .boxed().collect(Collectors.toSet());
    }

    @Test
    @DisplayName("the first epochs that differ stand before other numbers")
    void epochsFirst() {
        GoldenDifference difference = new GoldenDifference("run.txt",
                Map.of("best.train_loss", "0x1.0p0 1.0", "epoch.00003.train_loss", "0x1.0p0 1.0", "history.sha256", "aa"),
                Map.of("best.train_loss", "0x1.8p0 1.5", "epoch.00003.train_loss", "0x1.1p0 1.0625", "history.sha256", "bb"));

        assertThat(difference.message().lines()).satisfiesExactly(
                line -> assertThat(line).endsWith("3 of 3 values differ; the first:"),
                line -> assertThat(line).startsWith("  epoch.00003.train_loss: expected 0x1.0p0 1.0, got 0x1.1p0 1.0625"),
                line -> assertThat(line).startsWith("  best.train_loss"),
                line -> assertThat(line).startsWith("  worst: best.train_loss").contains("relative 0.50"),
                line -> assertThat(line).isEqualTo("  history.sha256: expected aa, got bb"),
                line -> assertThat(line).contains("mvn verify -Dgolden=update"));
    }

    @Test
    @DisplayName("truncated, with other line ends, or with a byte flipped: each is told apart from a change of results")
    void damaged() {
        String whole = text(0.25).toString();
        assertThatThrownBy(() -> check(whole.substring(0, whole.length() - 80), text(0.25)))
                .hasMessageContaining("the file is truncated");
        assertThatThrownBy(() -> check(whole.replace("\n", "\r\n"), text(0.25)))
                .hasMessageContaining("the checksum does not fit");
        assertThatThrownBy(() -> check(whole.replace("0.25", "0.35"), text(0.25)))
                .hasMessageContaining("the file was edited, damaged");
        assertThat(whole).endsWith("\n").contains("\nepoch.00000.loss 0x1.0p-1 0.5\n");
    }
}
