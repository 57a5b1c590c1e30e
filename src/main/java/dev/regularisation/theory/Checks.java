package dev.regularisation.theory;

/** The refusals that every class of this package shares; NaN is refused by each of them. */
final class Checks {

    private Checks() {
    }

    static double nonNegative(double value, String name) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + ": wanted a finite number of at least 0, got " + value);
        }
        return value;
    }

    static double positive(double value, String name) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + ": wanted a finite number above 0, got " + value);
        }
        return value;
    }

    static void probability(double value, String name) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + ": wanted a number from 0 to 1, got " + value);
        }
    }

    static double finite(double value, String name) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + ": wanted a finite number, got " + value);
        }
        return value;
    }

    static int atLeast(int minimum, int value, String name) {
        if (value < minimum) {
            throw new IllegalArgumentException(name + ": wanted at least " + minimum + ", got " + value);
        }
        return value;
    }

    /** A copy of the vector, all of whose entries are finite. */
    static double[] finite(double[] vector, String name) {
        for (int i = 0; i < vector.length; i++) {
            if (!Double.isFinite(vector[i])) {
                throw new IllegalArgumentException(name + ": wanted a finite number, got " + vector[i] + " at index " + i);
            }
        }
        return vector.clone();
    }

    static double[] finite(double[] vector, int length, String name) {
        if (vector.length != length) {
            throw new IllegalArgumentException(name + ": wanted a length of " + length + ", got " + vector.length);
        }
        return finite(vector, name);
    }

    /** A deep copy of a non-empty table whose rows have one length and whose entries are finite. */
    static double[][] table(double[][] rows, String name) {
        atLeast(1, rows.length, "number of rows of " + name);
        double[][] copy = new double[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            copy[i] = finite(rows[i], rows[0].length, name + " row " + i);
        }
        return copy;
    }
}
