package dev.regularisation.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import jdk.incubator.vector.FloatVector;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Fails when a kernel has lost its lead over the naive loop, or over the plain loops.
 *
 * <p>Only ratios within one run are judged. A call lasts microseconds, so the median call is not interrupted by other
 * programs, however busy the machine; kernels take turns in rounds, each in a fresh JVM, and the best round counts, so
 * that a slow minute or an unlucky compilation hits neither side alone.
 */
public final class PerformanceGate {

    private static final int ROUNDS = 3;
    private static final String NAIVE = "LayerProduct NAIVE";

    private PerformanceGate() {
    }

    /**
     * The lead that one benchmark must keep over another.
     *
     * @param fast    label of the one
     * @param slow    label of the other
     * @param atLeast the least allowed ratio of their times
     */
    private record Lead(String fast, String slow, double atLeast) {

        double in(Map<String, Double> times) {
            return times.get(slow) / times.get(fast);
        }

        boolean holds(Map<String, Double> times) {
            return in(times) >= atLeast;
        }

        String report(Map<String, Double> times) {
            return String.format(Locale.ROOT, "%s: %s is %.1f times as fast as %s, at least %.1f wanted",
                    holds(times) ? "kept" : "LOST", fast, in(times), slow, atLeast);
        }
    }

    /**
     * Half of what was measured or less; a kernel that fell back to scalar code would be at 1 or below.
     * Measured on two cores of an AVX-512 server, its narrower vectors by {@code -XX:UseAVX=2} and {@code 1}, with load
     * averages between 5 and 16; lowest and highest of nine, three and three runs:
     *
     * <pre>
     *                                           512 bits       256 bits       128 bits
     * product, loops against naive loop      9.8 to 11.5   11.9 to 12.5   11.6 to 12.6
     * product, vectors against naive loop   33.1 to 36.9   25.5 to 26.1   11.4 to 11.9
     * product, vectors against loops         2.9 to  3.5    2.1 to  2.2    0.9 to  1.0
     * validation pass, vectors to loops      2.5 to  3.1    1.8 to  2.1    0.7 to  0.9
     * </pre>
     *
     * <p>A training pass, one run each at 512 and 256 bits, vectors against loops: forward 3.9 and 2.4 with 50 inputs, 3.2 and
     * 1.6 with 25; gradients of parameters 9.7 and 5.6, 19 and 9.8.
     *
     * <p>With 128 bits the loops are as fast as the vectors, so that there is no lead to keep.
     */
    private static List<Lead> leads(int vectorBits) {
        boolean wide = vectorBits >= 512;
        List<Lead> leads = new ArrayList<>();
        leads.add(new Lead("LayerProduct LOOPS", NAIVE, 4));
        leads.add(new Lead("LayerProduct VECTOR", NAIVE, wide ? 16 : vectorBits == 256 ? 10 : 4));
        if (vectorBits >= 256) {
            leads.add(new Lead("LayerProduct VECTOR", "LayerProduct LOOPS", wide ? 1.6 : 1.2));
            leads.add(new Lead("ValidationPass VECTOR", "ValidationPass LOOPS", wide ? 1.5 : 1.2));
            for (int inputs : new int[] {50, 25}) {
                leads.add(new Lead("TrainingPass.parameterGradients " + inputs + " VECTOR",
                        "TrainingPass.parameterGradients " + inputs + " LOOPS", wide ? 3 : 2));
                leads.add(new Lead("TrainingPass.forward " + inputs + " VECTOR",
                        "TrainingPass.forward " + inputs + " LOOPS", wide ? 1.6 : 1.2));
            }
        }
        return leads;
    }

    /** Exit status 1 when a lead is lost. */
    public static void main(String[] args) throws RunnerException {
        Map<String, Double> times = new TreeMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (RunResult result : new Runner(options()).run()) {
                times.merge(Benchmarks.label(result), median(result), Math::min);
            }
        }
        int vectorBits = FloatVector.SPECIES_PREFERRED.vectorBitSize();
        System.out.printf(Locale.ROOT, "Vectors of %d bits; microseconds a call: %s%n", vectorBits, times);
        List<Lead> leads = leads(vectorBits);
        leads.forEach(lead -> System.out.println(lead.report(times)));
        long lost = leads.stream().filter(lead -> !lead.holds(times)).count();
        System.out.printf("Performance gate: %d of %d leads kept, %d lost.%n", leads.size() - lost, leads.size(), lost);
        System.exit(lost == 0 ? 0 : 1);
    }

    private static Options options() {
        return new OptionsBuilder()
                .include("\\.(LayerProduct|ValidationPass|TrainingPass)\\.").mode(Mode.SampleTime).forks(1)
                // Compiling in the foreground: a busy machine then cannot make a warm-up too short.
                .jvmArgsPrepend("--add-modules=jdk.incubator.vector", "-Xbatch")
                .warmupIterations(2).warmupTime(TimeValue.milliseconds(500))
                .measurementIterations(3).measurementTime(TimeValue.milliseconds(300))
                .verbosity(VerboseMode.SILENT).build();
    }

    private static double median(RunResult result) {
        return result.getPrimaryResult().getStatistics().getPercentile(50);
    }
}
