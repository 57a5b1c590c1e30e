package dev.regularisation.plot;

import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/**
 * A whole picture: title, subtitle, notes, panels in rows, legend, each in a band of its own.
 *
 * @param title    one line
 * @param subtitle where the data come from; parts between dots, on as many lines as they need
 * @param notes    what the axes cannot show; stands out
 * @param rows     panels
 */
record Page(String title, String subtitle, List<String> notes, List<Row> rows) {

    private static final int TITLE_BASELINE = 42;
    private static final int SUBTITLE_BASELINE = 70;
    private static final int SUBTITLE_HEIGHT = 22;
    private static final int HEADER = 92;
    private static final int NOTE_HEIGHT = 24;
    private static final int GAP = 12;
    private static final int FOOTER = 18;

    /** Panels side by side, of one height, each with its share of the width. */
    record Row(int height, List<Panel> panels, double... shares) {

        static Row of(int height, Panel panel) {
            return new Row(height, List.of(panel), 1);
        }

        static Row of(int height, Panel left, Panel right) {
            return new Row(height, List.of(left, right), 0.5, 0.5);
        }
    }

    Picture draw(String altText) {
        Fonts.require();
        double width = Style.WIDTH - 2.0 * Style.MARGIN;
        List<Key> keys = rows.stream().flatMap(row -> row.panels().stream()).flatMap(Panel::keys).distinct().toList();
        Legend legend = new Legend(keys, metrics(Style.TEXT), width);
        List<String> subtitles = lines(metrics(Style.SUBTITLE), width);
        int header = HEADER + (subtitles.size() - 1) * SUBTITLE_HEIGHT + notes.size() * NOTE_HEIGHT;
        int height = header
                + rows.stream().mapToInt(row -> row.height() + GAP).sum() + legend.height() + FOOTER;
        BufferedImage image = new BufferedImage(Style.WIDTH, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        try {
            g.setColor(Style.PAPER);
            g.fillRect(0, 0, Style.WIDTH, height);
            Style.prepare(g);
            header(g, subtitles, width);
            double top = header;
            List<Rectangle2D> areas = new ArrayList<>();
            for (Row row : rows) {
                areas.addAll(draw(g, row, top, width));
                top += row.height() + GAP;
            }
            return new Picture(image, new Picture.Layout(areas, legend.draw(g, Style.MARGIN, top)), altText);
        } finally {
            g.dispose();
        }
    }

    private static FontMetrics metrics(Font font) {
        Graphics2D g = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
        Style.prepare(g);
        try {
            return g.getFontMetrics(font);
        } finally {
            g.dispose();
        }
    }

    /** The subtitle in lines that fit, broken between its parts. */
    private List<String> lines(FontMetrics metrics, double width) {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String part : subtitle.split(PlanLine.SEPARATOR)) {
            String longer = line.isEmpty() ? part : line + PlanLine.SEPARATOR + part;
            if (!line.isEmpty() && metrics.stringWidth(longer) > width) {
                lines.add(line);
                longer = part;
            }
            line = longer;
        }
        lines.add(line);
        return lines;
    }

    private void header(Graphics2D g, List<String> subtitles, double width) {
        line(g, Style.TITLE, title, TITLE_BASELINE, width);
        int baseline = SUBTITLE_BASELINE - SUBTITLE_HEIGHT;
        for (String line : subtitles) {
            baseline += SUBTITLE_HEIGHT;
            line(g, Style.SUBTITLE, line, baseline, width);
        }
        g.setColor(Style.WARNING);
        for (String note : notes) {
            baseline += NOTE_HEIGHT;
            g.drawString(Style.fit(g, note, width), Style.MARGIN, baseline);
        }
    }

    private static void line(Graphics2D g, Font font, String text, int baseline, double width) {
        g.setFont(font);
        g.setColor(font == Style.TITLE ? Style.INK : Style.FAINT_INK);
        g.drawString(Style.fit(g, text, width), Style.MARGIN, baseline);
    }

    private static List<Rectangle2D> draw(Graphics2D g, Row row, double top, double width) {
        List<Rectangle2D> areas = new ArrayList<>();
        double left = Style.MARGIN;
        for (int i = 0; i < row.panels().size(); i++) {
            double share = row.shares()[i] * width;
            areas.add(PanelPainter.paint(
                    g, row.panels().get(i), new Rectangle2D.Double(left, top, share, row.height())));
            left += share;
        }
        return areas;
    }
}
