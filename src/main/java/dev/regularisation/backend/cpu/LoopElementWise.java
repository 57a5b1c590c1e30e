package dev.regularisation.backend.cpu;

import java.util.Arrays;

/** Element-wise operations in plain loops. */
final class LoopElementWise implements ElementWise {

    private static final int NEGATIVE_INFINITY_BITS = Float.floatToRawIntBits(Float.NEGATIVE_INFINITY);

    @Override
    public void relu(float[] x, int xFrom, float[] y, int yFrom, int n) {
        for (int i = 0; i < n; i++) {
            y[yFrom + i] = Math.max(x[xFrom + i], 0f);
        }
    }

    @Override
    public void reluBackward(float[] y, int yFrom, float[] dy, int dyFrom, float[] dx, int dxFrom, int n) {
        for (int i = 0; i < n; i++) {
            // A choice between integers compiles to a conditional move. Between floats it would be a branch that a
            // random pattern of active units mispredicts half the time, at three times the cost of the whole loop.
            int bits = Float.floatToRawIntBits(y[yFrom + i]);
            int gradient = Float.floatToRawIntBits(dy[dyFrom + i]);
            dx[dxFrom + i] = Float.intBitsToFloat(isNotPositive(bits) ? 0 : gradient);
        }
    }

    @Override
    public void scaledRelu(float[] factor, int factorFrom, float[] y, int yFrom, int n) {
        for (int i = 0; i < n; i++) {
            y[yFrom + i] = Math.max(y[yFrom + i] * factor[factorFrom + i], 0f);
        }
    }

    @Override
    public void scaledReluBackward(
            float[] y, int yFrom, float[] factor, int factorFrom, float[] dx, int dxFrom, int n) {
        reluBackward(y, yFrom, dx, dxFrom, dx, dxFrom, n);
        for (int i = 0; i < n; i++) {
            dx[dxFrom + i] *= factor[factorFrom + i];
        }
    }

    /**
     * {@code value <= 0f} on the bits of value. Read as integers, negative NaNs lie above −∞ and below +0, every negative
     * number and −0 at or below −∞.
     */
    private static boolean isNotPositive(int bits) {
        return bits == 0 | bits <= NEGATIVE_INFINITY_BITS;
    }

    @Override
    public void sumOfColumns(float[] a, int from, int rows, int columns, float[] sums, int at) {
        Arrays.fill(sums, at, at + rows, 0f);
        for (int column = 0; column < columns; column++) {
            for (int row = 0; row < rows; row++) {
                sums[at + row] += a[from + column * rows + row];
            }
        }
    }

    @Override
    public void adam(
            Step step, float[] g, int gFrom, float[] m, int mFrom, float[] v, int vFrom, float[] theta, int at, int n) {
        float rate1 = step.rate1();
        float decay2 = step.decay2();
        float rate2 = step.rate2();
        float size = step.size();
        float scale2 = step.scale2();
        float epsilon = step.epsilon();
        for (int i = 0; i < n; i++) {
            float gradient = g[gFrom + i];
            float first = Math.fma(rate1, gradient - m[mFrom + i], m[mFrom + i]);
            float second = Math.fma(rate2 * gradient, gradient, decay2 * v[vFrom + i]);
            m[mFrom + i] = first;
            v[vFrom + i] = second;
            // The root of a float computed in double and rounded is the correctly rounded float root.
            theta[at + i] -= size * first / ((float) Math.sqrt(second) / scale2 + epsilon);
        }
    }
}
