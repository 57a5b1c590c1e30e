package dev.regularisation.spec.rules.l1;

import dev.regularisation.plot.Axis;
import dev.regularisation.plot.DistributionPicture;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.post.PublishedFigures;
import dev.regularisation.post.PublishedFigures.Quantity;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.rules.Validation;
import dev.regularisation.support.Golden;
import java.util.Arrays;
import java.util.List;

/** Validation losses with L1 beside others', as its page shows them. */
final class L1Losses {

    static final PostExperiment[] METHODS = {PostExperiment.MLP, PostExperiment.L2, PostExperiment.L1};

    private L1Losses() {
    }

    /** PyTorch's best validation loss on another machine than the author's. */
    static double torch(String precision) {
        return Golden.member(Golden.member(Golden.read("training.json"), "mlp-l1 train=200 " + precision), "best_val")
                .doubleValue();
    }

    static List<String> header() {
        return List.of("best validation loss at seed 42", "published", "ours", "every printed digit agrees");
    }

    static List<List<String>> rows() {
        return Arrays.stream(METHODS).flatMap(method -> PublishedFigures.of(method).stream()
                .filter(figure -> figure.quantity() == Quantity.BEST_VALIDATION_LOSS).map(figure -> {
                    double ours = Validation.best(Runs.CPU.of(method));
                    return List.of(method.title(), figure.printed(), figure.round(ours), figure.agrees(ours) ? "yes" : "no");
                })).toList();
    }

    /** The distribution over seeds. */
    static Picture picture() {
        return new DistributionPicture("Best validation loss by penalty",
                Document.format("200 samples; points: %d seeds", Runs.CPU.seeds().seeds().size()),
                        Axis.log("Best validation loss"),
                Arrays.stream(METHODS).map(method -> new DistributionPicture.Group(method.title(), Palette.of(method),
                        Runs.CPU.seeds().bestValidationLosses(method), Validation.best(Runs.CPU.of(method)))).toList(),
                "The post's seed, 42", List.of()).picture();
    }
}
