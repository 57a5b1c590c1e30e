package dev.regularisation.backend.cpu;

/**
 * The rectifier and its gradient on consecutive elements. Implementations differ in speed only.
 *
 * <p>Arrays may be the same, at the same place.
 */
interface Rectifier {

    /** {@code y = x ≤ 0 ? +0 : x}, n elements of x from {@code xFrom} on into y from {@code yFrom} on. */
    void forward(float[] x, int xFrom, float[] y, int yFrom, int n);

    /** {@code dx = y ≤ 0 ? +0 : dy}. */
    void backward(float[] y, int yFrom, float[] dy, int dyFrom, float[] dx, int dxFrom, int n);
}
