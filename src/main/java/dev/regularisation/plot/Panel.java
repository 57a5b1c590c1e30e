package dev.regularisation.plot;

import java.util.List;
import java.util.stream.Stream;

/**
 * One pair of axes with what is drawn inside; optional parts are null.
 *
 * @param title  stands over it
 * @param x      horizontal axis
 * @param y      vertical axis, left
 * @param marks  what is drawn on these axes, the first at the bottom
 * @param twin   a second vertical axis, right, with its own marks
 * @param rows   categories instead of a vertical axis
 * @param flag   words over the axes, at one x
 * @param square both axes span the same values over the same length
 */
record Panel(
        String title, Axis x, Axis y, List<Mark> marks, Twin twin, Rows rows, Flag flag, boolean square) {

    /** A second vertical axis and the marks on it, drawn on top. */
    record Twin(Axis axis, List<Mark> marks) {
    }

    /** Words at one x; where that is NaN, at the left. */
    record Flag(double x, String text) {
    }

    static Panel of(String title, Axis x, Axis y, List<? extends Mark> marks) {
        return new Panel(title, x, y, List.copyOf(marks), null, null, null, false);
    }

    static Panel of(String title, Axis x, Rows rows, List<? extends Mark> marks) {
        return new Panel(title, x, rows.axis(), List.copyOf(marks), null, rows, null, false);
    }

    Panel withTwin(Axis axis, List<? extends Mark> marksOnIt) {
        return new Panel(title, x, y, marks, new Twin(axis, List.copyOf(marksOnIt)), rows, flag, square);
    }

    Panel withFlag(double at, String text) {
        return new Panel(title, x, y, marks, twin, rows, new Flag(at, text), square);
    }

    Panel withEqualScales() {
        return new Panel(title, x, y, marks, twin, rows, flag, true);
    }

    Stream<Key> keys() {
        Stream<Mark> all = twin == null ? marks.stream() : Stream.concat(marks.stream(), twin.marks().stream());
        return all.flatMap(mark -> mark.key().stream());
    }
}
