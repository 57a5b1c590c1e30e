package dev.regularisation.plot;

import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.Optional;

/** A reference line, from one side of the axes to the other. */
record ReferenceMark(Reference reference) implements Mark {

    @Override
    public void draw(Graphics2D g, Frame frame) {
        Rectangle2D area = frame.area();
        g.setColor(reference.colour());
        g.setStroke(Line.DASHED.stroke());
        switch (reference.direction()) {
            case VERTICAL -> {
                double x = frame.x(reference.value());
                draw(g, x, area.getMinY(), x, area.getMaxY());
            }
            case HORIZONTAL -> {
                double y = frame.y(reference.value());
                draw(g, area.getMinX(), y, area.getMaxX(), y);
            }
            case IDENTITY -> {
                double lower = frame.xAxis().getLowerBound();
                double upper = frame.xAxis().getUpperBound();
                draw(g, frame.x(lower), frame.y(lower), frame.x(upper), frame.y(upper));
            }
        }
    }

    private static void draw(Graphics2D g, double x1, double y1, double x2, double y2) {
        if (!Double.isNaN(x1 + y1 + x2 + y2)) {
            g.draw(new Line2D.Double(x1, y1, x2, y2));
        }
    }

    @Override
    public void extend(Extent x, Extent y) {
        switch (reference.direction()) {
            case VERTICAL -> x.add(reference.value());
            case HORIZONTAL -> y.add(reference.value());
            case IDENTITY -> { }
        }
    }

    @Override
    public Optional<Key> key() {
        boolean upright = reference.direction() == Reference.Direction.VERTICAL;
        Key.Symbol symbol = upright ? Key.Symbol.UPRIGHT : Key.Symbol.LINE;
        return Optional.of(new Key(reference.name(), reference.colour(), symbol, Line.DASHED));
    }
}
