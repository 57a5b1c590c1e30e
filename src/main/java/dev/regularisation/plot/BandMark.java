package dev.regularisation.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;

/** The area between two curves over the same x, broken where either cannot be shown. */
record BandMark(Color colour, double[] x, double[] lower, double[] upper) implements Mark {

    private static final double OPACITY = 0.2;

    @Override
    public void draw(Graphics2D g, Frame frame) {
        g.setColor(Style.fade(colour, OPACITY));
        int from = 0;
        for (int i = 0; i <= x.length; i++) {
            if (i == x.length || !visible(frame, i)) {
                fill(g, frame, from, i);
                from = i + 1;
            }
        }
    }

    private boolean visible(Frame frame, int i) {
        return !Double.isNaN(frame.x(x[i]) + frame.y(lower[i]) + frame.y(upper[i]));
    }

    private void fill(Graphics2D g, Frame frame, int from, int to) {
        if (to - from < 2) {
            return;
        }
        Path2D path = new Path2D.Double();
        path.moveTo(frame.x(x[from]), frame.y(upper[from]));
        for (int i = from + 1; i < to; i++) {
            path.lineTo(frame.x(x[i]), frame.y(upper[i]));
        }
        for (int i = to - 1; i >= from; i--) {
            path.lineTo(frame.x(x[i]), frame.y(lower[i]));
        }
        path.closePath();
        g.fill(path);
    }

    @Override
    public void extend(Extent xs, Extent ys) {
        xs.addAll(x);
        ys.addAll(lower);
        ys.addAll(upper);
    }
}
