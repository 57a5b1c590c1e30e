package dev.regularisation.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Stroke;

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
    static final Font SUBTITLE = Fonts.plain(16);
    static final Font PANEL_TITLE = Fonts.bold(17);
    static final Font TEXT = Fonts.plain(16);
    static final Font TICKS = Fonts.plain(15);

    static final Stroke HAIRLINE = new BasicStroke(1);

    private Style() {
    }

    static void prepare(Graphics2D g) {
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    }

    /** The colour with another opacity, 0 to 1. */
    static Color fade(Color colour, double opacity) {
        return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), (int) Math.round(255 * opacity));
    }

    /** The text, its end cut where it is wider than {@code width} pixels in the font in use. */
    static String fit(Graphics2D g, String text, double width) {
        FontMetrics metrics = g.getFontMetrics();
        if (metrics.stringWidth(text) <= width) {
            return text;
        }
        int end = text.length();
        while (end > 0 && metrics.stringWidth(text.substring(0, end) + "…") > width) {
            end = text.offsetByCodePoints(end, -1);
        }
        return text.substring(0, end) + "…";
    }
}
