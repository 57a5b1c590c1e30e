package dev.regularisation.theory;

/**
 * Why averaging models helps: the error of their mean is the mean of their errors less their disagreement, exactly and
 * on any data,
 *
 * <pre>  (f̄ − y)² = ⟨(fₖ − y)²⟩ − ⟨(fₖ − f̄)²⟩  with ⟨·⟩ the mean over models and f̄ = ⟨fₖ⟩,</pre>
 *
 * here averaged over samples. So the mean model is never worse than the models are on average, and better exactly if
 * they disagree.
 *
 * <p>Source: Krogh and Vedelsby, <i>Neural network ensembles, cross validation, and active learning</i> (NeurIPS 1994,
 * printed 1995).
 *
 * @param ensembleError mean squared error of the mean prediction
 * @param meanError     mean over models of their mean squared errors
 * @param meanAmbiguity mean over models of their mean squared distance to the mean prediction
 */
public record AmbiguityDecomposition(double ensembleError, double meanError, double meanAmbiguity) {

    public AmbiguityDecomposition {
        Checks.nonNegative(ensembleError, "ensemble error");
        Checks.nonNegative(meanError, "mean error");
        Checks.nonNegative(meanAmbiguity, "mean ambiguity");
    }

    /**
     * Computes the three terms independently of each other, so that their identity can be checked.
     *
     * @param predictions models × samples, read only
     * @param targets     one for each sample, read only
     */
    public static AmbiguityDecomposition of(double[][] predictions, double[] targets) {
        double[][] outputs = Checks.table(predictions, "predictions");
        double[] y = Checks.finite(targets, outputs[0].length, "targets");
        Checks.atLeast(1, y.length, "number of samples");
        double ensembleError = 0;
        double error = 0;
        double ambiguity = 0;
        for (int i = 0; i < y.length; i++) {
            double mean = 0;
            for (double[] output : outputs) {
                mean += output[i] / outputs.length;
            }
            ensembleError += square(mean - y[i]);
            for (double[] output : outputs) {
                error += square(output[i] - y[i]);
                ambiguity += square(output[i] - mean);
            }
        }
        double terms = (double) outputs.length * y.length;
        return new AmbiguityDecomposition(ensembleError / y.length, error / terms, ambiguity / terms);
    }

    private static double square(double value) {
        return value * value;
    }
}
