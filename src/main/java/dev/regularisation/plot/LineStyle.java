package dev.regularisation.plot;

import java.awt.BasicStroke;

/** How a line is drawn. */
public enum LineStyle {
    /** The usual line. */
    SOLID(2),
    /** For a noisy curve, or one of many. */
    THIN(1.2f),
    /** For a curve that another one covers. */
    WIDE(5f),
    /** For a curve on top of a wide one, or a second kind of curve. */
    DASHED(2, 7, 5),
    /** For what is there for orientation. */
    DOTTED(2, 2, 4);

    private final BasicStroke stroke;

    LineStyle(float width, float... dashes) {
        stroke = new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1,
                dashes.length == 0 ? null : dashes, 0);
    }

    BasicStroke stroke() {
        return stroke;
    }
}
