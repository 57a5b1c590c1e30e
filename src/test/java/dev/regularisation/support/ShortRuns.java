package dev.regularisation.support;

import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.backend.cpu.Kernel;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.optim.OptimiserPlan.Rule;
import dev.regularisation.training.ProgressListener;
import dev.regularisation.training.Recording;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Digests of runs that between them use every operation of a backend. As a program it prints the backend's description on
 * one line, the digests on the next, and the Java version, processor and byte order on the third.
 *
 * @param epochs  of each run
 * @param samples of validation, and of training up to 200
 */
public record ShortRuns(int epochs, int samples) {

    /** Arguments: epochs, samples, kernel; {@code ANY} for vectors where there are any, be they slower than loops. */
    public static void main(String[] arguments) {
        ShortRuns runs = new ShortRuns(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
        Kernel kernel = !arguments[2].equals("ANY") ? Kernel.valueOf(arguments[2])
                : Kernel.VECTOR.isAvailable() ? Kernel.VECTOR : Kernel.LOOPS;
        System.out.println(new CpuBackend(kernel).description());
        System.out.println(runs.digests(kernel));
        System.out.println(System.getProperty("java.runtime.version") + ' ' + System.getProperty("os.arch") + ' '
                + ByteOrder.nativeOrder());
    }

    /** Digests of the histories and of the predictions, in one line. */
    public String digests(Kernel kernel) {
        return plans().stream()
                .map(plan -> TrainingLoop.train(plan, new CpuBackend(kernel), Recording.LOSSES, ProgressListener.NONE))
                .map(run -> run.history().sha256() + ' ' + Arrays.hashCode(run.best().validationPredictions()))
                .collect(Collectors.joining(" "));
    }

    private List<TrainingPlan> plans() {
        int trainSize = Math.min(samples, 200);
        TrainingPlan plain = TrainingPlan.builder()
                .problem(new LinearProblem(50, trainSize, samples, 0.2)).epochs(epochs).build();
        return List.of(
                plain,
                plain.toBuilder().dropout(0.1).batchSize(Math.max(1, trainSize / 6 - 1)).l1(0.01).weightDecay(0.02).build(),
                plain.toBuilder().layers(50, 33, 7, 1).rule(Rule.ADAMW).weightDecay(0.1).l2(0.05).activationL1(0.02).build(),
                plain.toBuilder().layers(50, 1).rule(Rule.SGD).learningRate(0.05).weightDecay(0.01).seed(-1).build());
    }
}
