package dev.regularisation.backend.cpu;

import dev.regularisation.backend.Activation;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Element-wise operations on the Vector API, for loops that the compiler leaves to scalars: those from one array to
 * another, choices by sign, and Adam's divisions and roots. {@link VectorFunctions} has those of the exponential kind.
 */
final class VectorElementWise implements ElementWise {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private final ElementWise remainder = new LoopElementWise();

    @Override
    public void activate(Activation f, float[] x, int xFrom, float[] y, int yFrom, int n) {
        int done = switch (f) {
            case RELU -> {
                relu(x, xFrom, y, yFrom, n);
                yield n;
            }
            case LEAKY_RELU -> leakyRelu(x, xFrom, y, yFrom, n);
            case TANH -> VectorFunctions.tanh(x, xFrom, y, yFrom, n);
            case SIGMOID -> VectorFunctions.sigmoid(false, x, xFrom, y, yFrom, n);
            case SILU -> VectorFunctions.sigmoid(true, x, xFrom, y, yFrom, n);
            default -> 0;
        };
        remainder.activate(f, x, xFrom + done, y, yFrom + done, n - done);
    }

    @Override
    public void activateBackward(
            Activation f, float[] at, int atFrom, float[] dy, int dyFrom, float[] dx, int dxFrom, int n) {
        int done = switch (f) {
            case RELU -> {
                reluBackward(at, atFrom, dy, dyFrom, dx, dxFrom, n);
                yield n;
            }
            case LEAKY_RELU -> leakyReluBackward(at, atFrom, dy, dyFrom, dx, dxFrom, n);
            case TANH -> VectorFunctions.tanhBackward(at, atFrom, dy, dyFrom, dx, dxFrom, n);
            case SIGMOID -> VectorFunctions.sigmoidBackward(at, atFrom, dy, dyFrom, dx, dxFrom, n);
            case SILU -> VectorFunctions.siluBackward(at, atFrom, dy, dyFrom, dx, dxFrom, n);
            default -> 0;
        };
        remainder.activateBackward(f, at, atFrom + done, dy, dyFrom + done, dx, dxFrom + done, n - done);
    }

    private static int leakyRelu(float[] x, int xFrom, float[] y, int yFrom, int n) {
        int whole = SPECIES.loopBound(n);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector value = FloatVector.fromArray(SPECIES, x, xFrom + i);
            value.mul(0.01f).blend(value, value.compare(VectorOperators.GT, 0f)).intoArray(y, yFrom + i);
        }
        return whole;
    }

    private static int leakyReluBackward(
            float[] y, int yFrom, float[] dy, int dyFrom, float[] dx, int dxFrom, int n) {
        int whole = SPECIES.loopBound(n);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector output = FloatVector.fromArray(SPECIES, y, yFrom + i);
            FloatVector gradient = FloatVector.fromArray(SPECIES, dy, dyFrom + i);
            gradient.mul(0.01f).blend(gradient, output.compare(VectorOperators.GT, 0f)).intoArray(dx, dxFrom + i);
        }
        return whole;
    }

    /** In place the compiler vectorises {@code Math.max} itself, on aligned vectors; from one array to another it does not. */
    @Override
    public void relu(float[] x, int xFrom, float[] y, int yFrom, int n) {
        int whole = x == y ? 0 : SPECIES.loopBound(n);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector value = FloatVector.fromArray(SPECIES, x, xFrom + i);
            value.blend(0f, value.compare(VectorOperators.LE, 0f)).intoArray(y, yFrom + i);
        }
        remainder.relu(x, xFrom + whole, y, yFrom + whole, n - whole);
    }

    @Override
    public void scaledRelu(float[] factor, int factorFrom, float[] y, int yFrom, int n) {
        int whole = SPECIES.loopBound(n);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector value = FloatVector.fromArray(SPECIES, y, yFrom + i)
                    .mul(FloatVector.fromArray(SPECIES, factor, factorFrom + i));
            value.blend(0f, value.compare(VectorOperators.LE, 0f)).intoArray(y, yFrom + i);
        }
        remainder.scaledRelu(factor, factorFrom + whole, y, yFrom + whole, n - whole);
    }

    @Override
    public void scaledReluBackward(
            float[] y, int yFrom, float[] factor, int factorFrom, float[] dx, int dxFrom, int n) {
        int whole = SPECIES.loopBound(n);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector output = FloatVector.fromArray(SPECIES, y, yFrom + i);
            FloatVector.fromArray(SPECIES, dx, dxFrom + i).blend(0f, output.compare(VectorOperators.LE, 0f))
                    .mul(FloatVector.fromArray(SPECIES, factor, factorFrom + i)).intoArray(dx, dxFrom + i);
        }
        remainder.scaledReluBackward(
                y, yFrom + whole, factor, factorFrom + whole, dx, dxFrom + whole, n - whole);
    }

    @Override
    public void reluBackward(float[] y, int yFrom, float[] dy, int dyFrom, float[] dx, int dxFrom, int n) {
        int whole = SPECIES.loopBound(n);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector output = FloatVector.fromArray(SPECIES, y, yFrom + i);
            FloatVector gradient = FloatVector.fromArray(SPECIES, dy, dyFrom + i);
            gradient.blend(0f, output.compare(VectorOperators.LE, 0f)).intoArray(dx, dxFrom + i);
        }
        remainder.reluBackward(y, yFrom + whole, dy, dyFrom + whole, dx, dxFrom + whole, n - whole);
    }

    /** Two vectors of sums at a time, the second moved back to the last rows: two chains hide each other's latency. */
    @Override
    public void sumOfColumns(float[] a, int from, int rows, int columns, float[] sums, int at) {
        if (rows < LANES) {
            remainder.sumOfColumns(a, from, rows, columns, sums, at);
            return;
        }
        int last = rows - LANES;
        for (int row = 0; row < rows; row += 2 * LANES) {
            int first = Math.min(row, last);
            int second = Math.min(row + LANES, last);
            FloatVector sum = FloatVector.zero(SPECIES);
            FloatVector next = sum;
            for (int column = 0, source = from; column < columns; column++, source += rows) {
                sum = sum.add(FloatVector.fromArray(SPECIES, a, source + first));
                next = next.add(FloatVector.fromArray(SPECIES, a, source + second));
            }
            sum.intoArray(sums, at + first);
            next.intoArray(sums, at + second);
        }
    }

    @Override
    public void adam(
            Step step, float[] g, int gFrom, float[] m, int mFrom, float[] v, int vFrom, float[] theta, int at, int n) {
        FloatVector rate1 = FloatVector.broadcast(SPECIES, step.rate1());
        int whole = SPECIES.loopBound(n);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector gradient = FloatVector.fromArray(SPECIES, g, gFrom + i);
            FloatVector first = FloatVector.fromArray(SPECIES, m, mFrom + i);
            FloatVector second = FloatVector.fromArray(SPECIES, v, vFrom + i);
            first = rate1.fma(gradient.sub(first), first);
            second = gradient.mul(step.rate2()).fma(gradient, second.mul(step.decay2()));
            first.intoArray(m, mFrom + i);
            second.intoArray(v, vFrom + i);
            FloatVector root = second.lanewise(VectorOperators.SQRT).div(step.scale2()).add(step.epsilon());
            FloatVector.fromArray(SPECIES, theta, at + i).sub(first.mul(step.size()).div(root)).intoArray(theta, at + i);
        }
        remainder.adam(step, g, gFrom + whole, m, mFrom + whole, v, vFrom + whole, theta, at + whole, n - whole);
    }
}
