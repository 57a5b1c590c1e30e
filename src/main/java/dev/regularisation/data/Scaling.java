package dev.regularisation.data;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How a number of a table becomes an input: (x − mean)/deviation of its feature, in double, rounded once to float32.
 *
 * @param mean      what is subtracted from each feature, d, finite
 * @param deviation what it is then divided by, d, positive and finite
 */
public record Scaling(double[] mean, double[] deviation) {

    public Scaling {
        if (mean.length != deviation.length) {
            throw new IllegalArgumentException("scaling: wanted a mean and a deviation for each feature, got " + mean.length
                    + " means and " + deviation.length + " deviations");
        }
        for (int i = 0; i < mean.length; i++) {
            if (!(Math.abs(mean[i]) < Double.POSITIVE_INFINITY && deviation[i] > 0
                    && deviation[i] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("scaling: wanted a finite mean and a positive, finite deviation, got "
                        + mean[i] + " and " + deviation[i] + " for feature " + (i + 1));
            }
        }
    }

    /** Leaves every number as it is, but for the rounding to float32: means of 0 and deviations of 1 are exact. */
    public static Scaling none(int features) {
        return new Scaling(new double[features], IntStream.range(0, features).mapToDouble(i -> 1).toArray());
    }

    /**
     * Inputs of all rows of a table. Its columns are found by name, in whatever order; those not asked for are passed over.
     *
     * @param names columns of the features, d
     * @return rows × d, row-major
     * @throws IllegalArgumentException if a column is missing, or a scaled number is beyond float32
     */
    public float[] features(Table table, List<String> names) {
        return features(table, names, IntStream.range(0, table.rows()).toArray());
    }

    /** Inputs of some rows, in their order. */
    float[] features(Table table, List<String> names, int[] rows) {
        if (names.size() != mean.length) {
            throw new IllegalArgumentException("scaling: wanted " + mean.length + " names of features, got " + names.size());
        }
        int[] columns = names.stream().mapToInt(table::column).toArray();
        float[] x = new float[Math.multiplyExact(rows.length, columns.length)];
        for (int s = 0; s < rows.length; s++) {
            for (int i = 0; i < columns.length; i++) {
                x[s * columns.length + i] = scaled(table, rows[s], columns[i], i);
            }
        }
        return x;
    }

    private float scaled(Table table, int row, int column, int feature) {
        double value = (table.value(row, column) - mean[feature]) / deviation[feature];
        if (Float.isInfinite((float) value)) {
            throw new IllegalArgumentException(table.place(row, column) + ": wanted a number that float32 can hold once "
                    + "standardised, got " + value + "; remove the row or leave out --standardise");
        }
        return (float) value;
    }
}
