package dev.regularisation.support;

import dev.regularisation.backend.Activation;
import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Precision;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.backend.cpu.Kernel;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.nn.Architecture;
import dev.regularisation.nn.Huber;
import dev.regularisation.nn.Loss;
import dev.regularisation.optim.AdamMoments;
import dev.regularisation.optim.OptimiserPlan.UpdateRule;
import dev.regularisation.optim.Sgd;
import dev.regularisation.penalty.ActivationL1;
import dev.regularisation.penalty.Regularisers;
import dev.regularisation.penalty.Scope;
import dev.regularisation.training.ProgressListener;
import dev.regularisation.training.Recording;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import dev.regularisation.training.TrainingResult;
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

    /** A plan and the precision in which it is trained. */
    private record Run(TrainingPlan plan, Precision precision) {

        String digests(Kernel kernel) {
            Backend backend = precision == Precision.FLOAT32 ? new CpuBackend(kernel)
                    : new dev.regularisation.backend.cpu.float64.CpuBackend(kernel);
            TrainingResult result = TrainingLoop.train(plan, backend, Recording.LOSSES, ProgressListener.NONE);
            return result.history().sha256() + ' ' + Arrays.hashCode(result.best().validationPredictions());
        }
    }

    /** Digests of the histories and of the predictions, in one line. */
    public String digests(Kernel kernel) {
        return runs().stream().map(run -> run.digests(kernel)).collect(Collectors.joining(" "));
    }

    private List<Run> runs() {
        int trainSize = Math.min(samples, 200);
        int batch = Math.max(1, trainSize / 6 - 1);
        TrainingPlan plain = TrainingPlan.builder()
                .problem(new LinearProblem(50, trainSize, samples, 0.2)).epochs(epochs).build();
        TrainingPlan tanh = plain.toBuilder().set(Architecture.ACTIVATION, Activation.TANH).set(Architecture.NO_BIAS, true)
                .set(Loss.Of.SETTING, Loss.Of.HUBER).set(Huber.DELTA, 0.5)
                .rule(UpdateRule.SGD).set(Sgd.MOMENTUM, 0.9).set(Sgd.NESTEROV, true)
                .l2(0.02).set(Regularisers.SCOPE, Scope.WEIGHTS).build();
        TrainingPlan silu = plain.toBuilder().set(Architecture.ACTIVATION, Activation.SILU).dropout(0.2).batchSize(batch)
                .set(AdamMoments.BETAS, List.of(0.8, 0.99)).set(AdamMoments.EPSILON, 1e-6).build();
        return List.of(
                single(plain),
                single(plain.toBuilder().dropout(0.1).batchSize(batch).l1(0.01).weightDecay(0.02).build()),
                single(plain.toBuilder().layers(50, 33, 7, 1).rule(UpdateRule.ADAMW).weightDecay(0.1).l2(0.05)
                        .set(ActivationL1.STRENGTH, 0.02).build()),
                single(plain.toBuilder().layers(50, 1).rule(UpdateRule.SGD).learningRate(0.05).weightDecay(0.01).seed(-1).build()),
                single(tanh),
                single(silu),
                single(plain.toBuilder().layers(50, 33, 7, 1).set(Architecture.ACTIVATION, Activation.SIGMOID)
                        .set(Loss.Of.SETTING, Loss.Of.MAE).build()),
                new Run(plain.toBuilder().set(Architecture.ACTIVATION, Activation.LEAKY_RELU).batchSize(batch).build(),
                        Precision.FLOAT64),
                new Run(tanh, Precision.FLOAT64),
                new Run(silu, Precision.FLOAT64));
    }

    private static Run single(TrainingPlan plan) {
        return new Run(plan, Precision.FLOAT32);
    }
}
