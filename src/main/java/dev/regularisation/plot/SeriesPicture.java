package dev.regularisation.plot;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jfree.chart.ui.Layer;

/**
 * Clouds of points and curves over one pair of axes, with bands and reference lines.
 *
 * @param title       one line
 * @param subtitle    where the data come from, and what a band is
 * @param x           horizontal axis
 * @param y           vertical axis
 * @param clouds      over the curves; the first is drawn first
 * @param curves      what the points should lie on, say; with the clouds, at least one series
 * @param references  lines for orientation
 * @param equalScales whether both axes show the same range over the same length; wants two axes of one scale
 */
public record SeriesPicture(String title, String subtitle, Axis x, Axis y, List<Series> clouds, List<Series> curves,
        List<ReferenceLine> references, boolean equalScales) {

    private static final int HEIGHT = 560;

    public SeriesPicture {
        Texts.requireSome("series", Stream.concat(clouds.stream(), curves.stream()).toList());
        clouds = List.copyOf(clouds);
        curves = List.copyOf(curves);
        references = List.copyOf(references);
        if (equalScales && x.scale() != y.scale()) {
            throw new IllegalArgumentException("scatter: equal scales want two axes of one scale, got " + x.scale()
                    + " and " + y.scale());
        }
    }

    /** Curves alone. */
    public static SeriesPicture ofCurves(
            String title, String subtitle, Axis x, Axis y, List<Series> curves, List<ReferenceLine> references) {
        return new SeriesPicture(title, subtitle, x, y, List.of(), curves, references, false);
    }

    /** Draws it. */
    public Picture picture() {
        Panel panel = new Panel(x, y);
        curves.forEach(panel::band);
        curves.forEach(panel::curve);
        for (Series cloud : clouds) {
            int size = cloud.x().length;
            double opacity = Math.min(0.9, Math.max(0.25, 15 / Math.sqrt(size + 1.0)));
            panel.points(cloud.name(), Style.fade(cloud.colour(), opacity), Style.circle(size <= 200 ? 8 : 5),
                    cloud.x(), cloud.y());
        }
        panel.references(references, Layer.BACKGROUND);
        List<String> notes = Stream.concat(curves.stream(), clouds.stream())
                .flatMap(series -> Texts.hidden(series.name(), shown(series), series.x().length)).toList();
        return new Composition(title, List.of(subtitle), notes).draw(altText() + Texts.sentences(notes),
                equalScales ? Panel.square(panel) : new Composition.Part(panel, HEIGHT));
    }

    private long shown(Series series) {
        return IntStream.range(0, series.x().length)
                .filter(i -> !Double.isNaN(x.scale().place(series.x()[i]) + y.scale().place(series.y()[i]))).count();
    }

    private String altText() {
        Stream<String> points = clouds.stream().map(cloud -> Numbers.count(shown(cloud)) + " points of " + cloud.name());
        return title + ". " + y.title() + " against " + x.title() + ". "
                + Stream.concat(points, curves.stream().map(Series::inWords)).collect(Collectors.joining("; ")) + "."
                + Texts.references(references);
    }
}
