package dev.regularisation.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.backend.cpu.Kernel;
import dev.regularisation.data.Draws;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.experiment.PostExperiment;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a run allocates while it trains, counted by the JVM for this thread. */
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
        long once = allocated(experiment, draws, EPOCHS);
        long twice = allocated(experiment, draws, 2 * EPOCHS);

        long batches = EPOCHS * (experiment == PostExperiment.MINIBATCH ? 6L : 1L);
        assertThat((twice - once) / batches).as("bytes a batch").isLessThan(BYTES_PER_BATCH);
    }

    /** Loops, since vectors are objects until they are compiled. */
    private static long allocated(PostExperiment experiment, Draws draws, int epochs) {
        LinearProblem problem = new LinearProblem(50, 200, 20, 0.2);
        TrainingPlan plan = experiment.plan(42, 200).toBuilder().problem(problem).epochs(epochs).build();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        draws.of(problem, 42);
        long before = threads.getCurrentThreadAllocatedBytes();
        TrainingLoop.train(plan, draws, new CpuBackend(Kernel.LOOPS), Recording.LOSSES, ProgressListener.NONE);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
