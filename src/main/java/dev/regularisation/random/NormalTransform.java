package dev.regularisation.random;

/**
 * The Box–Muller transform of sixteen uniforms into sixteen normals, in float32, as PyTorch fills long tensors.
 *
 * <p>For j = 0 … 7, with u = 1 − dⱼ and v = dⱼ₊₈: dⱼ ← √(−2 ln u) cos 2πv and dⱼ₊₈ ← √(−2 ln u) sin 2πv.
 */
final class NormalTransform {
    static final int BLOCK = 16;

    private static final int HALF = BLOCK / 2;
    private static final float TWO_PI = 6.2831855f;

    private NormalTransform() {
    }

    /** Transforms the 16 values that start at {@code from} in place: uniforms in [0, 1) before, normals after. */
    static void apply(float[] values, int from, Streams.Functions functions) {
        switch (functions) {
            case CEPHES -> vectorised(values, from);
            case ROUNDED -> scalar(values, from);
        }
    }

    private static void vectorised(float[] values, int from) {
        for (int j = from; j < from + HALF; j++) {
            float radius = (float) Math.sqrt(-2 * CephesFloat.log(1 - values[j]));
            float angle = TWO_PI * values[j + HALF];
            // PyTorch goes on to add the mean, 0, which turns -0 into 0; a radius of 0 (u = 1) can give either.
            values[j] = radius * CephesFloat.cos(angle) + 0f;
            values[j + HALF] = radius * CephesFloat.sin(angle) + 0f;
        }
    }

    private static void scalar(float[] values, int from) {
        for (int j = from; j < from + HALF; j++) {
            float radius = (float) Math.sqrt(-2 * RoundedFloat.log(1 - values[j]));
            // Unlike the vectorised kernel, this one multiplies by π in double.
            float angle = (float) (2 * Math.PI * values[j + HALF]);
            values[j] = radius * RoundedFloat.cos(angle) + 0f;
            values[j + HALF] = radius * RoundedFloat.sin(angle) + 0f;
        }
    }
}
