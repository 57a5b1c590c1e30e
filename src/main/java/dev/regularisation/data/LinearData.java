package dev.regularisation.data;

/**
 * One draw of a {@link LinearProblem}.
 *
 * @param trueWeights     the weights w of the true model, d
 * @param intercept       its intercept b
 * @param train           the training samples
 * @param validation      the validation samples
 * @param trainNoise      what was added to the true model's answers to give the training labels
 * @param validationNoise the same for the validation labels
 */
public record LinearData(float[] trueWeights, float intercept, Samples train, Samples validation, float[] trainNoise,
        float[] validationNoise) implements Dataset {

    public LinearData {
        requireOneEach("training", train, trainNoise);
        requireOneEach("validation", validation, validationNoise);
    }

    private static void requireOneEach(String which, Samples samples, float[] noise) {
        if (noise.length != samples.size()) {
            throw new IllegalArgumentException(which + " noise: wanted " + samples.size() + " terms, one for each sample, got "
                    + noise.length);
        }
    }
}
