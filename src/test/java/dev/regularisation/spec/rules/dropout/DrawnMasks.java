package dev.regularisation.spec.rules.dropout;

import dev.regularisation.nn.Dropout;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.random.LoaderOrder;
import dev.regularisation.random.TorchGenerator;
import dev.regularisation.support.PostRuns;
import dev.regularisation.training.TrainingPlan;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Masks as a run with dropout draws them, one for each training sample and epoch, over both hidden layers.
 *
 * @param masks     in the order of drawing; bit u is set where unit u is kept
 * @param lastTenth how many of them are of the last tenth of the epochs
 */
record DrawnMasks(long[] masks, int lastTenth) {

    /** As many as the post's run draws: each epoch shuffles the samples, then draws for one layer after the other. */
    static DrawnMasks ofPost() {
        TrainingPlan plan = PostExperiment.DROPOUT.plan(PostRuns.SEED, PostRuns.TRAIN_SIZE);
        Dropout dropout = new Dropout(plan.dropout());
        TorchGenerator generator = new TorchGenerator(PostRuns.SEED);
        long[] masks = new long[plan.epochs() * PostRuns.TRAIN_SIZE];
        for (int epoch = 0; epoch < plan.epochs(); epoch++) {
            LoaderOrder.shuffledPass(generator, PostRuns.TRAIN_SIZE);
            int before = 0;
            for (int units : plan.layers().subList(1, plan.layers().size() - 1)) {
                boolean[] kept = dropout.draw(generator, PostRuns.TRAIN_SIZE, units);
                for (int i = 0; i < kept.length; i++) {
                    masks[epoch * PostRuns.TRAIN_SIZE + i / units] |= kept[i] ? 1L << before + i % units : 0;
                }
                before += units;
            }
        }
        return new DrawnMasks(masks, masks.length / 10);
    }

    /** How many of them are different. */
    int different() {
        return (int) Arrays.stream(masks).distinct().count();
    }

    /** The share of the last tenth of the epochs' masks that were never drawn before. */
    double newLate() {
        Set<Long> before = new HashSet<>();
        Arrays.stream(masks, 0, masks.length - lastTenth).forEach(before::add);
        return (double) Arrays.stream(masks, masks.length - lastTenth, masks.length).filter(before::add).count() / lastTenth;
    }

    /** The same mask in every pass. */
    DrawnMasks frozen() {
        return new DrawnMasks(Arrays.stream(masks).map(mask -> masks[0]).toArray(), lastTenth);
    }
}
