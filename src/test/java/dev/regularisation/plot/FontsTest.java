package dev.regularisation.plot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regularisation.cli.Main;
import dev.regularisation.support.Jvm;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FontsTest {

    private static final Path CLASSES = Path.of("target/classes").toAbsolutePath();

    @TempDir
    private Path folder;

    @Test
    @DisplayName("the font has every character that the program's sources have, upright and bold")
    void everyCharacter() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(source).replaceAll("\\s", " ");
                assertThat(Fonts.plain(16).canDisplayUpTo(text)).as(source.toString()).isEqualTo(-1);
                assertThat(Fonts.bold(16).canDisplayUpTo(text)).as(source.toString()).isEqualTo(-1);
            }
        }
        assertThat(Fonts.plain(16).canDisplay('年')).as("a character that it lacks").isFalse();
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux has fontconfig, by which Java finds its fonts")
    @EnabledIfSystemProperty(named = "thorough", matches = "true",
            disabledReason = "every build draws with the font that is brought along")
    @DisplayName("where neither Java nor fontconfig knows a font, from classes and from a jar, a "
            + "picture has the pixels that it has here, and no file is left behind")
    void bareMachine() throws Exception {
        assertThat(bare(Jvm.own(), libraries(), SystemFont.class)).as("teeth: AWT by itself").containsExactly("cannot draw");
        // The font is a file of its own beside the classes, and must become one from a jar.
        drawsTheSame(Jvm.own(), CLASSES);
        drawsTheSame(Jvm.own(), jar());
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux has fontconfig, by which Java finds its fonts")
    @EnabledIfSystemProperty(named = "thorough", matches = "true",
            disabledReason = "every build draws with the font that is brought along")
    @DisplayName("so it has in another version of Java")
    void bareMachineOfTheOther() throws Exception {
        drawsTheSame(Jvm.requireOther(), jar());
    }

    private static String libraries() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !CLASSES.equals(Path.of(entry))).collect(Collectors.joining(File.pathSeparator));
    }

    private void drawsTheSame(Jvm jvm, Path program) throws Exception {
        byte[] here = picture().png();
        Path picture = folder.resolve("picture.png");

        assertThat(bare(jvm, program + File.pathSeparator + libraries(), Draw.class, picture.toString())).isEmpty();
        assertThat(Pixels.of(Files.readAllBytes(picture)).differing(Pixels.of(here)))
                .as("pixels that differ, Java %d, %s", jvm.feature(), program.getFileName()).isZero();
    }

    @Test
    @EnabledIfSystemProperty(named = "thorough", matches = "true",
            disabledReason = "only another way to draw, or to say what is missing, can break it")
    @DisplayName("in a Java without AWT a command says in one line what is missing, and works without pictures")
    void withoutDesktop() throws Exception {
        List<String> command = new ArrayList<>(List.of(Jvm.own().home().resolve("bin/java").toString(), "--limit-modules",
                "java.logging,java.management,java.xml,jdk.unsupported", "-Dregularisation.relaunch=false", "-cp",
                System.getProperty("java.class.path"), Main.class.getName(), "train", "--epochs", "1", "--validation-size", "9",
                "--out", folder.resolve("train").toString()));

        assertThat(output(new ProcessBuilder(command), 2)).hasSize(1).first().asString()
                .contains("pictures: wanted a Java that can draw text, got", "java.awt", "; use a JDK", "or add --no-plots");
        command.add("--no-plots");
        output(new ProcessBuilder(command), 0);
        assertThat(folder.resolve("train/history.csv")).exists();
    }

    /** Runs a class where Java finds no font and fontconfig knows none; its output. It must leave no temporary file. */
    private List<String> bare(Jvm jvm, String classPath, Class<?> main, String... arguments) throws Exception {
        Path temporary = Files.createDirectories(folder.resolve("temporary"));
        Path config = Files.writeString(folder.resolve("fonts.conf"),
                "<fontconfig><dir>" + folder.resolve("none") + "</dir></fontconfig>");
        List<String> command = new ArrayList<>(List.of(jvm.home().resolve("bin/java").toString()));
        command.addAll(Jvm.BRIEF);
        command.addAll(List.of("-XX:-UsePerfData", "-Djava.awt.headless=true", "-Duser.home=" + folder,
                "-Djava.io.tmpdir=" + temporary, "-cp", classPath, main.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("FONTCONFIG_FILE", config.toString());
        List<String> output = output(builder, 0);
        assertThat(temporary).isEmptyDirectory();
        return output;
    }

    private List<String> output(ProcessBuilder builder, int code) throws Exception {
        Path output = folder.resolve("output");
        Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
        assertThat(process.waitFor()).as(Files.readString(output)).isEqualTo(code);
        return Files.readAllLines(output);
    }

    /** The program's classes and resources as Maven packs them. */
    private Path jar() throws IOException {
        Path jar = folder.resolve("program.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar)); Stream<Path> files = Files.walk(CLASSES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(CLASSES.relativize(file).toString()));
                Files.copy(file, out);
            }
        }
        return jar;
    }

    private static Picture picture() {
        return SeriesPicture.ofCurves("Σθ² · η = 10⁻⁵ − ŷ", "λ…", Axis.linear("x"), Axis.log("y"), List.of(
                Series.byEpoch("Curve", Palette.BLUE, new double[] {1, 2e-9})), List.of()).picture();
    }

    /** Draws the picture into a file, in a Java of its own: what a Java knows of fonts, it knows for good. */
    static final class Draw {

        private Draw() {
        }

        public static void main(String[] arguments) throws IOException {
            picture().writePng(Path.of(arguments[0]));
        }
    }

    /** Writes with what the machine has. */
    static final class SystemFont {

        private SystemFont() {
        }

        public static void main(String[] arguments) {
            Graphics2D g = new BufferedImage(9, 9, BufferedImage.TYPE_INT_RGB).createGraphics();
            try {
                g.getFontMetrics(new Font(Font.SANS_SERIF, Font.PLAIN, 9));
            } catch (RuntimeException | LinkageError | InternalError e) {
                System.out.println("cannot draw");
            }
        }
    }
}
