package dev.regularisation.spec.rules.minibatches;

import dev.regularisation.plot.Axis;
import dev.regularisation.plot.DistributionPicture;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.rules.PairedSeeds;
import dev.regularisation.support.Ensemble;
import dev.regularisation.support.Ensembles;
import dev.regularisation.support.PostRuns;
import dev.regularisation.training.TrainingPlan;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The post's network over seeds in batches of several sizes, of 200 samples: 25, 12, 6, 3 steps an epoch or 1, and 2,004
 * steps each, of 8 samples 2,000. Judged on 1,000 validation samples, for speed.
 */
enum BatchSizes {
    EIGHT("batches of 8", 8, 80),
    SIXTEEN("batches of 16", 16, 167),
    THIRTY_TWO("batches of 32", 32, 334),
    SIXTY_FOUR("batches of 64", 64, 668),
    FULL("the full batch", 0, 2004);

    /** Epochs of each size where these are equal. */
    static final int EQUAL = 167;

    private final String title;
    private final int size;
    private final int epochs;

    BatchSizes(String title, int size, int epochs) {
        this.title = title;
        this.size = size;
        this.epochs = epochs;
    }

    int epochs() {
        return epochs;
    }

    private TrainingPlan plan() {
        TrainingPlan.Builder plan = Ablation.small(PostExperiment.MLP, PostRuns.SEED).epochs(Math.max(epochs, EQUAL));
        return (size == 0 ? plan : plan.batchSize(size)).build();
    }

    /** The runs at each seed. */
    Ensemble<BatchSizes> runs() {
        return Ensembles.of("batch size " + size, Map.of(this, plan()), Ensembles.SEEDS);
    }

    /** The least validation loss of the first epochs, at each seed. */
    double[] best(int firstEpochs) {
        return runs().of(this).stream().mapToDouble(run -> Arrays.stream(run.history().validationLosses(), 0, firstEpochs + 1)
                .min().orElseThrow()).toArray();
    }

    /** Best validation losses of two sizes after so many epochs of each, at the same seeds. */
    static PairedSeeds paired(BatchSizes one, int epochs, BatchSizes other, int otherEpochs, String when) {
        return new PairedSeeds("best validation loss at equal " + when, one.title, one.best(epochs), other.title,
                other.best(otherEpochs));
    }

    static List<String> row(PairedSeeds pair) {
        return List.of(pair.candidate() + " against " + pair.baseline(), pair.quantity(),
                Document.format("%d of %d", pair.comparison().lower(), pair.comparison().count()),
                Document.format("%.4f", pair.comparison().medianDifference()), Document.format("%.2g",
                        pair.comparison().wilcoxonP()));
    }

    static Picture picture() {
        return new DistributionPicture("Best validation loss by batch size", "2,004 steps each (of 8 samples 2,000), 200 training samples",
                Axis.linear("Best validation loss").covering(0, 0), Arrays.stream(values())
                        .map(size -> DistributionPicture.Group
                        .of(size.title, Palette.series(size.ordinal()), size.best(size.epochs))).toList(), "",
                                List.of()).picture();
    }
}
