package dev.regularisation.backend;

import static java.lang.Math.fma;

/**
 * The chain of exp written a second time, from its description, with any coefficients: what a backend elsewhere would
 * write, and what can be broken on purpose.
 */
final class ExponentialChain {
    private ExponentialChain() {
    }

    static float exp(float x, float[] tail) {
        float y = x < -256 ? -256 : x > 89 ? 89 : x;
        float t = fma(y, (float) (1 / StrictMath.log(2)), 0x1.8p23f);
        int k = Float.floatToRawIntBits(t) - Float.floatToRawIntBits(0x1.8p23f);
        float n = t - 0x1.8p23f;
        float high = (float) StrictMath.log(2);
        float low = (float) (StrictMath.log(2) - high);
        float r = fma(-n, low, fma(-n, high, y));
        float p = 0;
        for (int j = tail.length - 1; j >= 0; j--) {
            p = fma(p, r, tail[j]);
        }
        float u = 1 + r;
        float v = fma(r * r, p, (1 - u) + r);
        int half = Math.floorDiv(k, 2);
        return (u + v) * Float.intBitsToFloat((Math.max(half, -127) + 127) << 23)
                * Float.intBitsToFloat((Math.max(k - half, -127) + 127) << 23);
    }

    static double exp(double x, double[] tail) {
        double y = x < -1600 ? -1600 : x > 710 ? 710 : x;
        double t = fma(y, 1 / StrictMath.log(2), 0x1.8p52);
        long k = Double.doubleToRawLongBits(t) - Double.doubleToRawLongBits(0x1.8p52);
        double n = t - 0x1.8p52;
        double r = fma(-n, 0x1.abc9e3b39803fp-56, fma(-n, StrictMath.log(2), y));
        double p = 0;
        for (int j = tail.length - 1; j >= 0; j--) {
            p = fma(p, r, tail[j]);
        }
        double u = 1 + r;
        double v = fma(r * r, p, (1 - u) + r);
        long half = Math.floorDiv(k, 2);
        return (u + v) * Double.longBitsToDouble((Math.max(half, -1023) + 1023) << 52)
                * Double.longBitsToDouble((Math.max(k - half, -1023) + 1023) << 52);
    }
}
