package dev.regularisation.portability;

import dev.regularisation.support.Jvm;
import dev.regularisation.support.ShortRuns;
import dev.regularisation.support.Variation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A JVM on a processor.
 *
 * @param name      by which it is asked for
 * @param home      the folder of its {@code bin/java}, which may be a script that starts an emulator; {@code own} for
 *                  the JVM that runs the matrix, {@code other} for the newest other one
 * @param processor in words
 * @param features  of the processor, in the words of {@code /proc/cpuinfo}, and {@link Variation#NATIVE},
 *                  {@link #SIMD} and {@link #ZERO} where they hold
 * @param excuse    why it is not run; empty when it must run
 */
record Environment(String name, String home, String processor, Set<String> features, String excuse) {

    /** The JVM compiles the Vector API to this processor's instructions; else every operation makes objects. */
    static final String SIMD = "simd";
    /** The JVM is HotSpot's Zero, an interpreter without compilers, which ignores what is said about them. */
    static final String ZERO = "zero";
    /** Emulation costs ten times the time, a quarter of the epochs still reaches the second compiler. */
    private static final ShortRuns EMULATED = new ShortRuns(4, 400);
    /** Zero works a fused multiply-add out in decimal and interprets that: a hundredth of a second each, emulated. */
    private static final ShortRuns BY_ZERO = new ShortRuns(1, 1);
    private static final int FIELDS = 5;

    /** One environment a line, its components separated by tabs, features by spaces. */
    static List<Environment> read(Path file) throws IOException {
        return Files.readAllLines(file).stream().map(Environment::parse).toList();
    }

    private static Environment parse(String line) {
        String[] fields = line.split("\t", -1);
        if (fields.length != FIELDS || fields[0].isBlank()) {
            throw new IllegalArgumentException("environment: wanted name, home, processor, features and excuse,"
                    + " separated by tabs, got \"" + line + "\"");
        }
        Set<String> features = Set.copyOf(Arrays.asList(fields[3].split(" ")));
        return new Environment(fields[0], fields[1], fields[2], features, fields[4]);
    }

    Optional<Jvm> jvm() {
        return switch (home) {
            case "own" -> Optional.of(Jvm.own());
            case "other" -> Jvm.newestOther();
            default -> Jvm.at(Path.of(home));
        };
    }

    /** What this processor can vary, with runs that it can afford. */
    List<Variation> variations() {
        return Variation.all().stream()
                .filter(variation -> variation.needs().isEmpty() || features.contains(variation.needs()))
                .filter(variation -> !features.contains(ZERO) || !variation.choosesCompilers())
                .map(variation -> new Variation(variation.name(), variation.needs(), affordable(variation),
                        variation.kernel(), variation.flags()))
                .toList();
    }

    private ShortRuns affordable(Variation variation) {
        if (features.contains(ZERO)) {
            return BY_ZERO;
        }
        if (!features.contains("fma")) {
            return Variation.WITHOUT_FMA;
        }
        if (features.contains(Variation.NATIVE) || !variation.runs().equals(Variation.COMPILED)) {
            return variation.runs();
        }
        return variation.kernel().startsWith("vector") && !features.contains(SIMD) ? Variation.INTERPRETED : EMULATED;
    }
}
