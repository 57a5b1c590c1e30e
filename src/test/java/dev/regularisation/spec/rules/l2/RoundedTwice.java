package dev.regularisation.spec.rules.l2;

import dev.regularisation.backend.Tensor;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.support.ForwardingBackend;
import dev.regularisation.support.PostRuns;
import dev.regularisation.training.History;
import dev.regularisation.training.ProgressListener;
import dev.regularisation.training.Recording;
import dev.regularisation.training.TrainingLoop;

/**
 * {@code y + αx} with a product that is rounded before it is added, as PyTorch computes {@code gradient += l2 * parameter}; the
 * weight decay of its Adam, and ours, round once.
 */
final class RoundedTwice extends ForwardingBackend {

    private RoundedTwice() {
        super(new CpuBackend());
    }

    /** A run of the post. */
    static History train(PostExperiment experiment) {
        try (RoundedTwice backend = new RoundedTwice()) {
            return TrainingLoop.train(experiment.plan(PostRuns.SEED, PostRuns.TRAIN_SIZE), backend, Recording.LOSSES,
                    ProgressListener.NONE).history();
        }
    }

    @Override
    public void axpy(double alpha, Tensor x, Tensor y) {
        Tensor product = to.zeros(x.rows(), x.columns());
        to.axpy(alpha, x, product);
        to.axpy(1, product, y);
    }
}
