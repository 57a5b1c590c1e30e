package dev.regularisation.bench;

import dev.regularisation.backend.Precision;
import dev.regularisation.backend.torch.TorchBackend;
import dev.regularisation.post.PostExperiment;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The same epochs as {@link Epoch}, on libtorch: what PyTorch's own library takes for this loop, called from Java. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TorchEpoch {

    @SuppressWarnings("UnusedVariable") // A column of the table.
    @Param("libtorch")
    private String backend;

    @Param({"MLP", "DROPOUT"})
    private PostExperiment experiment;

    /** A short run. */
    @Benchmark
    @OperationsPerInvocation(Epoch.EPOCHS)
    public Object epoch() {
        return Epoch.train(experiment, new TorchBackend(Precision.FLOAT32));
    }
}
