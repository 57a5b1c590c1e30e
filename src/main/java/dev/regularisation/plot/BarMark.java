package dev.regularisation.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;

/** A bar along a row, from zero to a value. */
record BarMark(Color colour, int row, double value) implements Mark {

    private static final double THICKNESS = 22;

    @Override
    public void draw(Graphics2D g, Frame frame) {
        double from = frame.x(0);
        double to = frame.x(value);
        if (!Double.isNaN(to)) {
            g.setColor(colour);
            g.fill(new Rectangle2D.Double(
                    Math.min(from, to), frame.y(row) - THICKNESS / 2, Math.abs(to - from), THICKNESS));
        }
    }

    @Override
    public void extend(Extent x, Extent y) {
        x.add(0);
        x.add(value);
    }
}
