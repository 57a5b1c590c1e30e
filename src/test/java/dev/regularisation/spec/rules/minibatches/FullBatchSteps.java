package dev.regularisation.spec.rules.minibatches;

import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.support.PostRuns;
import dev.regularisation.training.History;
import dev.regularisation.training.ProgressListener;
import dev.regularisation.training.Recording;
import dev.regularisation.training.TrainingLoop;

/** The plain network at the post's seed, on the full batch for as many steps as minibatches take. */
final class FullBatchSteps {

    /** Six in each of the post's 1,000 epochs. */
    private static final int STEPS = 6000;

    private FullBatchSteps() {
    }

    /** Trained once, when it is first asked for. */
    private static final class Trained {
        private static final History HISTORY = TrainingLoop.train(Ablation.small(PostExperiment.MLP, PostRuns.SEED).epochs(STEPS)
                .build(), new CpuBackend(), Recording.LOSSES, ProgressListener.NONE).history();
    }

    static History history() {
        return Trained.HISTORY;
    }
}
