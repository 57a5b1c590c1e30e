package dev.regularisation.data;

/**
 * One draw of a {@link LinearProblem}.
 *
 * @param trueWeights the weights w of the true model, d
 * @param intercept   its intercept b
 * @param train       the training samples
 * @param validation  the validation samples
 */
public record LinearData(float[] trueWeights, float intercept, Samples train, Samples validation) {
}
