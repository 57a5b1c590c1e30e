package dev.regularisation.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.util.Optional;

/** Many thin, translucent curves over the same x, that read as one cloud. */
record PathsMark(String name, Color colour, double[] x, double[][] paths) implements Mark {

    private static final BasicStroke STROKE = new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL);

    @Override
    public void draw(Graphics2D g, Frame frame) {
        g.setColor(Style.fade(colour, opacity()));
        g.setStroke(STROKE);
        double[] px = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            px[i] = frame.x(x[i]);
        }
        for (double[] values : paths) {
            Path2D path = new Path2D.Double(Path2D.WIND_NON_ZERO, x.length);
            boolean pen = false;
            for (int i = 0; i < x.length; i++) {
                double py = frame.y(values[i]);
                boolean visible = !Double.isNaN(px[i]) && !Double.isNaN(py);
                if (visible && pen) {
                    path.lineTo(px[i], py);
                } else if (visible) {
                    path.moveTo(px[i], py);
                }
                pen = visible;
            }
            g.draw(path);
        }
    }

    /** Some 50 curves are told apart one by one, some 2,000 by where they are dense. */
    private double opacity() {
        return Math.min(0.7, Math.max(0.08, 5 / Math.sqrt(paths.length + 1.0)));
    }

    @Override
    public void extend(Extent xs, Extent ys) {
        xs.addAll(x);
        for (double[] path : paths) {
            ys.addAll(path);
        }
    }

    @Override
    public Optional<Key> key() {
        return Optional.of(Key.symbol(name, colour, Key.Symbol.PATHS));
    }
}
