package dev.regularisation.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.util.Optional;

/** Points, each a symbol of the same size and opacity. */
record PointsMark(String name, Color colour, Key.Symbol symbol, double size, double opacity, double[] x, double[] y)
        implements Mark {

    private static final BasicStroke RING = new BasicStroke(2);

    @Override
    public void draw(Graphics2D g, Frame frame) {
        g.setColor(Style.fade(colour, opacity));
        for (int i = 0; i < x.length; i++) {
            double px = frame.x(x[i]);
            double py = frame.y(y[i]);
            if (!Double.isNaN(px) && !Double.isNaN(py)) {
                draw(g, symbol, px, py, size);
            }
        }
    }

    static void draw(Graphics2D g, Key.Symbol symbol, double x, double y, double size) {
        Shape circle = new Ellipse2D.Double(x - size / 2, y - size / 2, size, size);
        if (symbol == Key.Symbol.RING) {
            g.setStroke(RING);
            g.draw(circle);
        } else if (symbol == Key.Symbol.DIAMOND) {
            Path2D diamond = new Path2D.Double();
            diamond.moveTo(x - size / 2, y);
            diamond.lineTo(x, y - size / 2);
            diamond.lineTo(x + size / 2, y);
            diamond.lineTo(x, y + size / 2);
            diamond.closePath();
            g.fill(diamond);
        } else {
            g.fill(circle);
        }
    }

    @Override
    public void extend(Extent xs, Extent ys) {
        xs.addAll(x);
        ys.addAll(y);
    }

    @Override
    public Optional<Key> key() {
        return name.isEmpty() ? Optional.empty() : Optional.of(Key.symbol(name, colour, symbol));
    }
}
