package dev.regularisation.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regularisation.cli.Main;
import dev.regularisation.support.Jvm;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** The program in a JVM of its own, that can be killed; closing kills it. */
final class Program implements Closeable {

    private static final long LIMIT_SECONDS = 120;
    /** How long one look for an event waits, and how many looks there are at most. */
    private static final long LOOK_MILLIS = 2;
    private static final int LOOKS = 60_000;

    private final Process process;
    private final Path errors;
    private final Path temporary;
    private final BufferedReader out;

    private Program(Path folder, Path temporary, List<String> command) throws IOException {
        this.temporary = temporary;
        errors = folder.resolve("stderr");
        process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts the program; {@code folder} gets its temporary files and what it says on standard error. */
    static Program start(Path folder, List<String> args) throws IOException {
        return start(folder, "exec \"$@\"", Main.class, args);
    }

    /** Starts the program on a terminal, where it draws bars; what it says on standard error is on the terminal too. */
    static Program onTerminal(Path folder, boolean secondJvm, List<String> args) throws IOException {
        return start(folder, "exec script -qec \"$(printf \"'%s' \" \"$@\")\" /dev/null", secondJvm, Main.class, args);
    }

    /** Starts a class as a shell does, whose {@code script} runs it as {@code "$@"}; without a shell where that is all. */
    static Program start(Path folder, String script, Class<?> main, List<String> args) throws IOException {
        return start(folder, script, false, main, args);
    }

    private static Program start(Path folder, String script, boolean secondJvm, Class<?> main, List<String> args)
            throws IOException {
        Path temporary = Files.createDirectories(folder.resolve("temporary"));
        List<String> command = new ArrayList<>();
        if (!script.equals("exec \"$@\"")) {
            command.addAll(List.of("sh", "-c", script, "sh"));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // No file of the JVM's own: what is left afterwards is the program's.
        command.addAll(Jvm.BRIEF);
        command.addAll(List.of("-Dregularisation.relaunch=" + secondJvm, "-XX:-UsePerfData", "-Djava.io.tmpdir=" + temporary,
                "-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(args);
        return new Program(folder, temporary, command);
    }

    /** The next line of standard output; null when there is none. */
    String line() throws IOException {
        return out.readLine();
    }

    long pid() {
        return process.pid();
    }

    /** Waits for something that the program does; it must not end before. */
    void await(String what, BooleanSupplier event) throws InterruptedException {
        for (int look = 0; !event.getAsBoolean(); look++) {
            assertThat(process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)).as("the program ended before " + what).isFalse();
            assertThat(look).as("looks for " + what).isLessThan(LOOKS);
        }
    }

    /** Presses Ctrl-C on its terminal. */
    void controlC() throws IOException {
        process.getOutputStream().write(3);
        process.getOutputStream().flush();
    }

    /** All that it says from now on. */
    String rest() throws IOException {
        return out.lines().collect(Collectors.joining("\n"));
    }

    /** Sends SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** kill -9. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(end()).as("exit code of a program that is killed under way").isNotZero();
    }

    /** Waits for the end; the exit code. */
    int end() throws InterruptedException {
        assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as("the program ends").isTrue();
        assertThat(temporary).as("the folder of temporary files").isEmptyDirectory();
        return process.exitValue();
    }

    /** What it said on standard error. */
    List<String> complaints() throws IOException {
        return Files.readAllLines(errors);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        out.close();
    }
}
