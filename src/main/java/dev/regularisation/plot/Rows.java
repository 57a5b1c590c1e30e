package dev.regularisation.plot;

import java.util.List;

/**
 * Categories down the side of a panel, the first on top.
 *
 * @param names what stands left of the axes
 * @param notes what stands right of them, on the same line
 */
record Rows(List<String> names, List<String> notes) {

    static final int HEIGHT = 44;

    /** The vertical axis of such a panel: row i stands at i. */
    Axis axis() {
        return new Axis("rows", Scale.LINEAR, 0, names.size() - 1.0);
    }
}
