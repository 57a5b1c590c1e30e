package dev.regularisation.data;

import dev.regularisation.setting.Excerpt;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A CSV file of numbers, read whole: a record of column names, then a record of as many numbers for each row.
 *
 * <p>The file is UTF-8, with or without a byte order mark. Fields stand between commas and may be quoted, as RFC 4180 has
 * it; lines end in LF, CRLF or CR. Blank lines are passed over, and blanks around a name or a number are no part of it. A
 * number is decimal, such as {@code 1}, {@code -.5} or {@code 3e-4}, rounded once to double, and float32 can hold it.
 *
 * <p>Immutable. Tables are equal if their files had the same bytes, whatever the files are called.
 */
public final class Table {

    private final Path file;
    private final String sha256;
    private final List<String> columns;
    private final Map<String, Integer> indices = new HashMap<>();
    private final double[] values;
    private final int[] lines;
    private final int rows;

    /**
     * A table that was read; the arrays become its own.
     *
     * @param values rows × columns, row-major; more may follow
     * @param lines  the line of the file where each row begins; more may follow
     */
    Table(Path file, String sha256, List<String> columns, double[] values, int[] lines, int rows) {
        this.file = file;
        this.sha256 = sha256;
        this.columns = List.copyOf(columns);
        this.values = values;
        this.lines = lines;
        this.rows = rows;
        for (int c = 0; c < columns.size(); c++) {
            indices.put(columns.get(c), c);
        }
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException if it is no such table: one line that names file, line, column and remedy
     * @throws IllegalStateException    if it cannot be read, or does not fit into memory; one line, too
     */
    public static Table read(Path file) {
        return TableReader.read(file, Runtime.getRuntime().maxMemory());
    }

    /** The file, as it was named. */
    public Path file() {
        return file;
    }

    /** SHA-256 of the file's bytes, in hexadecimal. */
    public String sha256() {
        return sha256;
    }

    /** Names of the columns in the file's order, none empty and no two alike. */
    public List<String> columns() {
        return columns;
    }

    /** Number of rows, at least 1; the header is none. */
    public int rows() {
        return rows;
    }

    /** The number in a row and column, both counted from 0; finite. */
    public double value(int row, int column) {
        Objects.checkIndex(row, rows);
        return values[row * columns.size() + Objects.checkIndex(column, columns.size())];
    }

    /** The line of the file, counted from 1, where a row begins. */
    public int line(int row) {
        return lines[Objects.checkIndex(row, rows)];
    }

    /**
     * The index of a column.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public int column(String name) {
        Integer index = indices.get(name);
        if (index == null) {
            throw new IllegalArgumentException(file + ": wanted a column " + Excerpt.of(name) + ", got "
                    + Excerpt.of(columns) + "; check the name or add the column");
        }
        return index;
    }

    /** Where a number stands, as messages begin. */
    String place(int row, int column) {
        return file + ", line " + line(row) + ", column " + Excerpt.of(columns.get(column));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Table table && sha256.equals(table.sha256);
    }

    @Override
    public int hashCode() {
        return sha256.hashCode();
    }

    @Override
    public String toString() {
        return "Table[" + file + ", " + rows + " x " + columns.size() + "]";
    }
}
