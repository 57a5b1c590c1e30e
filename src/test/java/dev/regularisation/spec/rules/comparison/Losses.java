package dev.regularisation.spec.rules.comparison;

import dev.regularisation.post.PostExperiment;
import dev.regularisation.post.PublishedFigures.Quantity;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.StudyRows;
import dev.regularisation.spec.rules.Methods;
import dev.regularisation.study.Measure;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The least training loss and the least validation loss of each method, of whatever epochs, as the post's last figure sets
 * them side by side.
 *
 * @param train      as recorded in training, in the case of dropout with units missing
 * @param validation in evaluation mode
 */
public record Losses(Map<PostExperiment, Double> train, Map<PostExperiment, Double> validation) {

    public Losses {
        train = Map.copyOf(train);
        validation = Map.copyOf(validation);
    }

    /** Those of the post's seed. */
    public static Losses of(Runs runs, int trainSize) {
        return new Losses(Methods.of(runs.backend(), trainSize, Quantity.BEST_TRAIN_LOSS::of),
                Methods.validation(runs.backend(), trainSize));
    }

    /** Those of each other seed. */
    public static List<Losses> ofSeeds(StudyRows rows) {
        Map<PostExperiment, double[]> trains = new EnumMap<>(PostExperiment.class);
        Map<PostExperiment, double[]> validations = new EnumMap<>(PostExperiment.class);
        for (PostExperiment method : PostExperiment.values()) {
            trains.put(method, rows.of(method, Measure.BEST_TRAIN_LOSS));
            validations.put(method, rows.bestValidationLosses(method));
        }
        return IntStream.range(0, rows.seeds().size()).mapToObj(place -> new Losses(at(trains, place), at(validations, place)))
                .toList();
    }

    private static Map<PostExperiment, Double> at(Map<PostExperiment, double[]> losses, int place) {
        Map<PostExperiment, Double> own = new EnumMap<>(PostExperiment.class);
        losses.forEach((method, all) -> own.put(method, all[place]));
        return own;
    }

    /** The same with other losses of one method. */
    public Losses with(PostExperiment method, double ownTrain, double ownValidation) {
        Map<PostExperiment, Double> otherTrain = new EnumMap<>(train);
        otherTrain.put(method, ownTrain);
        Map<PostExperiment, Double> otherValidation = new EnumMap<>(validation);
        otherValidation.put(method, ownValidation);
        return new Losses(otherTrain, otherValidation);
    }

    /** The same with training and validation exchanged. */
    public Losses exchanged() {
        return new Losses(/* train= */ validation, /* validation= */ train);
    }

    /** Training losses of methods as multiples of the linear model's. */
    public double[] trainOverLinear(List<PostExperiment> methods) {
        return over(train, methods);
    }

    /** Validation losses of methods as multiples of the linear model's. */
    public double[] validationOverLinear(List<PostExperiment> methods) {
        return over(validation, methods);
    }

    private static double[] over(Map<PostExperiment, Double> losses, List<PostExperiment> methods) {
        return methods.stream().mapToDouble(method -> losses.get(method) / losses.get(PostExperiment.LINEAR)).toArray();
    }

    /** Validation minus training loss. */
    public double gap(PostExperiment method) {
        return validation.get(method) - train.get(method);
    }
}
