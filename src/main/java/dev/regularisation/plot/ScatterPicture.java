package dev.regularisation.plot;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Clouds of points over one pair of axes, with reference lines and curves.
 *
 * @param title       one line
 * @param subtitle    one line: where the data come from
 * @param x           horizontal axis
 * @param y           vertical axis
 * @param clouds      at least one; the first is drawn first
 * @param curves      what the points should lie on, say; under them
 * @param references  lines for orientation
 * @param equalScales whether both axes show the same range over the same length; wants two axes of one scale
 */
public record ScatterPicture(String title, String subtitle, Axis x, Axis y, List<Cloud> clouds, List<Curve> curves,
        List<Reference> references, boolean equalScales) {

    private static final int HEIGHT = 640;

    /**
     * Points of one kind.
     *
     * @param name   its label
     * @param colour its colour
     * @param x      n, copied
     * @param y      n, copied
     */
    public record Cloud(String name, Color colour, double[] x, double[] y) {

        public Cloud {
            Texts.requireSameLength("points \"" + name + "\"", x, y);
            x = x.clone();
            y = y.clone();
        }

        private PointsMark mark() {
            double opacity = Math.min(0.9, Math.max(0.25, 15 / Math.sqrt(x.length + 1.0)));
            return new PointsMark(name, colour, Key.Symbol.DOT, x.length <= 200 ? 8 : 5, opacity, x, y);
        }

        private long shown(Axis xAxis, Axis yAxis) {
            return IntStream.range(0, x.length)
                    .filter(i -> !Double.isNaN(xAxis.scale().place(x[i]) + yAxis.scale().place(y[i]))).count();
        }
    }

    public ScatterPicture {
        Texts.requireSome("cloud of points", clouds);
        clouds = List.copyOf(clouds);
        curves = List.copyOf(curves);
        references = List.copyOf(references);
        if (equalScales && x.scale() != y.scale()) {
            throw new IllegalArgumentException("scatter: equal scales want two axes of one scale, got " + x.scale()
                    + " and " + y.scale());
        }
    }

    /** Draws it. */
    public Picture picture() {
        List<Mark> marks = new ArrayList<>();
        references.forEach(reference -> marks.add(new ReferenceMark(reference)));
        curves.forEach(c -> marks.add(new LineMark(c.name(), c.colour(), c.line(), c.x(), c.y())));
        clouds.forEach(cloud -> marks.add(cloud.mark()));
        Panel panel = Panel.of("", x, y, marks);
        return new Page(title, subtitle, notes(),
                List.of(Page.Row.of(HEIGHT, equalScales ? panel.withEqualScales() : panel))).draw(altText());
    }

    private List<String> notes() {
        return clouds.stream().filter(cloud -> cloud.shown(x, y) < cloud.x().length)
                .map(cloud -> cloud.name() + ": " + Numbers.count(cloud.x().length - cloud.shown(x, y)) + " of "
                        + Numbers.count(cloud.x().length) + " points have no place on these axes.").toList();
    }

    private String altText() {
        return title + ". " + y.title() + " against " + x.title() + ": "
                + clouds.stream().map(cloud -> Numbers.count(cloud.shown(x, y)) + " points of " + cloud.name())
                        .collect(Collectors.joining(", ")) + "."
                + curves.stream().map(curve -> " Curve: " + curve.name() + ".").collect(Collectors.joining())
                + references.stream().map(r -> " Reference line: " + r.name() + ".").collect(Collectors.joining())
                + Texts.sentences(notes());
    }
}
