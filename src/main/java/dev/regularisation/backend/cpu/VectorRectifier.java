package dev.regularisation.backend.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The rectifier on the Vector API: a comparison and a blend for each vector, where the compiler makes of
 * {@code Math.max} a dozen instructions that keep NaN and −0 apart.
 */
final class VectorRectifier implements Rectifier {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private final Rectifier remainder = new LoopRectifier();

    @Override
    public void forward(float[] x, int xFrom, float[] y, int yFrom, int n) {
        int whole = SPECIES.loopBound(n);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector value = FloatVector.fromArray(SPECIES, x, xFrom + i);
            value.blend(0f, value.compare(VectorOperators.LE, 0f)).intoArray(y, yFrom + i);
        }
        remainder.forward(x, xFrom + whole, y, yFrom + whole, n - whole);
    }

    @Override
    public void backward(float[] y, int yFrom, float[] dy, int dyFrom, float[] dx, int dxFrom, int n) {
        int whole = SPECIES.loopBound(n);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector output = FloatVector.fromArray(SPECIES, y, yFrom + i);
            FloatVector gradient = FloatVector.fromArray(SPECIES, dy, dyFrom + i);
            gradient.blend(0f, output.compare(VectorOperators.LE, 0f)).intoArray(dx, dxFrom + i);
        }
        remainder.backward(y, yFrom + whole, dy, dyFrom + whole, dx, dxFrom + whole, n - whole);
    }
}
