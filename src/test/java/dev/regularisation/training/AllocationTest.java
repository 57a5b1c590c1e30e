package dev.regularisation.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.regularisation.backend.Backend;
import dev.regularisation.backend.PointwiseLoss;
import dev.regularisation.backend.Tensor;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.backend.cpu.Kernel;
import dev.regularisation.data.Draws;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.random.Streams;
import dev.regularisation.support.ForwardingBackend;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a run allocates while it trains, in loops, since vectors are objects until compiled; counted by the JVM for this thread. */
class AllocationTest {

    private static final int EPOCHS = 50;
    /**
     * Small objects of an epoch, where the compiler has not yet removed them: factors of the optimiser's steps, arguments of
     * shape checks, 40 bytes of history. The smallest array that a batch could need, 25 units of 32 samples, takes 3,200.
     */
    private static final long BYTES_PER_BATCH = 1_500;

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("An epoch allocates no array, whatever the method: buffers are made once and reused")
    void epochsAllocateNothing(PostExperiment experiment) {
        Draws draws = new Draws();

        assertThat(bytesPerBatch(experiment, draws, new CpuBackend(Kernel.LOOPS))).isLessThan(BYTES_PER_BATCH);
    }

    @Test
    @DisplayName("The count notices one array of 25 units and 32 samples a batch")
    void anArrayIsNoticed() {
        Backend wasteful = new ForwardingBackend(new CpuBackend(Kernel.LOOPS)) {
            @SuppressWarnings("UnusedVariable") // Kept, so that the compiler cannot spare the array.
            private float[] kept;

            @Override
            public double sumOfLosses(PointwiseLoss loss, Tensor p, Tensor y, double initial) {
                if (p.columns() == 32) {
                    kept = new float[25 * p.columns()];
                }
                return to.sumOfLosses(loss, p, y, initial);
            }
        };

        assertThat(bytesPerBatch(PostExperiment.MINIBATCH, new Draws(), wasteful)).isGreaterThan(BYTES_PER_BATCH);
    }

    /** The difference of a run and then one twice as long: what a run allocates once is no matter. */
    private static long bytesPerBatch(PostExperiment experiment, Draws draws, Backend backend) {
        // The first run in a JVM loads classes, and what that allocates would be taken off the second.
        allocated(experiment, draws, EPOCHS, backend);
        long batches = EPOCHS * (experiment == PostExperiment.MINIBATCH ? 6L : 1L);
        long once = allocated(experiment, draws, EPOCHS, backend);
        return (allocated(experiment, draws, 2 * EPOCHS, backend) - once) / batches;
    }

    private static long allocated(PostExperiment experiment, Draws draws, int epochs, Backend backend) {
        LinearProblem problem = new LinearProblem(50, 200, 20, 0.2);
        TrainingPlan plan = experiment.plan(42, 200).toBuilder().problem(problem).epochs(epochs).build();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        draws.of(problem, 42, Streams.TORCH);
        long before = threads.getCurrentThreadAllocatedBytes();
        TrainingLoop.train(plan, draws, backend, Recording.LOSSES, ProgressListener.NONE);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
