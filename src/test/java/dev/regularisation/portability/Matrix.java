package dev.regularisation.portability;

import dev.regularisation.backend.cpu.Kernel;
import dev.regularisation.support.Jvm;
import dev.regularisation.support.ShortRuns;
import dev.regularisation.support.Variation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs every variation in every environment and compares the digests with those of the plain loops in this JVM.
 *
 * <p>The exit status is 0 when every run gave the same bits or its environment was excused, else 1.
 */
public final class Matrix {

    /** An emulated run takes half a minute, that of an interpreter without floating-point unit five, on a busy machine. */
    private static final Duration TIME_LIMIT = Duration.ofMinutes(30);

    private static final int COMPLAINT_LINES = 4;

    private final Map<ShortRuns, String> references = new HashMap<>();

    /** {@code args}: the file of environments, the Markdown file to write. */
    public static void main(String[] args) throws IOException {
        List<MatrixOutcome> outcomes = new Matrix().run(Environment.read(Path.of(args[0])), System.out::println);
        Files.writeString(Path.of(args[1]), MatrixTable.markdown(outcomes));
        List<MatrixOutcome> failures = outcomes.stream().filter(outcome -> !outcome.passes()).toList();
        failures.forEach(System.err::println);
        System.out.println(MatrixTable.counts(outcomes) + " Table: " + args[1]);
        System.exit(failures.isEmpty() ? 0 : 1);
    }

    List<MatrixOutcome> run(List<Environment> environments, Consumer<MatrixOutcome> progress) {
        return environments.stream().flatMap(this::run).peek(progress).toList();
    }

    private Stream<MatrixOutcome> run(Environment environment) {
        if (!environment.excuse().isEmpty()) {
            return Stream.of(MatrixOutcome.excused(environment));
        }
        Optional<Jvm> jvm = environment.jvm();
        if (jvm.isEmpty()) {
            return Stream.of(MatrixOutcome.failed(environment, null, "no Java of at least 17 in \"" + environment.home()
                    + "\"; install it, or declare a reason with --without \"" + environment.name() + "=reason\""));
        }
        return environment.variations().stream().map(variation -> run(environment, jvm.get(), variation));
    }

    private MatrixOutcome run(Environment environment, Jvm jvm, Variation variation) {
        ShortRuns runs = variation.runs();
        try {
            List<String> output = jvm.run(
                    TIME_LIMIT, variation.flags(), ShortRuns.class, runs.epochs(), runs.samples(), "ANY");
            String reference = references.computeIfAbsent(runs, key -> key.digests(Kernel.LOOPS));
            return MatrixOutcome.of(environment, variation, output, reference);
        } catch (IllegalStateException | UncheckedIOException e) {
            return MatrixOutcome.failed(environment, variation,
                    e.getMessage().lines().limit(COMPLAINT_LINES).collect(Collectors.joining(" ")));
        }
    }
}
