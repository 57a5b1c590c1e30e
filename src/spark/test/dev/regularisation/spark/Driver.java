package dev.regularisation.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regularisation.cli.Main;
import dev.regularisation.support.Jvm;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program as the driver of a study, in a JVM of its own, that can be killed; closing kills it. */
final class Driver implements Closeable {

    private static final long LIMIT_SECONDS = 300;

    private final Process process;
    private final Path out;
    private final Path errors;

    /** Starts it; {@code folder} gets what it says. */
    Driver(Path folder, Map<String, String> properties, List<String> args) throws IOException {
        out = Files.createTempFile(folder, "driver", ".out");
        errors = Files.createTempFile(folder, "driver", ".err");
        List<String> command = new ArrayList<>(List.of(Jvm.own().home().resolve("bin/java").toString(), "-Dregularisation.relaunch=false",
                "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        if (Runtime.version().feature() >= 24) {
            command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(args);
        process = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(errors.toFile()).start();
    }

    Process process() {
        return process;
    }

    String out() {
        return read(out);
    }

    String errors() {
        return read(errors);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ctrl-C. */
    void interrupt() throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor()).isZero();
    }

    /** Waits for the end; the exit code. */
    int end() throws InterruptedException {
        assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as("the driver ends; it said: %s %s", out(), errors()).isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
