package dev.regularisation.spec.rules.dropout;

import dev.regularisation.backend.Activation;
import dev.regularisation.backend.AdamStep;
import dev.regularisation.backend.Backend;
import dev.regularisation.backend.PointwiseLoss;
import dev.regularisation.backend.Tensor;
import dev.regularisation.support.ForwardingBackend;

/** Counts the floating-point operations of a run: two for each fused multiply-add of a product, one for each other. */
final class Counting extends ForwardingBackend {

    /** Operations on each element in {@link Backend#adam}, as its description writes them; an fma counts two. */
    private static final int ADAM = 13;

    private long products;
    private long elementWise;

    Counting(Backend to) {
        super(to);
    }

    /** Operations in matrix products. */
    long products() {
        return products;
    }

    /** All others. */
    long elementWise() {
        return elementWise;
    }

    @Override
    public void affine(Tensor w, Tensor b, Tensor x, Tensor z) {
        products += 2L * w.size() * x.columns();
        super.affine(w, b, x, z);
    }

    @Override
    public void gemm(boolean transposeA, Tensor a, boolean transposeB, Tensor b, Tensor c) {
        products += 2L * c.size() * (transposeA ? a.rows() : a.columns());
        super.gemm(transposeA, a, transposeB, b, c);
    }

    @Override
    public void rowSums(Tensor a, Tensor sums) {
        elementWise += a.size();
        super.rowSums(a, sums);
    }

    @Override
    public void activate(Activation f, Tensor x, Tensor y) {
        elementWise += x.size();
        super.activate(f, x, y);
    }

    @Override
    public void activateBackward(Activation f, Tensor at, Tensor dy, Tensor dx) {
        elementWise += at.size();
        super.activateBackward(f, at, dy, dx);
    }

    @Override
    public void multiply(Tensor a, Tensor b, Tensor c) {
        elementWise += a.size();
        super.multiply(a, b, c);
    }

    @Override
    public double sumOfLosses(PointwiseLoss loss, Tensor p, Tensor y, double initial) {
        elementWise += 3L * p.size();
        return super.sumOfLosses(loss, p, y, initial);
    }

    @Override
    public void lossGradient(PointwiseLoss loss, double factor, Tensor p, Tensor y, Tensor dp) {
        elementWise += 2L * p.size();
        super.lossGradient(loss, factor, p, y, dp);
    }

    @Override
    public void axpy(double alpha, Tensor x, Tensor y) {
        elementWise += 2L * x.size();
        super.axpy(alpha, x, y);
    }

    @Override
    public void addSign(double alpha, Tensor x, Tensor y) {
        elementWise += 2L * x.size();
        super.addSign(alpha, x, y);
    }

    @Override
    public void scale(double alpha, Tensor x) {
        elementWise += x.size();
        super.scale(alpha, x);
    }

    @Override
    public void adam(AdamStep step, Tensor g, Tensor m, Tensor v, Tensor theta) {
        elementWise += (long) ADAM * g.size();
        super.adam(step, g, m, v, theta);
    }
}
