package dev.regularisation.plot;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Values by category, one row each: every value as a point, quartiles as a box, the median as a line, and a value to
 * compare with as a diamond. The points of a row are spread over its height only to be told apart.
 *
 * @param title         one line
 * @param subtitle      one line: where the data come from
 * @param values        the axis of the values
 * @param groups        at least one; the first on top
 * @param referenceName what the diamonds are, for the legend; empty where no group has one
 * @param references    vertical lines for orientation
 */
public record DistributionPicture(String title, String subtitle, Axis values, List<Group> groups,
        String referenceName, List<Reference> references) {

    private static final int AROUND_ROWS = 100;
    private static final int ROW_HEIGHT = 58;

    /**
     * The values of one category.
     *
     * @param name      its label
     * @param colour    its colour
     * @param values    n, copied
     * @param reference a value to compare with; NaN for none
     */
    public record Group(String name, Color colour, double[] values, double reference) {

        public Group {
            values = values.clone();
        }

        /** A group with nothing to compare with. */
        public static Group of(String name, Color colour, double... values) {
            return new Group(name, colour, values, Double.NaN);
        }

        /** This group with a value to compare with. */
        public Group comparedWith(double value) {
            return new Group(name, colour, values, value);
        }
    }

    public DistributionPicture {
        Texts.requireSome("group", groups);
        groups = List.copyOf(groups);
        references = List.copyOf(references);
    }

    /** Draws it. */
    public Picture picture() {
        List<Mark> marks = new ArrayList<>();
        references.forEach(reference -> marks.add(new ReferenceMark(reference)));
        List<String> medians = new ArrayList<>();
        for (int row = 0; row < groups.size(); row++) {
            Group group = groups.get(row);
            Quartiles quartiles = Quartiles.of(group.values());
            marks.add(new BoxMark("Quartiles and median", group.colour(), row,
                    quartiles.lower(), quartiles.median(), quartiles.upper()));
            marks.add(new PointsMark("", group.colour(), Key.Symbol.DOT, 6, 0.7, group.values(),
                    spread(row, group.values().length)));
            medians.add("median " + Numbers.of(quartiles.median()));
        }
        for (int row = 0; row < groups.size(); row++) {
            if (!Double.isNaN(groups.get(row).reference())) {
                marks.add(new PointsMark(referenceName, Palette.BLACK, Key.Symbol.DIAMOND, 15, 1,
                        new double[] {groups.get(row).reference()}, new double[] {row}));
            }
        }
        Rows rows = new Rows(groups.stream().map(Group::name).toList(), medians);
        return new Page(title, subtitle, notes(), List.of(Page.Row.of(
                AROUND_ROWS + groups.size() * ROW_HEIGHT, Panel.of("", values, rows, marks)))).draw(altText());
    }

    /** Heights within ±0.28 of the row, by the golden ratio: even, and the same in every drawing. */
    private static double[] spread(int row, int size) {
        double[] y = new double[size];
        for (int i = 0; i < size; i++) {
            double share = (i + 1) * 0.6180339887498949 % 1;
            y[i] = row + 0.56 * (share - 0.5);
        }
        return y;
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        for (Group group : groups) {
            long hidden = Arrays.stream(group.values()).filter(v -> Double.isNaN(values.scale().place(v))).count();
            if (hidden > 0) {
                notes.add(group.name() + ": " + Numbers.count(hidden) + " of " + Numbers.count(group.values().length)
                        + " values have no place on this axis.");
            }
        }
        return notes;
    }

    private String altText() {
        return title + ". " + values.title() + ", one row per category: "
                + groups.stream().map(this::inWords).collect(Collectors.joining("; ")) + "."
                + references.stream().map(r -> " Reference line: " + r.name() + ".").collect(Collectors.joining())
                + Texts.sentences(notes());
    }

    private String inWords(Group group) {
        Quartiles quartiles = Quartiles.of(group.values());
        return group.name() + " median " + Numbers.of(quartiles.median()) + ", quartiles "
                + Numbers.of(quartiles.lower()) + " to " + Numbers.of(quartiles.upper()) + ", "
                + Numbers.count(group.values().length) + " values"
                + (Double.isNaN(group.reference()) ? "" : ", " + referenceName + " " + Numbers.of(group.reference()));
    }
}
