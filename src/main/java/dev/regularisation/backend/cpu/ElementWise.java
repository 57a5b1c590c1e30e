package dev.regularisation.backend.cpu;

import dev.regularisation.backend.AdamStep;

/**
 * Loops over consecutive elements that the JIT compiler vectorises badly or not at all. Implementations differ in speed
 * only: each element is its own chain of correctly rounded operations.
 *
 * <p>Sources and targets may be the same array, at the same place.
 */
interface ElementWise {

    /** {@code y = x ≤ 0 ? +0 : x}, n elements of x from {@code xFrom} on into y from {@code yFrom} on. */
    void relu(float[] x, int xFrom, float[] y, int yFrom, int n);

    /** {@code dx = y ≤ 0 ? +0 : dy}. */
    void reluBackward(float[] y, int yFrom, float[] dy, int dyFrom, float[] dx, int dxFrom, int n);

    /** {@code y = relu(factor · y)}, in place. */
    void scaledRelu(float[] factor, int factorFrom, float[] y, int yFrom, int n);

    /** {@code dx = factor · (y ≤ 0 ? +0 : dx)}, in place. */
    void scaledReluBackward(
            float[] y, int yFrom, float[] factor, int factorFrom, float[] dx, int dxFrom, int n);

    /**
     * {@code sums[r] = Σ_s a[from + s · rows + r]}, from +0 in ascending order of s: row sums of a matrix that is laid out
     * column by column.
     */
    void sumOfColumns(float[] a, int from, int rows, int columns, float[] sums, int at);

    /**
     * {@link dev.regularisation.backend.Backend#adam} on n elements.
     *
     * @param step factors, rounded to float32
     */
    void adam(Step step, float[] g, int gFrom, float[] m, int mFrom, float[] v, int vFrom, float[] theta, int at, int n);

    /** The factors of an {@link AdamStep} in float32. */
    record Step(float rate1, float decay2, float rate2, float size, float scale2, float epsilon) {

        static Step of(AdamStep step) {
            return new Step(Rounding.of(step.firstMomentRate()), Rounding.of(step.secondMomentDecay()),
                    Rounding.of(step.secondMomentRate()), Rounding.of(step.stepSize()),
                    Rounding.of(step.secondMomentScale()), Rounding.of(step.epsilon()));
        }
    }
}
