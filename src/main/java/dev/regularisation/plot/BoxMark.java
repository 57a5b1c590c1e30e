package dev.regularisation.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.Optional;

/** A box from the lower to the upper quartile of a row, with a line at the median. */
record BoxMark(String name, Color colour, int row, double lower, double median, double upper) implements Mark {

    private static final double HALF_HEIGHT = 11;
    private static final double OPACITY = 0.25;
    private static final BasicStroke MEDIAN = new BasicStroke(3);

    @Override
    public void draw(Graphics2D g, Frame frame) {
        double left = frame.x(lower);
        double middle = frame.x(median);
        double right = frame.x(upper);
        double y = frame.y(row);
        if (Double.isNaN(left + middle + right)) {
            return;
        }
        Rectangle2D box = new Rectangle2D.Double(left, y - HALF_HEIGHT, right - left, 2 * HALF_HEIGHT);
        g.setColor(Style.fade(colour, OPACITY));
        g.fill(box);
        g.setColor(colour);
        g.setStroke(Style.HAIRLINE);
        g.draw(box);
        g.setStroke(MEDIAN);
        g.draw(new Line2D.Double(middle, y - HALF_HEIGHT - 3, middle, y + HALF_HEIGHT + 3));
    }

    @Override
    public void extend(Extent x, Extent y) {
        x.add(lower);
        x.add(median);
        x.add(upper);
    }

    @Override
    public Optional<Key> key() {
        return Optional.of(Key.symbol(name, Palette.GREY, Key.Symbol.BOX));
    }
}
