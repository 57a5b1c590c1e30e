package dev.regularisation.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.util.Optional;

/** A curve through points, broken where a point cannot be shown; a point between two breaks becomes a dot. */
record LineMark(String name, Color colour, Line line, double[] x, double[] y) implements Mark {

    private static final double DOT = 5;

    @Override
    public void draw(Graphics2D g, Frame frame) {
        g.setColor(colour);
        g.setStroke(line.stroke());
        Path2D path = new Path2D.Double();
        int run = 0;
        for (int i = 0; i < x.length; i++) {
            double px = frame.x(x[i]);
            double py = frame.y(y[i]);
            if (Double.isNaN(px) || Double.isNaN(py)) {
                dotWhereAlone(g, path, run);
                run = 0;
            } else if (run++ == 0) {
                path.moveTo(px, py);
            } else {
                path.lineTo(px, py);
            }
        }
        dotWhereAlone(g, path, run);
        g.draw(path);
    }

    private static void dotWhereAlone(Graphics2D g, Path2D path, int run) {
        if (run == 1) {
            g.fill(new Ellipse2D.Double(path.getCurrentPoint().getX() - DOT / 2,
                    path.getCurrentPoint().getY() - DOT / 2, DOT, DOT));
        }
    }

    @Override
    public void extend(Extent xs, Extent ys) {
        xs.addAll(x);
        ys.addAll(y);
    }

    @Override
    public Optional<Key> key() {
        return Optional.of(Key.line(name, colour, line));
    }
}
