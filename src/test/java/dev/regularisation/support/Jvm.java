package dev.regularisation.support;

import dev.regularisation.backend.Backend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A Java installation in which a program of the test classes can be run.
 *
 * @param home    where it is
 * @param feature its version, such as 17
 */
public record Jvm(Path home, int feature) {

    /** For a program of a moment, which the second compiler and a collector of many threads would only delay. */
    public static final List<String> BRIEF = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(\\d+)");
    private static final Duration TIME_LIMIT = Duration.ofMinutes(2);

    /** The installation that runs the tests. */
    public static Jvm own() {
        return new Jvm(Path.of(System.getProperty("java.home")), Runtime.version().feature());
    }

    /** The newest other one, of at least Java 17, in the usual places and in variables like {@code JAVA_HOME_25_X64}. */
    public static Optional<Jvm> newestOther() {
        Path user = Path.of(System.getProperty("user.home"));
        Stream<Path> named = System.getenv().entrySet().stream()
                .filter(variable -> variable.getKey().matches("(JAVA_HOME|JDK)_.*"))
                .map(variable -> Path.of(variable.getValue()));
        Stream<Path> installed = Stream.of(Path.of("/usr/lib/jvm"), Path.of("/opt/java"), user.resolve(".jdks"),
                        user.resolve(".sdkman/candidates/java"), Path.of("/Library/Java/JavaVirtualMachines"))
                .flatMap(Jvm::children)
                .flatMap(folder -> Stream.of(folder, folder.resolve("Contents/Home")));
        return Stream.concat(named, installed)
                .flatMap(folder -> at(folder).stream())
                .filter(jvm -> jvm.feature >= 17 && jvm.feature != own().feature)
                .max(Comparator.comparingInt(Jvm::feature));
    }

    /** {@link #newestOther()}; where there is none the test is skipped, with what to do about it. */
    public static Jvm requireOther() {
        Optional<Jvm> other = newestOther();
        Assumptions.assumeTrue(other.isPresent(), "no other Java of at least 17 is installed; set JAVA_HOME_25_X64 to one");
        return other.get();
    }

    private static Stream<Path> children(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The installation in this folder, if there is one. */
    public static Optional<Jvm> at(Path home) {
        Path release = home.resolve("release");
        if (!Files.isExecutable(home.resolve("bin/java")) || !Files.isReadable(release)) {
            return Optional.empty();
        }
        try {
            Matcher version = VERSION.matcher(Files.readString(release));
            return version.find() ? Optional.of(new Jvm(home, Integer.parseInt(version.group(1)))) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a main class, without libraries; returns the lines of its standard output. Throws unless it ends with 0. */
    public List<String> run(List<String> flags, Class<?> main, Object... arguments) {
        return run(TIME_LIMIT, flags, main, arguments);
    }

    /** The same, with a time limit of its own. */
    public List<String> run(Duration limit, List<String> flags, Class<?> main, Object... arguments) {
        List<String> command = new ArrayList<>(List.of(home.resolve("bin/java").toString()));
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath(main), main.getName()));
        Stream.of(arguments).map(Object::toString).forEach(command::add);
        try {
            Path output = Files.createTempFile("jvm", ".out");
            Path errors = Files.createTempFile("jvm", ".err");
            Process process = new ProcessBuilder(command)
                    .redirectOutput(output.toFile()).redirectError(errors.toFile()).start();
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();
            List<String> lines = Files.readAllLines(output);
            String complaints = Files.readString(errors);
            Files.delete(output);
            Files.delete(errors);
            if (!ended || process.exitValue() != 0) {
                throw new IllegalStateException((ended ? "ended with " + process.exitValue() : "ran out of time")
                        + ": " + String.join(" ", command) + "\n" + complaints);
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a JVM ran", e);
        }
    }

    /** Where the product's classes and the test's are. */
    private static String classPath(Class<?> main) {
        return Stream.of(Backend.class, main)
                .map(type -> {
                    try {
                        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
                    } catch (URISyntaxException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .collect(Collectors.joining(System.getProperty("path.separator")));
    }
}
