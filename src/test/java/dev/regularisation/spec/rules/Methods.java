package dev.regularisation.spec.rules;

import dev.regularisation.post.PostExperiment;
import dev.regularisation.post.PublishedFigures.Quantity;
import dev.regularisation.support.BackendRuns;
import dev.regularisation.training.TrainingResult;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The post's methods side by side: losses by method, at its seed and over seeds. */
public final class Methods {

    /** The six networks, which the post compares with the linear model. */
    public static final List<PostExperiment> MLPS = without(PostExperiment.LINEAR);
    /** The networks with some regularisation. */
    public static final List<PostExperiment> REGULARISED = without(PostExperiment.LINEAR, PostExperiment.MLP);

    private Methods() {
    }

    private static List<PostExperiment> without(PostExperiment... left) {
        List<PostExperiment> methods = new ArrayList<>(List.of(PostExperiment.values()));
        methods.removeAll(List.of(left));
        return List.copyOf(methods);
    }

    /** A quantity of the post's runs at a training size, on a backend. */
    public static Map<PostExperiment, Double> of(String backend, int trainSize, ToDoubleFunction<TrainingResult> quantity) {
        Map<PostExperiment, Double> values = new EnumMap<>(PostExperiment.class);
        for (PostExperiment method : PostExperiment.values()) {
            values.put(method, quantity.applyAsDouble(BackendRuns.of(backend, method, trainSize)));
        }
        return values;
    }

    /** The best validation losses of the post's runs at a training size, on a backend. */
    public static Map<PostExperiment, Double> validation(String backend, int trainSize) {
        return of(backend, trainSize, Quantity.BEST_VALIDATION_LOSS::of);
    }
}
