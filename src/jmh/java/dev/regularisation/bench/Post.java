package dev.regularisation.bench;

import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.data.Draws;
import dev.regularisation.parallel.ParallelRuns;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.training.ProgressListener;
import dev.regularisation.training.Recording;
import dev.regularisation.training.TrainingLoop;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The post's seven runs, 8,500 epochs, training only, once the JVM is warm. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class Post {

    /** Runs at a time. */
    @Param({"1", "2"})
    private int threads;

    /** All seven. */
    @Benchmark
    public Object training() {
        Draws draws = new Draws();
        return ParallelRuns.run(List.of(PostExperiment.values()), experiment -> experiment.plan(42, 200).epochs(),
                experiment -> TrainingLoop.train(experiment.plan(42, 200), draws, new CpuBackend(), Recording.PARAMETERS,
                        ProgressListener.NONE).history().sha256(), threads);
    }
}
