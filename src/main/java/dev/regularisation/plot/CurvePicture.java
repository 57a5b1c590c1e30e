package dev.regularisation.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Curves over one pair of axes, with bands and reference lines.
 *
 * @param title      one line
 * @param subtitle   one line: where the data come from, and what a band is
 * @param x          horizontal axis
 * @param y          vertical axis
 * @param curves     at least one; the first is drawn first
 * @param references lines for orientation
 */
public record CurvePicture(
        String title, String subtitle, Axis x, Axis y, List<Curve> curves, List<Reference> references) {

    private static final int HEIGHT = 580;

    public CurvePicture {
        Texts.requireSome("curve", curves);
        curves = List.copyOf(curves);
        references = List.copyOf(references);
    }

    /** Draws it. */
    public Picture picture() {
        List<Mark> marks = new ArrayList<>();
        references.forEach(reference -> marks.add(new ReferenceMark(reference)));
        for (Curve curve : curves) {
            if (curve.lower().length > 0) {
                marks.add(new BandMark(curve.colour(), curve.x(), curve.lower(), curve.upper()));
            }
        }
        curves.forEach(c -> marks.add(new LineMark(c.name(), c.colour(), c.line(), c.x(), c.y())));
        return new Page(title, subtitle, notes(), List.of(Page.Row.of(HEIGHT, Panel.of("", x, y, marks))))
                .draw(altText());
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        for (Curve curve : curves) {
            long hidden = 0;
            for (int i = 0; i < curve.x().length; i++) {
                hidden += Double.isNaN(x.scale().place(curve.x()[i]) + y.scale().place(curve.y()[i])) ? 1 : 0;
            }
            if (hidden > 0) {
                notes.add(curve.name() + ": " + Numbers.count(hidden) + " of " + Numbers.count(curve.x().length)
                        + " points have no place on these axes.");
            }
        }
        return notes;
    }

    private String altText() {
        return title + ". " + y.title() + " against " + x.title() + ". "
                + curves.stream().map(Curve::inWords).collect(Collectors.joining("; ")) + "."
                + references.stream().map(r -> " Reference line: " + r.name() + ".").collect(Collectors.joining())
                + Texts.sentences(notes());
    }
}
