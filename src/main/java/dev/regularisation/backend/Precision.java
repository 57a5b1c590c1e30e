package dev.regularisation.backend;

/** The floating-point format in which a backend stores and computes. */
public enum Precision {
    /** IEEE 754 binary32. */
    FLOAT32(Math.scalb(1.0, -24), Float.BYTES),
    /** IEEE 754 binary64. */
    FLOAT64(Math.scalb(1.0, -53), Double.BYTES);

    private final double unitRoundoff;
    private final int bytes;

    Precision(double unitRoundoff, int bytes) {
        this.unitRoundoff = unitRoundoff;
        this.bytes = bytes;
    }

    /** The largest relative error u of one rounding to nearest: 2⁻²⁴ or 2⁻⁵³. */
    public double unitRoundoff() {
        return unitRoundoff;
    }

    /** Bytes per number. */
    public int bytes() {
        return bytes;
    }

    /** The number of this format nearest to {@code value}, as a double. */
    public double round(double value) {
        return this == FLOAT32 ? (float) value : value;
    }
}
