package dev.regularisation.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FontsTest {

    @TempDir
    private Path folder;

    @Test
    void thisMachineHasFonts() {
        assertThat(Fonts.problem()).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    @DisplayName("on a machine without fonts, the error says what to install")
    void withoutFonts() throws IOException, InterruptedException {
        Path config = Files.writeString(folder.resolve("fonts.conf"),
                "<?xml version=\"1.0\"?><fontconfig><dir>" + folder.resolve("none") + "</dir></fontconfig>");
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.awt.headless=true", "-Duser.home=" + folder, "-cp", System.getProperty("java.class.path"),
                Draw.class.getName()).redirectErrorStream(true);
        builder.environment().put("FONTCONFIG_FILE", config.toString());

        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isNotZero();
        assertThat(output).contains("IllegalStateException: pictures need a font", "apt-get install fontconfig");
    }

    /** Draws a picture in a Java of its own: what a Java knows of fonts, it knows for good. */
    static final class Draw {

        private Draw() {
        }

        public static void main(String[] arguments) {
            new CurvePicture("Curve", "", Axis.linear("x"), Axis.linear("y"), java.util.List.of(
                    Curve.byEpoch("Curve", Palette.BLUE, new double[] {1, 2})), java.util.List.of()).picture();
        }
    }
}
