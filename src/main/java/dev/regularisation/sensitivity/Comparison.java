package dev.regularisation.sensitivity;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Two records of runs side by side, without any knowledge of what was trained.
 *
 * @param one       the first
 * @param other     the second
 * @param epochs    how many epochs were compared, of any column
 * @param first     the first epoch at which they differ; of its columns the one in which they differ most
 * @param farthest  the place where they are farthest apart
 */
public record Comparison(Trajectory one, Trajectory other, long epochs, Optional<Place> first, Optional<Place> farthest) {

    /** Beyond so many units in the last place a count of them tells nothing that a relative difference does not. */
    private static final double MOST_ULPS = 1000;

    /**
     * A place where two records differ.
     *
     * @param column   the column
     * @param epoch    the epoch
     * @param one      the value of the first
     * @param other    the value of the second
     * @param distance {@link Reading#distance}
     */
    public record Place(Column column, int epoch, double one, double other, double distance) {

        /**
         * How many numbers of float32 lie between the values, counting one of them, where that says more than a relative
         * difference: where they are few, and whole.
         */
        public Optional<Double> ulps() {
            double ulps = Math.abs(one - other) / Math.ulp((float) Math.min(Math.abs(one), Math.abs(other)));
            return ulps <= MOST_ULPS ? Optional.of(ulps) : Optional.empty();
        }
    }

    /**
     * Compares two records wherever both have a reading.
     *
     * @throws IllegalArgumentException where there is no such place
     */
    public static Comparison of(Trajectory one, Trajectory other) {
        List<Column> columns = Stream.of(Column.values()).filter(column -> !one.common(column, other).isEmpty()).toList();
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("compare: wanted two records with an epoch of a column in common, got "
                    + inventory(one) + " and " + inventory(other) + "; name columns with --columns, such as "
                    + "--columns epoch=step,validation_loss=val");
        }
        List<Place> places = columns.stream().flatMap(column -> one.common(column, other).stream()
                .map(epoch -> place(column, epoch, one, other))).filter(place -> place.distance > 0).toList();
        Comparator<Place> byDistance = Comparator.comparingDouble(Place::distance);
        return new Comparison(one, other,
                columns.stream().map(column -> one.common(column, other)).flatMap(Collection::stream).distinct().count(),
                places.stream().min(Comparator.comparingInt(Place::epoch).thenComparing(byDistance.reversed())),
                places.stream().max(byDistance.thenComparing(Comparator.comparingInt(Place::epoch).reversed())));
    }

    private static Place place(Column column, int epoch, Trajectory one, Trajectory other) {
        return new Place(column, epoch, one.readings(column).get(epoch).value(), other.readings(column).get(epoch).value(),
                one.distance(column, epoch, other));
    }

    private static String inventory(Trajectory run) {
        return run + " with " + String.join(", ", run.columns().stream().map(column -> column.id() + " at epochs "
                + run.readings(column).firstKey() + " to " + run.readings(column).lastKey()).toList());
    }

    /** Whether no value differs. */
    public boolean isIdentical() {
        return first.isEmpty();
    }

    /**
     * How the distance grows from the first epoch at which the records differ to where they are farthest apart, of the column
     * that differs first; nothing where fewer than three epochs lie between.
     */
    public Optional<Growth> growth() {
        if (isIdentical()) {
            return Optional.empty();
        }
        Column column = first.orElseThrow().column();
        List<Place> places = one.common(column, other).stream().map(epoch -> place(column, epoch, one, other))
                .filter(place -> Double.isFinite(place.distance)).toList();
        Optional<Place> end = places.stream().max(Comparator.comparingDouble(Place::distance)
                .thenComparing(Comparator.comparingInt(Place::epoch).reversed()));
        int from = first.orElseThrow().epoch();
        List<Place> fitted = end.isEmpty() ? List.of() : places.stream().filter(place -> place.distance > 0
                && place.epoch >= from && place.epoch <= end.get().epoch).toList();
        return fitted.size() < Growth.LEAST_EPOCHS ? Optional.empty() : Optional.of(Growth.of(
                fitted.stream().mapToInt(Place::epoch).toArray(), fitted.stream().mapToDouble(Place::distance).toArray()));
    }
}
