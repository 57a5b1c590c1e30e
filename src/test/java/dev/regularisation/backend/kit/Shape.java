package dev.regularisation.backend.kit;

/** A matrix to try a rule on: {@code rows × columns} values of a kind, drawn with a seed. */
public record Shape(int rows, int columns, Values values, long seed) {

    int size() {
        return rows * columns;
    }
}
