package dev.regularisation.bench;

import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs all benchmarks in one sitting and prints ratios, which travel between machines where times do not. */
public final class Benchmarks {

    private Benchmarks() {
    }

    /** {@code args}: a pattern of benchmark names, or nothing for all. */
    public static void main(String[] args) throws RunnerException {
        OptionsBuilder options = new OptionsBuilder();
        options.include(args.length > 0 && !args[0].isEmpty() ? args[0] : "dev.regularisation.bench");
        options.jvmArgsPrepend("--add-modules=jdk.incubator.vector", "-Xmx4g");
        options.forks(1).warmupIterations(3).warmupTime(TimeValue.seconds(1)).measurementIterations(5)
                .measurementTime(TimeValue.seconds(1));
        print(new Runner(options.build()).run());
    }

    private static void print(Collection<RunResult> results) {
        double peak = results.stream().filter(r -> label(r).startsWith("FmaPeak"))
                .mapToDouble(r -> FmaPeak.FLOPS / score(r)).findFirst().orElse(Double.NaN);
        double naive = results.stream().filter(r -> label(r).contains("NAIVE"))
                .mapToDouble(Benchmarks::score).findFirst().orElse(Double.NaN);
        for (RunResult result : results) {
            String label = label(result);
            double flops = flops(result);
            System.out.printf(Locale.ROOT, "%-40s %12.1f ± %-8.1f %-6s", label, score(result),
                    result.getPrimaryResult().getScoreError(), result.getPrimaryResult().getScoreUnit());
            if (!Double.isNaN(flops)) {
                System.out.printf(Locale.ROOT, " %6.1f GFLOP/s", flops / score(result) / 1e3);
            }
            // Ratios need what they refer to, which a pattern of names may have left out.
            if (!Double.isNaN(flops) && !Double.isNaN(peak)) {
                System.out.printf(Locale.ROOT, ", %3.0f%% of FMA peak", 100 * flops / score(result) / peak);
            }
            if (label.startsWith("LayerProduct") && !Double.isNaN(naive)) {
                System.out.printf(Locale.ROOT, ", %.1f times the naive loop", naive / score(result));
            }
            System.out.println();
        }
    }

    /** Floating-point operations of the products of a call; NaN for what is not made of products. */
    private static double flops(RunResult result) {
        String label = label(result);
        if (label.startsWith("FmaPeak")) {
            return FmaPeak.FLOPS;
        }
        if (label.startsWith("LayerProduct")) {
            return LayerProduct.FLOPS;
        }
        if (label.startsWith("ValidationPass")) {
            return ValidationPass.FLOPS;
        }
        if (label.startsWith("TrainingPass")) {
            return TrainingPass.flops(Integer.parseInt(result.getParams().getParam("inputs")));
        }
        return label.contains("Epoch") ? Epoch.FLOPS : Double.NaN;
    }

    /** Microseconds a call, or milliseconds of a single shot. */
    private static double score(RunResult result) {
        return result.getPrimaryResult().getScore();
    }

    /** Class and parameters, such as {@code LayerProduct VECTOR}. */
    static String label(RunResult result) {
        String name = result.getParams().getBenchmark();
        String method = name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1);
        StringBuilder label = new StringBuilder(method.startsWith("TrainingPass")
                ? method : method.substring(0, method.indexOf('.')));
        for (String key : result.getParams().getParamsKeys()) {
            label.append(' ').append(result.getParams().getParam(key));
        }
        return label.toString();
    }
}
