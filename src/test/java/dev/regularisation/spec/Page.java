package dev.regularisation.spec;

import dev.regularisation.plot.Picture;
import io.qameta.allure.Allure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The page of a rule in the report: what the post says, the formula, the setup, tables, pictures, the verdict, how sure,
 * and the command that reproduces it. A test builds it from what it measured and publishes it before it asserts, so that a
 * refuted claim has its page too.
 */
public final class Page {

    /** Where the figures for the table of rules are left. */
    static final Path FIGURES = Path.of("target", "rules");

    private final Rule rule;
    private final StringBuilder body = new StringBuilder();
    private final List<Runnable> attachments = new ArrayList<>();
    private String figure = "";
    private String sure = "";
    private String reproduce = "mvn verify";

    private Page(Rule rule) {
        this.rule = rule;
    }

    /** An empty page. */
    public static Page of(Rule rule) {
        return new Page(rule);
    }

    /** The formula, as the children of a MathML {@code math} element. */
    public Page formula(String mathml) {
        body.append("<p style=\"font-size:1.15em\"><math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\">")
                .append(mathml).append("</math></p>\n");
        return this;
    }

    /** What was done, in a sentence or two. */
    public Page setup(String text) {
        return paragraph("Setup", text);
    }

    /** A paragraph under a short heading. */
    public Page paragraph(String heading, String text) {
        body.append("<p><b>").append(escape(heading)).append(".</b> ").append(escape(text)).append("</p>\n");
        return this;
    }

    /** A table; every row has as many cells as the header. */
    public Page table(String caption, List<String> header, List<List<String>> rows) {
        StringBuilder html = new StringBuilder("<table style=\"border-collapse:collapse;margin:8px 0\">");
        html.append("<caption style=\"caption-side:top;text-align:left;color:#333\"><i>").append(escape(caption))
                .append("</i></caption><tr>");
        header.forEach(cell -> html.append("<th ").append(CELL).append(escape(cell)).append("</th>"));
        html.append("</tr>\n");
        for (List<String> row : rows) {
            if (row.size() != header.size()) {
                throw new IllegalArgumentException("table \"" + caption + "\": a row has " + row.size()
                        + " cells, the header " + header.size());
            }
            html.append("<tr>");
            row.forEach(cell -> html.append("<td ").append(CELL).append(escape(cell)).append("</td>"));
            html.append("</tr>\n");
        }
        body.append("<div style=\"overflow-x:auto\">").append(html).append("</table></div>\n");
        return this;
    }

    private static final String CELL = "style=\"border:1px solid #bbb;padding:3px 8px;text-align:left\">";

    /** A picture, shown without a click, in full resolution: saving it from the page saves all of it. */
    public Page picture(String name, Picture picture) {
        byte[] png = picture.png();
        body.append("<p><img style=\"max-width:100%;height:auto\" alt=\"").append(escape(picture.altText()))
                .append("\" src=\"data:image/png;base64,").append(Base64.getEncoder().encodeToString(png))
                .append("\"></p>\n");
        return this;
    }

    /** Raw numbers behind a picture or table, attached. */
    public Page series(String name, String csv) {
        attachments.add(() -> Allure.addAttachment(name, "text/csv", csv, ".csv"));
        return this;
    }

    /** The figure that the table of rules shows, such as {@code 0.4996 against 0.5975}. */
    public Page figure(String text) {
        figure = text;
        return this;
    }

    /** How sure the verdict is: seeds, interval, false-alarm probability, or why it is exact. */
    public Page sure(String text) {
        sure = text;
        return this;
    }

    /** The command that reproduces the evidence. */
    public Page reproduce(String command) {
        reproduce = command;
        return this;
    }

    /** The page as HTML. */
    String html() {
        return "<div style=\"max-width:900px;font-size:14px;line-height:1.45\">\n"
                + "<p><b>" + escape(rule.strength() == Strength.FINDING ? "What we looked at" : "The post says") + ".</b> "
                + escape(rule.statement()) + "</p>\n"
                + "<p><b>Shown by.</b> " + escape(rule.shownBy()) + "</p>\n"
                + body
                + "<p><b>Verdict: " + escape(rule.verdict().title()) + ".</b> " + escape(figure) + "</p>\n"
                + (sure.isEmpty() ? "" : "<p><b>How sure.</b> " + escape(sure) + "</p>\n")
                + "<p><b>Reproduce.</b> <code>" + escape(reproduce) + "</code></p>\n</div>";
    }

    /**
     * Puts the page into the report, as the description of the running test, and its figure into the table of rules. Of
     * several pages of a rule, one for each backend, the first counts there: cpu, whose figures are the same everywhere.
     */
    public void publish() {
        Allure.descriptionHtml(html());
        attachments.forEach(Runnable::run);
        try {
            Files.createDirectories(FIGURES);
            Path file = FIGURES.resolve(rule.id() + ".figure");
            if (!Files.exists(file)) {
                Files.writeString(file, figure + "\n", StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Text as HTML. */
    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
