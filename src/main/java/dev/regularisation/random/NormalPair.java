package dev.regularisation.random;

/**
 * The Box–Muller transform in double, one normal at a time, as PyTorch fills tensors of fewer than sixteen elements.
 *
 * <p>From uniforms u and v come √(−2 ln(1 − v)) cos 2πu, given out at once, and √(−2 ln(1 − v)) sin 2πu, kept for the
 * next call, however much of the stream has gone by in between.
 */
final class NormalPair {
    private boolean cached;
    private double cache;

    /** The kept normal if there is one, else the first of a new pair, made of the next two double uniforms. */
    double next(TorchGenerator generator) {
        if (cached) {
            cached = false;
            return cache;
        }
        double u = generator.uniformDouble();
        double v = generator.uniformDouble();
        double radius = Math.sqrt(-2 * StrictMath.log1p(-v));
        double angle = 2 * Math.PI * u;
        cache = radius * StrictMath.sin(angle);
        cached = true;
        return radius * StrictMath.cos(angle);
    }

    /** Forgets the kept normal. */
    void clear() {
        cached = false;
    }
}
