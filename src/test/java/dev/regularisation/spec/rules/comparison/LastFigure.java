package dev.regularisation.spec.rules.comparison;

import dev.regularisation.plot.Axis;
import dev.regularisation.plot.BarPicture;
import dev.regularisation.plot.BarPicture.Bar;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.ReferenceLine;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.post.PublishedFigures.Quantity;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.rules.Methods;
import dev.regularisation.spec.rules.Validation;
import dev.regularisation.training.TrainingResult;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The post's last figure: each network's two least losses, with the linear model's as lines; and the numbers in it. */
final class LastFigure {

    private LastFigure() {
    }

    static Picture picture(Losses losses, String subtitle) {
        List<Bar> bars = Methods.MLPS.stream().flatMap(method -> Stream.of(
                Bar.of(method.title() + ", training", Palette.TRAINING, losses.train().get(method)),
                Bar.of("validation", Palette.VALIDATION, losses.validation().get(method)))).toList();
        return new BarPicture("The two losses of each network against the linear model's", subtitle,
                Axis.linear("Least loss of all epochs").covering(0, 0), bars, List.of(
                        ReferenceLine.vertical("Linear model, training", losses.train().get(PostExperiment.LINEAR))
                                .in(Palette.TRAINING),
                        ReferenceLine.vertical("Linear model, validation", losses.validation().get(PostExperiment.LINEAR))
                                .in(Palette.VALIDATION))).picture();
    }

    /** At how many seeds a network is not below the linear model on training samples, or not above it on validation samples. */
    static String exceptions(List<Losses> seeds, List<PostExperiment> methods) {
        return methods.stream().map(method -> Document.format("%s %d", method.title(), seeds.stream().filter(seed ->
                !(seed.trainOverLinear(List.of(method))[0] < 1 && seed.validationOverLinear(List.of(method))[0] > 1)).count()))
                .collect(Collectors.joining(", "));
    }

    static List<String> header() {
        return List.of("method", "least training loss, published", "ours", "least validation loss, published", "ours",
                "training loss of the best model, all units in place", "of the last model");
    }

    static List<List<String>> rows(Runs runs) {
        return Stream.of(PostExperiment.values()).map(method -> {
            TrainingResult run = runs.of(method);
            return List.of(method.title(), Validation.printed(method, Quantity.BEST_TRAIN_LOSS),
                    Document.format("%.2g", Quantity.BEST_TRAIN_LOSS.of(run)),
                    Validation.printed(method, Quantity.BEST_VALIDATION_LOSS),
                    Document.format("%.4f", Quantity.BEST_VALIDATION_LOSS.of(run)),
                    Document.format("%.4f", run.best().fit().trainLoss()),
                            Document.format("%.4f", run.last().fit().trainLoss()));
        }).toList();
    }
}
