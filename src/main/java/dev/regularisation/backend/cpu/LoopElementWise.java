package dev.regularisation.backend.cpu;

import dev.regularisation.backend.Activation;
import java.util.Arrays;

/** Element-wise operations in plain loops. */
final class LoopElementWise implements ElementWise {

    @Override
    public void activate(Activation f, float[] x, int xFrom, float[] y, int yFrom, int n) {
        switch (f) {
            case RELU -> relu(x, xFrom, y, yFrom, n);
            case IDENTITY -> System.arraycopy(x, xFrom, y, yFrom, n);
            default -> {
                for (int i = 0; i < n; i++) {
                    y[yFrom + i] = f.value(x[xFrom + i]);
                }
            }
        }
    }

    @Override
    public void activateBackward(
            Activation f, float[] at, int atFrom, float[] dy, int dyFrom, float[] dx, int dxFrom, int n) {
        switch (f) {
            case RELU -> reluBackward(at, atFrom, dy, dyFrom, dx, dxFrom, n);
            case IDENTITY -> System.arraycopy(dy, dyFrom, dx, dxFrom, n);
            default -> {
                for (int i = 0; i < n; i++) {
                    dx[dxFrom + i] = f.gradient(at[atFrom + i], dy[dyFrom + i]);
                }
            }
        }
    }

    @Override
    public void relu(float[] x, int xFrom, float[] y, int yFrom, int n) {
        if (x == y && xFrom == yFrom) {
            reluInPlace(y, yFrom, n);
            return;
        }
        for (int i = 0; i < n; i++) {
            y[yFrom + i] = Math.max(x[xFrom + i], 0f);
        }
    }

    /**
     * A loop of its own, in which the compiler sees that there is one array, and vectorises it. In the loop above it knows that only
     * in a JVM that has never rectified from one array to another.
     */
    private static void reluInPlace(float[] y, int from, int n) {
        for (int i = 0; i < n; i++) {
            y[from + i] = Math.max(y[from + i], 0f);
        }
    }

    /**
     * The comparison {@code y <= 0} and the choice are made on bits: between integers a choice compiles to a conditional
     * move, between numbers to a branch that a random pattern of active units mispredicts half the time, at three times the
     * cost of the whole loop. Read as integers, negative NaNs lie above −∞ and below +0, every negative number and −0 at or
     * below −∞.
     */
    @Override
    public void reluBackward(float[] y, int yFrom, float[] dy, int dyFrom, float[] dx, int dxFrom, int n) {
        var negativeInfinity = Float.floatToRawIntBits(Float.NEGATIVE_INFINITY);
        for (int i = 0; i < n; i++) {
            var output = Float.floatToRawIntBits(y[yFrom + i]);
            var gradient = Float.floatToRawIntBits(dy[dyFrom + i]);
            dx[dxFrom + i] = Float.intBitsToFloat(output == 0 | output <= negativeInfinity ? 0 : gradient);
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
            // A root taken in double and rounded to float32 is the correctly rounded one: 53 bits are enough for it.
            theta[at + i] -= size * first / (Rounding.of(Math.sqrt(second)) / scale2 + epsilon);
        }
    }
}
