package dev.regularisation.backend.cpu;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.regularisation.backend.Float32Functions;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Float32Functions} lane by lane: the same chains of the same operations under the same names, so the same bits. No
 * more than a minus sign has moved, to another factor of its product.
 *
 * <p>Each loop is one long method on purpose. The compiler inlines the Vector API whatever it costs, but methods of ours
 * only until the caller has so many nodes, which half a chain may have; and vectors that reach a method that is not inlined
 * become objects, at ten times the cost. So no loop calls a method of ours.
 *
 * <p>The methods work on whole vectors only and return how many elements these are. Sources and targets may be the same
 * array, at the same place.
 */
final class VectorFunctions {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final float[] TAIL = Float32Functions.tail();
    private static final int DEGREE = TAIL.length - 1;

    private VectorFunctions() {
    }

    /** {@code y = tanh(x)}, {@link Float32Functions#tanh}. */
    static int tanh(float[] xs, int xFrom, float[] ys, int yFrom, int n) {
        FloatVector one = FloatVector.broadcast(SPECIES, 1f);
        FloatVector two = one.add(one);
        FloatVector far = FloatVector.broadcast(SPECIES, Float32Functions.TANH_FAR);
        FloatVector log2e = FloatVector.broadcast(SPECIES, Float32Functions.LOG2_E);
        FloatVector shifter = FloatVector.broadcast(SPECIES, Float32Functions.SHIFTER);
        FloatVector minusHigh = FloatVector.broadcast(SPECIES, -Float32Functions.LN2_HIGH);
        FloatVector minusLow = FloatVector.broadcast(SPECIES, -Float32Functions.LN2_LOW);
        int whole = SPECIES.loopBound(n);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, xs, xFrom + i);
            FloatVector size = x.abs();
            FloatVector minusA = size.blend(far, size.compare(GT, far)).mul(-2f);
            FloatVector t = log2e.fma(minusA, shifter);
            FloatVector integer = t.sub(shifter);
            FloatVector r = minusLow.fma(integer, minusHigh.fma(integer, minusA));
            var k = t.reinterpretAsInts().sub(Float32Functions.SHIFTER_BITS);
            FloatVector s = k.add(Float32Functions.BIAS).lanewise(LSHL, Float32Functions.FRACTION_BITS).reinterpretAsFloats();
            FloatVector tail = FloatVector.broadcast(SPECIES, TAIL[DEGREE]);
            for (int j = DEGREE - 1; j >= 0; j--) {
                tail = tail.fma(r, FloatVector.broadcast(SPECIES, TAIL[j]));
            }
            FloatVector g = s.sub(one);
            FloatVector gLow = s.sub(g.add(one));
            FloatVector b = s.mul(r);
            FloatVector h = g.add(b);
            FloatVector v = s.fma(r.mul(r).mul(tail), g.sub(h).add(b).add(gLow));
            FloatVector z = h.add(v);
            FloatVector zLow = v.sub(z.sub(h));
            FloatVector d = two.add(z);
            FloatVector dLow = z.sub(d.sub(two)).add(zLow);
            FloatVector w = one.div(d);
            FloatVector q = z.mul(w);
            FloatVector minusQ = q.neg();
            FloatVector c = minusQ.fma(dLow, minusQ.fma(d, z)).add(zLow);
            var sign = x.reinterpretAsInts().and(Float32Functions.SIGN);
            c.fma(w, q).abs().reinterpretAsInts().or(sign).reinterpretAsFloats().intoArray(ys, yFrom + i);
        }
        return whole;
    }

    /**
     * {@code y = σ(x)}, {@link Float32Functions#sigmoid}, or {@code y = x σ(x)}, {@link Float32Functions#silu}.
     *
     * <p>−0 is not among the negative numbers here, nor need it be: with k = 0, p = 1 and pLow = 0 both choices are the same.
     *
     * @param timesInput whether there is the factor x
     */
    static int sigmoid(boolean timesInput, float[] xs, int xFrom, float[] ys, int yFrom, int n) {
        VectorMask<Float> inputs = SPECIES.maskAll(timesInput);
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector one = FloatVector.broadcast(SPECIES, 1f);
        FloatVector far = FloatVector.broadcast(SPECIES, Float32Functions.FAR);
        FloatVector minusFar = far.neg();
        FloatVector log2e = FloatVector.broadcast(SPECIES, Float32Functions.LOG2_E);
        FloatVector shifter = FloatVector.broadcast(SPECIES, Float32Functions.SHIFTER);
        FloatVector minusHigh = FloatVector.broadcast(SPECIES, -Float32Functions.LN2_HIGH);
        FloatVector minusLow = FloatVector.broadcast(SPECIES, -Float32Functions.LN2_LOW);
        int whole = SPECIES.loopBound(n);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, xs, xFrom + i);
            FloatVector near = x.blend(far, x.compare(GT, far)).blend(minusFar, x.compare(LT, minusFar));
            FloatVector minusA = near.abs().neg();
            FloatVector t = log2e.fma(minusA, shifter);
            FloatVector integer = t.sub(shifter);
            FloatVector r = minusLow.fma(integer, minusHigh.fma(integer, minusA));
            FloatVector tail = FloatVector.broadcast(SPECIES, TAIL[DEGREE]);
            for (int j = DEGREE - 1; j >= 0; j--) {
                tail = tail.fma(r, FloatVector.broadcast(SPECIES, TAIL[j]));
            }
            FloatVector u = one.add(r);
            FloatVector v = r.mul(r).fma(tail, one.sub(u).add(r));
            FloatVector p = u.add(v);
            FloatVector pLow = v.sub(p.sub(u));
            var k = t.reinterpretAsInts().sub(Float32Functions.SHIFTER_BITS);
            FloatVector s = k.max(Float32Functions.LEAST_EXPONENT).add(Float32Functions.BIAS)
                    .lanewise(LSHL, Float32Functions.FRACTION_BITS).reinterpretAsFloats();
            FloatVector e = p.mul(s);
            FloatVector d = one.add(e);
            FloatVector dLow = pLow.fma(s, e.sub(d.sub(one)));
            VectorMask<Float> negative = x.compare(LT, zero);
            FloatVector m = one.blend(p, negative);
            FloatVector mLow = zero.blend(pLow, negative);
            FloatVector w = one.div(d);
            FloatVector q = m.mul(w);
            FloatVector minusQ = q.neg();
            FloatVector c = minusQ.fma(dLow, minusQ.fma(d, m)).add(mLow).mul(w);
            FloatVector y = one.blend(x, inputs).fma(q, one.blend(near, inputs).mul(c));
            var half = k.lanewise(ASHR, 1);
            FloatVector first = half.max(-Float32Functions.BIAS).add(Float32Functions.BIAS)
                    .lanewise(LSHL, Float32Functions.FRACTION_BITS).reinterpretAsFloats();
            FloatVector second = k.sub(half).max(-Float32Functions.BIAS).add(Float32Functions.BIAS)
                    .lanewise(LSHL, Float32Functions.FRACTION_BITS).reinterpretAsFloats();
            y.blend(y.mul(first).mul(second), negative).intoArray(ys, yFrom + i);
        }
        return whole;
    }

    /** {@code dx = dy · (1 − y²)}, {@link Float32Functions#tanhDerivative}. */
    static int tanhBackward(float[] ys, int yFrom, float[] dys, int dyFrom, float[] dxs, int dxFrom, int n) {
        FloatVector one = FloatVector.broadcast(SPECIES, 1f);
        int whole = SPECIES.loopBound(n);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector y = FloatVector.fromArray(SPECIES, ys, yFrom + i);
            FloatVector.fromArray(SPECIES, dys, dyFrom + i).mul(y.neg().fma(y, one)).intoArray(dxs, dxFrom + i);
        }
        return whole;
    }

    /** {@code dx = dy · (y − y²)}, {@link Float32Functions#sigmoidDerivative}. */
    static int sigmoidBackward(float[] ys, int yFrom, float[] dys, int dyFrom, float[] dxs, int dxFrom, int n) {
        int whole = SPECIES.loopBound(n);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector y = FloatVector.fromArray(SPECIES, ys, yFrom + i);
            FloatVector.fromArray(SPECIES, dys, dyFrom + i).mul(y.neg().fma(y, y)).intoArray(dxs, dxFrom + i);
        }
        return whole;
    }

    /** {@code dx = dy · silu'(x)}, {@link Float32Functions#siluDerivative}. For −0, w and z are the same. */
    static int siluBackward(float[] xs, int xFrom, float[] dys, int dyFrom, float[] dxs, int dxFrom, int n) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector one = FloatVector.broadcast(SPECIES, 1f);
        FloatVector far = FloatVector.broadcast(SPECIES, Float32Functions.FAR);
        FloatVector minusFar = far.neg();
        FloatVector log2e = FloatVector.broadcast(SPECIES, Float32Functions.LOG2_E);
        FloatVector shifter = FloatVector.broadcast(SPECIES, Float32Functions.SHIFTER);
        FloatVector minusHigh = FloatVector.broadcast(SPECIES, -Float32Functions.LN2_HIGH);
        FloatVector minusLow = FloatVector.broadcast(SPECIES, -Float32Functions.LN2_LOW);
        int whole = SPECIES.loopBound(n);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, xs, xFrom + i);
            FloatVector near = x.blend(far, x.compare(GT, far)).blend(minusFar, x.compare(LT, minusFar));
            FloatVector minusA = near.abs().neg();
            FloatVector t = log2e.fma(minusA, shifter);
            FloatVector integer = t.sub(shifter);
            FloatVector r = minusLow.fma(integer, minusHigh.fma(integer, minusA));
            FloatVector tail = FloatVector.broadcast(SPECIES, TAIL[DEGREE]);
            for (int j = DEGREE - 1; j >= 0; j--) {
                tail = tail.fma(r, FloatVector.broadcast(SPECIES, TAIL[j]));
            }
            FloatVector u = one.add(r);
            FloatVector v = r.mul(r).fma(tail, one.sub(u).add(r));
            var k = t.reinterpretAsInts().sub(Float32Functions.SHIFTER_BITS);
            var half = k.lanewise(ASHR, 1);
            FloatVector first = half.max(-Float32Functions.BIAS).add(Float32Functions.BIAS)
                    .lanewise(LSHL, Float32Functions.FRACTION_BITS).reinterpretAsFloats();
            FloatVector second = k.sub(half).max(-Float32Functions.BIAS).add(Float32Functions.BIAS)
                    .lanewise(LSHL, Float32Functions.FRACTION_BITS).reinterpretAsFloats();
            FloatVector e = u.add(v).mul(first).mul(second);
            FloatVector w = one.div(one.add(e));
            FloatVector z = e.mul(w);
            FloatVector slope = near.mul(z).fma(w, w.blend(z, x.compare(LT, zero)));
            FloatVector.fromArray(SPECIES, dys, dyFrom + i).mul(slope).intoArray(dxs, dxFrom + i);
        }
        return whole;
    }
}
