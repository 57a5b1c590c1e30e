package dev.regularisation.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;

/** Sizes, fonts and shades that all pictures share. */
final class Style {

    static final int WIDTH = 1200;
    static final int MARGIN = 24;

    static final Color PAPER = Color.WHITE;
    static final Color INK = new Color(0x222222);
    static final Color FAINT_INK = new Color(0x555555);
    static final Color AXIS = new Color(0x888888);
    static final Color GRID = new Color(0xE4E4E4);
    static final Color WARNING = new Color(0xA03000);

    static final Font TITLE = Fonts.bold(25);
    static final Font TEXT = Fonts.plain(16);
    static final Font TICKS = Fonts.plain(15);

    static final BasicStroke HAIRLINE = new BasicStroke(1);

    private Style() {
    }

    /** What draws into the image, smoothly. */
    static Graphics2D graphics(BufferedImage image) {
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        return g;
    }

    /** The colour with another opacity, 0 to 1. */
    static Color fade(Color colour, double opacity) {
        return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), (int) Math.round(255 * opacity));
    }

    /** A circle round the origin. */
    static Shape circle(double diameter) {
        return new Ellipse2D.Double(-diameter / 2, -diameter / 2, diameter, diameter);
    }

    /** The text, its end cut where it is wider than {@code width} pixels in the usual font. */
    static String fit(String text, double width) {
        FontRenderContext context = new FontRenderContext(null, true, true);
        String cut = text;
        for (int end = text.length(); end > 0 && TEXT.getStringBounds(cut, context).getWidth() > width;) {
            end = text.offsetByCodePoints(end, -1);
            cut = text.substring(0, end) + "…";
        }
        return cut;
    }
}
