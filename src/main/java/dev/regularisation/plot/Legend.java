package dev.regularisation.plot;

import java.awt.BasicStroke;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/** The legend: a band of its own across the page, as many lines as its entries need, each centred. */
final class Legend {

    private static final int LINE_HEIGHT = 28;
    private static final int SAMPLE = 34;
    /** A dash, a gap, a dash of {@link Line#DASHED}. */
    private static final double DASHES = 19;
    private static final int GAP = 9;
    private static final int BETWEEN = 26;

    private final List<List<Key>> lines = new ArrayList<>();
    private final FontMetrics metrics;
    private final double available;

    Legend(List<Key> keys, FontMetrics metrics, double available) {
        this.metrics = metrics;
        this.available = available;
        double used = Double.POSITIVE_INFINITY;
        for (Key key : keys) {
            if (used + BETWEEN + width(key) > available) {
                lines.add(new ArrayList<>());
                used = -BETWEEN;
            }
            lines.get(lines.size() - 1).add(key);
            used += BETWEEN + width(key);
        }
    }

    private double width(Key key) {
        return SAMPLE + GAP + metrics.stringWidth(key.name());
    }

    int height() {
        return lines.size() * LINE_HEIGHT;
    }

    /** Draws the band with its upper left corner there and returns what it covers. */
    Rectangle2D draw(Graphics2D g, double left, double top) {
        g.setFont(metrics.getFont());
        for (int line = 0; line < lines.size(); line++) {
            double y = Math.rint(top + (line + 0.5) * LINE_HEIGHT);
            double width = lines.get(line).stream().mapToDouble(this::width).sum()
                    + BETWEEN * (lines.get(line).size() - 1.0);
            double x = Math.rint(left + Math.max(0, (available - width) / 2));
            for (Key key : lines.get(line)) {
                sample(g, key, x, y);
                g.setColor(Style.INK);
                g.drawString(Style.fit(g, key.name(), available - SAMPLE - GAP), (float) (x + SAMPLE + GAP),
                        (float) (y + (metrics.getAscent() - metrics.getDescent()) / 2.0));
                x = Math.rint(x + width(key) + BETWEEN);
            }
        }
        return new Rectangle2D.Double(left, top, available, height());
    }

    private static void sample(Graphics2D g, Key key, double x, double y) {
        double middle = x + SAMPLE / 2.0;
        g.setColor(key.colour());
        switch (key.symbol()) {
            case LINE -> {
                // A thin line alone would not show its colour.
                g.setStroke((key.line() == Line.THIN ? Line.SOLID : key.line()).stroke());
                g.draw(new Line2D.Double(x, y, x + SAMPLE, y));
            }
            case UPRIGHT -> {
                g.setStroke(key.line().stroke());
                g.draw(new Line2D.Double(middle, y - DASHES / 2, middle, y + DASHES / 2));
            }
            case PATHS -> {
                g.setStroke(Style.HAIRLINE);
                for (int offset = -6; offset <= 6; offset += 3) {
                    g.draw(new Line2D.Double(x, y + offset / 2.0, x + SAMPLE, y + offset));
                }
            }
            case BOX -> {
                g.setColor(Style.fade(key.colour(), 0.25));
                g.fill(new Rectangle2D.Double(x, y - 7, SAMPLE, 14));
                g.setColor(key.colour());
                g.setStroke(new BasicStroke(3));
                g.draw(new Line2D.Double(middle, y - 9, middle, y + 9));
            }
            default -> PointsMark.draw(g, key.symbol(), middle, y, 11);
        }
    }
}
