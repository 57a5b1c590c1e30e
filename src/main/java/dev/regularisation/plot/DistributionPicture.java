package dev.regularisation.plot;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jfree.chart.LegendItem;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.util.ShapeUtils;

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
        String referenceName, List<ReferenceLine> references) {

    private static final Shape MEDIAN = new Rectangle2D.Double(-1.5, -14, 3, 28);

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
    }

    public DistributionPicture {
        Texts.requireSome("group", groups);
        groups = List.copyOf(groups);
        references = List.copyOf(references);
    }

    /** Draws it. */
    public Picture picture() {
        Panel panel = Panel.ofRows(values, groups.stream().map(Group::name).toList(),
                groups.stream().map(group -> "median " + Numbers.of(Quartiles.of(group.values()).median())).toList());
        for (int row = 0; row < groups.size(); row++) {
            Group group = groups.get(row);
            Quartiles quartiles = Quartiles.of(group.values());
            panel.bar(Style.fade(group.colour(), 0.25), group.colour(), 22, row, quartiles.lower(), quartiles.upper())
                    .point("", group.colour(), MEDIAN, row, quartiles.median())
                    .points("", Style.fade(group.colour(), 0.7), Style.circle(6),
                            spread(row, group.values().length), group.values())
                    .key(new LegendItem("Quartiles and median", null, null, null, new Rectangle2D.Double(-17, -7, 34, 14),
                            Style.fade(Palette.GREY, 0.25), Style.HAIRLINE, Palette.GREY));
            if (!Double.isNaN(group.reference())) {
                panel.point(referenceName, Palette.BLACK, ShapeUtils.createDiamond(7.5f), row, group.reference());
            }
        }
        panel.references(references, Layer.BACKGROUND);
        List<String> notes = groups.stream().flatMap(group -> Texts.hidden(group.name(), Arrays.stream(group.values())
                .filter(value -> !Double.isNaN(values.scale().place(value))).count(), group.values().length)).toList();
        return new Composition(title, List.of(subtitle), notes).draw(altText() + Texts.sentences(notes), panel.rows());
    }

    /** Heights within ±0.28 of the row, by the golden ratio: even, and the same in every drawing. */
    private static double[] spread(int row, int size) {
        return IntStream.rangeClosed(1, size).mapToDouble(i -> row + 0.56 * (i * 0.6180339887498949 % 1 - 0.5)).toArray();
    }

    private String altText() {
        return title + ". " + values.title() + ", one row per category: "
                + groups.stream().map(this::inWords).collect(Collectors.joining("; ")) + "."
                + Texts.references(references);
    }

    private String inWords(Group group) {
        Quartiles quartiles = Quartiles.of(group.values());
        return group.name() + " median " + Numbers.of(quartiles.median()) + ", quartiles "
                + Numbers.of(quartiles.lower()) + " to " + Numbers.of(quartiles.upper()) + ", "
                + Numbers.count(group.values().length) + " values"
                + (Double.isNaN(group.reference()) ? "" : ", " + referenceName + " " + Numbers.of(group.reference()));
    }
}
