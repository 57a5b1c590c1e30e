package dev.regularisation.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as its users start it: a JVM of its own. */
final class LaunchTest {

    private static final long MINUTES = 5;

    @TempDir
    private Path folder;

    private Process start(List<String> jvm, String... args) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command).redirectError(folder.resolve("stderr").toFile()).start();
    }

    private static int end(Process process) throws InterruptedException {
        assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).as("the program ends").isTrue();
        return process.exitValue();
    }

    private JsonNode summary(String name) throws IOException {
        return new ObjectMapper().readTree(folder.resolve(name).resolve("summary.json").toFile());
    }

    @Test
    @DisplayName("a plain java command gets the Vector API by way of a second JVM, to the same bits as without it")
    void secondJvm() throws Exception {
        String[] plan = {"train", "--epochs", "2", "--validation-size", "50", "--no-plots", "--out", ""};
        plan[plan.length - 1] = folder.resolve("vector").toString();
        int withVectors = end(start(List.of(), plan));
        plan[plan.length - 1] = folder.resolve("loops").toString();
        int withLoops = end(start(List.of("-Dregularisation.relaunch=false"), plan));

        assertThat(List.of(withVectors, withLoops)).containsOnly(0);
        assertThat(summary("vector").get("backend").asText()).contains("vector-");
        assertThat(summary("loops").get("backend").asText()).contains("loops");
        assertThat(summary("vector").get("history_sha256")).isEqualTo(summary("loops").get("history_sha256"));
    }

    @Test
    @DisplayName("the second JVM may load ND4J's native code: this version of Java does not complain of it")
    void nativeAccess() throws Exception {
        assertThat(end(start(List.of(), "backends"))).isZero();
        assertThat(Files.readString(folder.resolve("stderr"))).doesNotContain("restricted", "Unsafe");
    }

    @Test
    @DisplayName("exit code and complaint come through from the second JVM")
    void complaint() throws Exception {
        int code = end(start(List.of(), "train", "--lr", "-1"));

        assertThat(code).isEqualTo(2);
        assertThat(Files.readString(folder.resolve("stderr"))).contains("learning rate: wanted a positive finite number");
    }
}
