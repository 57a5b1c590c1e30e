package dev.regularisation.bench;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Backends;
import dev.regularisation.backend.Precision;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.backend.cpu.Kernel;
import dev.regularisation.data.Draws;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.training.ProgressListener;
import dev.regularisation.training.Recording;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * An epoch of the post's plain MLP, of its dropout run and of minibatches on each backend, a part of a run of five hundred
 * whose samples were drawn before. With the profile {@code torch} as well, {@code TorchEpoch} stands beside it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Epoch {

    static final int EPOCHS = 500;

    @Param({"cpu VECTOR", "cpu LOOPS", "nd4j"})
    private String backend;

    @Param({"MLP", "DROPOUT", "MINIBATCH"})
    private PostExperiment experiment;

    private static final Draws DRAWS = new Draws();

    /** A short run. */
    @Benchmark
    @OperationsPerInvocation(EPOCHS)
    public Object epoch() {
        return train(experiment, backend.equals("nd4j") ? Backends.named(backend).create(Precision.FLOAT32)
                : new CpuBackend(Kernel.valueOf(backend.substring("cpu ".length()))));
    }

    /** Floating-point operations of the products of an epoch of each: 39.8 million. */
    static final double FLOPS = ValidationPass.FLOPS + 2.0 * 200 * (2 * (50 * 25) + 3 * (25 * 25 + 25));

    /** Trains on a backend, closes it and returns the result. */
    static Object train(PostExperiment experiment, Backend backend) {
        TrainingPlan plan = experiment.plan(42, 200).toBuilder().epochs(EPOCHS).build();
        try (backend) {
            return TrainingLoop.train(plan, DRAWS, backend, Recording.LOSSES, ProgressListener.NONE);
        }
    }
}
