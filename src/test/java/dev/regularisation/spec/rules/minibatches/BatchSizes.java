package dev.regularisation.spec.rules.minibatches;

import dev.regularisation.plot.Axis;
import dev.regularisation.plot.DistributionPicture;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.StudyRows;
import dev.regularisation.spec.rules.PairedSeeds;
import dev.regularisation.study.StudyRow;
import java.util.Arrays;
import java.util.List;

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

    /** Best validation losses of runs of so many epochs, at each seed. */
    double[] best(Runs runs, int wanted) {
        StudyRows rows = runs.variants("epochs=" + wanted);
        return (size == 0 ? rows.of(PostExperiment.MLP) : rows.of(PostExperiment.MINIBATCH, size)).stream()
                .mapToDouble(StudyRow::bestValidationLoss).toArray();
    }

    /** Two sizes at the same seeds and as many steps. */
    static PairedSeeds atEqualSteps(Runs runs, BatchSizes one, BatchSizes other) {
        return new PairedSeeds("best validation loss at equal steps", one.title, one.best(runs, one.epochs), other.title,
                other.best(runs, other.epochs));
    }

    /** And as many epochs. */
    static PairedSeeds atEqualEpochs(Runs runs, BatchSizes one, BatchSizes other) {
        return new PairedSeeds("best validation loss at equal epochs", one.title, one.best(runs, EQUAL), other.title,
                other.best(runs, EQUAL));
    }

    static List<String> header() {
        return List.of("sizes", "quantity", "smaller batch lower at", "mean difference, 99 % interval", "Wilcoxon's p");
    }

    static List<String> row(PairedSeeds pair) {
        return List.of(pair.candidate() + " against " + pair.baseline(), pair.quantity(),
                Document.format("%d of %d", pair.comparison().lower(), pair.comparison().count()),
                Document.format("%.3f (%.3f to %.3f)", pair.comparison().meanDifference(),
                        pair.comparison().meanInterval().from(), pair.comparison().meanInterval().to()),
                Document.format("%.2g", pair.comparison().wilcoxonP()));
    }

    static Picture picture() {
        return new DistributionPicture("Best validation loss by batch size",
                "2,004 steps each (of 8 samples 2,000), 200 training samples",
                Axis.linear("Best validation loss").covering(0, 0), Arrays.stream(values())
                        .map(size -> DistributionPicture.Group
                        .of(size.title, Palette.series(size.ordinal()), size.best(Runs.CPU, size.epochs))).toList(), "",
                                List.of()).picture();
    }
}
