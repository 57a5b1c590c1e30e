package dev.regularisation.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;

/** A line along a row between two values. */
record SpanMark(Color colour, float width, int row, double from, double to) implements Mark {

    @Override
    public void draw(Graphics2D g, Frame frame) {
        double left = frame.x(from);
        double right = frame.x(to);
        double y = frame.y(row);
        if (!Double.isNaN(left + right)) {
            g.setColor(colour);
            g.setStroke(new BasicStroke(width));
            g.draw(new Line2D.Double(left, y, right, y));
        }
    }

    @Override
    public void extend(Extent x, Extent y) {
        x.add(from);
        x.add(to);
    }
}
