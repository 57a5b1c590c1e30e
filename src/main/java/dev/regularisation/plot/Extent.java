package dev.regularisation.plot;

import org.jfree.data.Range;

/** Gathers the values that an axis must show. */
final class Extent {

    /** Share of the axis left free at either end. */
    private static final double PADDING = 0.04;
    /** The least room at either end of a logarithmic axis; it keeps the ends apart where all values are equal. */
    private static final double LEAST_FACTOR = 1.1;

    private final Scale scale;
    private double least = Double.POSITIVE_INFINITY;
    private double greatest = Double.NEGATIVE_INFINITY;

    Extent(Axis axis) {
        scale = axis.scale();
        add(axis.from());
        add(axis.to());
    }

    void add(double value) {
        double place = scale.place(value);
        if (!Double.isNaN(place)) {
            least = Math.min(least, place);
            greatest = Math.max(greatest, place);
        }
    }

    void addAll(double[] values) {
        for (double value : values) {
            add(value);
        }
    }

    boolean isEmpty() {
        return least > greatest;
    }

    /** The range of the axis, with some room at its ends. */
    Range range() {
        if (isEmpty()) {
            return scale == Scale.LINEAR ? new Range(0, 1) : new Range(0.4, 12);
        }
        if (scale == Scale.LINEAR) {
            // The second term keeps apart the ends of an axis for equal, or nearly equal, values.
            double room = Math.max(PADDING * (greatest - least), 1e-6 * Math.max(Math.abs(least), Math.abs(greatest)));
            return room == 0 ? new Range(-PADDING, 1) : new Range(least - room, greatest + room);
        }
        double factor = Math.max(Math.pow(greatest / least, PADDING), LEAST_FACTOR);
        return new Range(least / factor, greatest * factor);
    }
}
