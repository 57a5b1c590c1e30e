package dev.regularisation.plot;

/**
 * An axis to be drawn.
 *
 * @param title what it measures, with its unit
 * @param scale how it places values
 * @param from  a value it must reach down to; NaN where the data decide
 * @param to    a value it must reach up to; NaN where the data decide
 */
public record Axis(String title, Scale scale, double from, double to) {

    public Axis {
        if (title.isBlank()) {
            throw new IllegalArgumentException("axis: wanted a title, got none; say what it measures");
        }
        if (from > to) {
            throw new IllegalArgumentException("axis \"" + title + "\": wanted from <= to, got " + from + " and " + to);
        }
    }

    /** A linear axis, as long as the data. */
    public static Axis linear(String title) {
        return new Axis(title, Scale.LINEAR, Double.NaN, Double.NaN);
    }

    /** A logarithmic axis, as long as the data. */
    public static Axis log(String title) {
        return new Axis(title + " (log scale)", Scale.LOG, Double.NaN, Double.NaN);
    }

    /** Epochs on a logarithmic axis, with a place for epoch 0. */
    public static Axis epochs() {
        return new Axis("Epoch (log scale; 0, before training, stands at ½)", Scale.EPOCH, Double.NaN, Double.NaN);
    }

    /** This axis, reaching at least over these values. */
    public Axis covering(double from, double to) {
        return new Axis(title, scale, from, to);
    }
}
