package dev.regularisation.backend.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Precision;
import dev.regularisation.backend.opencl.WatchedBinding.Held;
import dev.regularisation.data.Draws;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.data.Problem;
import dev.regularisation.lockstep.LockstepEngine;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.study.StudyCell;
import dev.regularisation.study.StudyListener;
import dev.regularisation.study.StudyRow;
import dev.regularisation.training.ProgressListener;
import dev.regularisation.training.Recording;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What is held of a device does not grow with epochs or runs, and is nothing when all is closed. */
@EnabledIfSystemProperty(named = "thorough", matches = "true",
        disabledReason = "only another way to call a device, or another driver, can leak")
@WhereOpenClIs
class DeviceMemoryTest {

    private static final Problem TINY = new LinearProblem(4, 8, 8, 0.2);
    private static final TrainingPlan PLAN = TrainingPlan.builder().problem(TINY).layers(4, 1).epochs(2000).build();
    /** Kernels are made when they are first run. */
    private static final int WARM = 10;

    private final WatchedBinding binding = new WatchedBinding(new Binding());
    private final OpenClDevice device = OpenClLibrary.of(() -> binding).chosen(Precision.FLOAT32, null);
    private final Set<Held> held = new LinkedHashSet<>();
    private int epochs;

    private void epochEnded(int epoch) {
        epochs = epoch;
        if (epoch >= WARM) {
            held.add(binding.held());
        }
    }

    private void requireFlat() {
        assertThat(epochs).isEqualTo(2000);
        assertThat(held).singleElement().satisfies(same -> assertThat(same.bytes()).isPositive());
        assertThat(binding.held()).isEqualTo(Held.NOTHING);
    }

    @Test
    @DisplayName("Flat over 2,000 epochs, one operation at a time, and over 100 runs, each of which leaves nothing")
    void flatOneOperationAtATime() {
        Draws draws = new Draws();
        try (Backend backend = new OpenClBackend(device, Precision.FLOAT32)) {
            TrainingLoop.train(PLAN, draws, backend, Recording.LOSSES, (epoch, trainLoss, validationLoss) -> epochEnded(epoch));
        }
        requireFlat();

        TrainingPlan brief = PLAN.toBuilder().epochs(1).build();
        for (int run = 0; run < 100; run++) {
            try (Backend backend = new OpenClBackend(device, Precision.FLOAT32)) {
                TrainingLoop.train(brief, draws, backend, Recording.LOSSES, ProgressListener.NONE);
                assertThat(binding.held().bytes()).isEqualTo(held.iterator().next().bytes());
            }
            assertThat(binding.held()).as("after run " + run).isEqualTo(Held.NOTHING);
        }
    }

    @Test
    @DisplayName("Flat over 2,000 epochs of runs that are trained together, and over 100 that are broken off, which leave nothing")
    void flatTogether() {
        List<StudyCell> cells = List.of(
                new StudyCell(PostExperiment.DROPOUT, 8, 0.1, 1), new StudyCell(PostExperiment.L1, 8, 0.01, 2));

        new LockstepEngine(device, Precision.FLOAT32, 1 << 20, 1).run(TINY, cells, new StudyListener() {
            @Override
            public void ended(StudyRow row) {
                held.add(binding.held());
            }

            @Override
            public void epochEnded(int runs, int epoch, int of) {
                DeviceMemoryTest.this.epochEnded(epoch);
            }
        });

        requireFlat();

        Set<Held> brokenOff = new LinkedHashSet<>();
        for (int run = 0; run < 100; run++) {
            assertThatThrownBy(() -> new LockstepEngine(device, Precision.FLOAT32, 1 << 20, 1).run(TINY, cells, new StudyListener() {
                @Override
                public void ended(StudyRow row) {
                    throw new AssertionError("a run that was broken off has no row");
                }

                @Override
                public void epochEnded(int runs, int epoch, int of) {
                    brokenOff.add(binding.held());
                    Thread.currentThread().interrupt();
                }
            })).isInstanceOf(CancellationException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(binding.held()).as("after run " + run).isEqualTo(Held.NOTHING);
        }
        assertThat(brokenOff).hasSize(1);
    }
}
