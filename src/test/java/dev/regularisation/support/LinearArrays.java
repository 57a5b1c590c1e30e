package dev.regularisation.support;

import dev.regularisation.data.LinearData;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the linear problem draws, by the names that the reference values have. */
public final class LinearArrays {

    private LinearArrays() {
    }

    /** In the order in which they are drawn, the samples' parts side by side. */
    public static Map<String, float[]> of(LinearData data) {
        Map<String, float[]> arrays = new LinkedHashMap<>();
        arrays.put("true_weights", data.trueWeights());
        arrays.put("intercept", new float[] {data.intercept()});
        arrays.put("train_x", data.train().x());
        arrays.put("train_noise", data.trainNoise());
        arrays.put("train_y", data.train().y());
        arrays.put("validation_x", data.validation().x());
        arrays.put("validation_noise", data.validationNoise());
        arrays.put("validation_y", data.validation().y());
        return arrays;
    }
}
