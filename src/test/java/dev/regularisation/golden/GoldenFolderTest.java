package dev.regularisation.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A golden file that is missing, damaged or different is a failure that says what happened. */
final class GoldenFolderTest {

    @TempDir
    private Path folder;

    private static GoldenText text(double loss) {
        return new GoldenText("A test").put("epoch.00000.loss", 0.5).put("epoch.00001.loss", loss)
                .put("plan.seed", "42");
    }

    private void check(String approved, GoldenText got) throws IOException {
        Path file = Files.writeString(folder.resolve("run.txt"), approved);
        GoldenFolder.check(file, got.toString(), got.values());
    }

    @Test
    @DisplayName("the same text passes")
    void same() {
        assertThatCode(() -> check(text(0.25).toString(), text(0.25))).doesNotThrowAnyException();
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
        assertThatThrownBy(() -> GoldenFolder.check(folder.resolve("none.txt"), "", text(1).values()))
                .isInstanceOf(AssertionError.class).hasMessageContaining("none.txt is missing");
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
