package dev.regularisation.sensitivity;

import dev.regularisation.training.History;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a program recorded of a run: some columns, each at some epochs. Epochs are counted as ours are, epoch 0 being the network
 * before training. Immutable.
 */
public final class Trajectory {

    private final String name;
    private final Map<Column, NavigableMap<Integer, Reading>> columns;
    private final List<String> remarks;

    /**
     * A record.
     *
     * @param name    whose it is, in messages and pictures
     * @param columns at least one, none empty; copied
     * @param remarks what a reader must know of how it was read
     */
    public Trajectory(String name, Map<Column, ? extends Map<Integer, Reading>> columns, List<String> remarks) {
        this.name = name;
        this.columns = new EnumMap<>(Column.class);
        columns.forEach((column, readings) -> {
            if (readings.isEmpty()) {
                throw new IllegalArgumentException(name + ": wanted at least one value of " + column.id() + ", got none");
            }
            this.columns.put(column, Collections.unmodifiableNavigableMap(new TreeMap<>(readings)));
        });
        if (this.columns.isEmpty()) {
            throw new IllegalArgumentException(name + ": wanted at least one column, got none");
        }
        this.remarks = List.copyOf(remarks);
    }

    /** All columns of a run of ours, at every epoch. */
    public static Trajectory of(String name, History history) {
        Map<Column, Map<Integer, Reading>> columns = new EnumMap<>(Column.class);
        for (Column column : Column.values()) {
            Map<Integer, Reading> readings = new TreeMap<>();
            for (int epoch = 0; epoch <= history.epochs(); epoch++) {
                readings.put(epoch, Reading.exact(column.of(history, epoch)));
            }
            columns.put(column, readings);
        }
        return new Trajectory(name, columns, List.of());
    }

    /** Whose it is. */
    public String name() {
        return name;
    }

    /** What a reader must know of how it was read. */
    public List<String> remarks() {
        return remarks;
    }

    /** Its columns. */
    public Set<Column> columns() {
        return Collections.unmodifiableSet(columns.keySet());
    }

    /** The readings of a column by epoch; empty where it has not that column. */
    public NavigableMap<Integer, Reading> readings(Column column) {
        return columns.getOrDefault(column, Collections.emptyNavigableMap());
    }

    /** The last epoch of any column. */
    public int lastEpoch() {
        return columns.values().stream().mapToInt(NavigableMap::lastKey).max().orElseThrow();
    }

    /** The epochs at which both have a reading of a column. */
    public List<Integer> common(Column column, Trajectory other) {
        Set<Integer> epochs = new TreeSet<>(readings(column).keySet());
        epochs.retainAll(other.readings(column).keySet());
        return List.copyOf(epochs);
    }

    /** The same with every epoch counted as so many later ones. */
    public Trajectory later(int by) {
        Map<Column, Map<Integer, Reading>> moved = new EnumMap<>(Column.class);
        columns.forEach((column, readings) -> {
            Map<Integer, Reading> own = new TreeMap<>();
            readings.forEach((epoch, reading) -> own.put(epoch + by, reading));
            moved.put(column, own);
        });
        return new Trajectory(name, moved, remarks);
    }

    /** Whether another has the same columns, epochs and readings, to the last bit. */
    public boolean isSameAs(Trajectory other) {
        return columns.equals(other.columns);
    }

    /** How far two records of a column are apart at an epoch that both have. */
    double distance(Column column, int epoch, Trajectory other) {
        return readings(column).get(epoch).distance(other.readings(column).get(epoch));
    }

    @Override
    public String toString() {
        return name;
    }
}
