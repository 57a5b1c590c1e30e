package dev.regularisation.portability;

import dev.regularisation.support.ShortRuns;
import dev.regularisation.support.Variation;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What came of one variation in one environment.
 *
 * @param environment where
 * @param variation   what was varied; null when the environment did not run
 * @param jdk         version, architecture and byte order, as the JVM calls them; empty when it did not run
 * @param kernel      the kernel that the backend used, such as {@code vector-512}; empty when it did not run
 * @param differing   how many of the runs differ from the reference
 * @param failure     why this fails the matrix; empty when it does not
 */
record MatrixOutcome(
        Environment environment, Variation variation, String jdk, String kernel, int differing, String failure) {

    private static final int LINES = 3;
    /** A run has two digests: of its history and of its predictions. */
    private static final int DIGESTS = 2;
    private static final Pattern KERNEL = Pattern.compile("(loops|vector-\\d+)\\)$");

    static MatrixOutcome excused(Environment environment) {
        return new MatrixOutcome(environment, null, "", "", 0, "");
    }

    static MatrixOutcome failed(Environment environment, Variation variation, String failure) {
        return new MatrixOutcome(environment, variation, "", "", 0, failure);
    }

    /** Judges what {@link ShortRuns} printed. */
    static MatrixOutcome of(Environment environment, Variation variation, List<String> output, String reference) {
        if (output.size() != LINES) {
            return failed(environment, variation, "wanted " + LINES + " lines, got " + output);
        }
        Matcher kernel = KERNEL.matcher(output.get(0));
        String used = kernel.find() ? kernel.group(1) : "none";
        int differing = differing(output.get(1), reference);
        String failure = differing > 0 ? differing + " of " + runs(reference) + " runs differ"
                : used.contains(variation.kernel()) ? ""
                : "wanted the kernel " + variation.kernel() + ", got " + used;
        return new MatrixOutcome(environment, variation, output.get(2), used, differing, failure);
    }

    private static int runs(String digests) {
        return digests.split(" ").length / DIGESTS;
    }

    /** Runs of which a digest differs; all, when there are not as many digests as there should be. */
    private static int differing(String actual, String expected) {
        String[] left = actual.split(" ");
        String[] right = expected.split(" ");
        if (left.length != right.length) {
            return runs(expected);
        }
        int differing = 0;
        for (int i = 0; i < right.length; i += DIGESTS) {
            if (!left[i].equals(right[i]) || !left[i + 1].equals(right[i + 1])) {
                differing++;
            }
        }
        return differing;
    }

    boolean ran() {
        return !kernel.isEmpty();
    }

    boolean passes() {
        return failure.isEmpty();
    }

    /** Bits of the vectors that the kernel used. */
    String width() {
        return kernel.startsWith("vector-") ? kernel.substring("vector-".length()) : "–";
    }

    /** The flags that make the variation, without those that only make it possible. */
    String flags() {
        List<String> flags = variation.flags().stream()
                .filter(flag -> !flag.equals(Variation.VECTORS) && !flag.equals(Variation.LENIENT)).toList();
        return flags.isEmpty() ? "none" : String.join(" ", flags);
    }

    /** {@code 0}, or what went wrong. */
    String differingBits() {
        return !passes() ? "**" + failure + "**" : ran() ? "0" : "not run: " + environment.excuse();
    }

    @Override
    public String toString() {
        String result = !passes() ? "FAILED, " + failure
                : ran() ? kernel + ", 0 bits differ" : "not run, " + environment.excuse();
        return environment.name() + ", " + (variation == null ? "all" : variation.name()) + ": " + result;
    }
}
