package dev.regularisation.support;

import dev.regularisation.backend.Activation;
import dev.regularisation.backend.AdamStep;
import dev.regularisation.backend.Backend;
import dev.regularisation.backend.PointwiseLoss;
import dev.regularisation.backend.Precision;
import dev.regularisation.backend.Tensor;

/**
 * Hands every single operation on to another backend, so that a test can watch or change some of them; a fused one becomes
 * the single operations that it is made of.
 */
public class ForwardingBackend implements Backend {

    /** The other backend. */
    protected final Backend to;

    /** A backend that does what {@code to} does. */
    protected ForwardingBackend(Backend to) {
        this.to = to;
    }

    @Override
    public String name() {
        return to.name();
    }

    @Override
    public Precision precision() {
        return to.precision();
    }

    @Override
    public String description() {
        return to.description();
    }

    @Override
    public int preferredBlock() {
        return to.preferredBlock();
    }

    @Override
    public Tensor zeros(int rows, int columns) {
        return to.zeros(rows, columns);
    }

    @Override
    public Tensor view(Tensor parent, int offset, int rows, int columns) {
        return to.view(parent, offset, rows, columns);
    }

    @Override
    public void write(double[] values, Tensor target) {
        to.write(values, target);
    }

    @Override
    public void read(Tensor source, double[] values) {
        to.read(source, values);
    }

    @Override
    public void gatherColumns(Tensor source, int[] columns, int from, Tensor target) {
        to.gatherColumns(source, columns, from, target);
    }

    @Override
    public void affine(Tensor w, Tensor b, Tensor x, Tensor z) {
        to.affine(w, b, x, z);
    }

    @Override
    public void gemm(boolean transposeA, Tensor a, boolean transposeB, Tensor b, Tensor c) {
        to.gemm(transposeA, a, transposeB, b, c);
    }

    @Override
    public void rowSums(Tensor a, Tensor sums) {
        to.rowSums(a, sums);
    }

    @Override
    public void activate(Activation f, Tensor x, Tensor y) {
        to.activate(f, x, y);
    }

    @Override
    public void activateBackward(Activation f, Tensor at, Tensor dy, Tensor dx) {
        to.activateBackward(f, at, dy, dx);
    }

    @Override
    public void multiply(Tensor a, Tensor b, Tensor c) {
        to.multiply(a, b, c);
    }

    @Override
    public double sumOfLosses(PointwiseLoss loss, Tensor p, Tensor y, double initial) {
        return to.sumOfLosses(loss, p, y, initial);
    }

    @Override
    public void lossGradient(PointwiseLoss loss, double factor, Tensor p, Tensor y, Tensor dp) {
        to.lossGradient(loss, factor, p, y, dp);
    }

    @Override
    public void axpy(double alpha, Tensor x, Tensor y) {
        to.axpy(alpha, x, y);
    }

    @Override
    public void addSign(double alpha, Tensor x, Tensor y) {
        to.addSign(alpha, x, y);
    }

    @Override
    public void scale(double alpha, Tensor x) {
        to.scale(alpha, x);
    }

    @Override
    public void adam(AdamStep step, Tensor g, Tensor m, Tensor v, Tensor theta) {
        to.adam(step, g, m, v, theta);
    }

    @Override
    public void close() {
        to.close();
    }
}
