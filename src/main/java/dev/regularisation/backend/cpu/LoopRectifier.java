package dev.regularisation.backend.cpu;

/** The rectifier in plain loops. */
final class LoopRectifier implements Rectifier {

    private static final int NEGATIVE_INFINITY_BITS = Float.floatToRawIntBits(Float.NEGATIVE_INFINITY);

    @Override
    public void forward(float[] x, int xFrom, float[] y, int yFrom, int n) {
        for (int i = 0; i < n; i++) {
            y[yFrom + i] = Math.max(x[xFrom + i], 0f);
        }
    }

    @Override
    public void backward(float[] y, int yFrom, float[] dy, int dyFrom, float[] dx, int dxFrom, int n) {
        for (int i = 0; i < n; i++) {
            // A choice between integers compiles to a conditional move. Between floats it would be a branch that a
            // random pattern of active units mispredicts half the time, at three times the cost of the whole loop.
            int bits = Float.floatToRawIntBits(y[yFrom + i]);
            int gradient = Float.floatToRawIntBits(dy[dyFrom + i]);
            dx[dxFrom + i] = Float.intBitsToFloat(isNotPositive(bits) ? 0 : gradient);
        }
    }

    /**
     * {@code value <= 0f} on the bits of value. Read as integers, negative NaNs lie above −∞ and below +0, every negative
     * number and −0 at or below −∞.
     */
    private static boolean isNotPositive(int bits) {
        return bits == 0 | bits <= NEGATIVE_INFINITY_BITS;
    }
}
