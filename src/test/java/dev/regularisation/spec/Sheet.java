package dev.regularisation.spec;

import dev.regularisation.plot.Picture;
import io.qameta.allure.Allure;
import io.qameta.allure.AllureLifecycle;
import io.qameta.allure.model.Status;
import io.qameta.allure.model.TestResult;
import io.qameta.allure.util.ResultsUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * A page of the report: paragraphs, tables and pictures that are read without a click, and attachments. It is the
 * description of the running test, or of an entry of its own that belongs to no test.
 */
public final class Sheet {

    private static final Pattern LONG_NUMBER = Pattern.compile("-?\\b\\d+\\.\\d{8,}(?:[eE][-+]?\\d+)?");
    private static final MathContext NINE_DIGITS = new MathContext(9);
    private static final String OWN = Sheet.class.getName();

    private final StringBuilder body = new StringBuilder();
    private final List<Attachment> series = new ArrayList<>();
    private final List<Attachment> tables = new ArrayList<>();

    /** Numbers behind a page. */
    record Attachment(String name, String csv) {
    }

    /** Adds a paragraph. */
    public Sheet paragraph(String text) {
        body.append("<p>").append(escape(text)).append("</p>\n");
        return this;
    }

    /** Adds a paragraph under a short heading of its own line. */
    public Sheet paragraph(String heading, String text) {
        body.append("<p><b>").append(escape(heading)).append(".</b> ").append(escape(text)).append("</p>\n");
        return this;
    }

    /** Adds a command that the reader can run. */
    public Sheet command(String heading, String command) {
        body.append("<p><b>").append(escape(heading)).append(".</b> <code style=\"overflow-wrap:anywhere\">")
                .append(escape(command)).append("</code></p>\n");
        return this;
    }

    /**
     * Adds a table; of a page without {@link #series} the tables are attached, as CSV.
     *
     * @throws IllegalArgumentException if a row has more or fewer cells than the header
     */
    public Sheet table(String caption, List<String> header, List<List<String>> rows) {
        tableOnly(caption, header, rows);
        return attach(caption, csv(header, rows));
    }

    /** Attaches a table, as CSV, to a page without {@link #series}. */
    Sheet attach(String name, String csv) {
        tables.add(new Attachment(name, csv));
        return this;
    }

    /** Adds a table that is not attached. */
    Sheet tableOnly(String caption, List<String> header, List<List<String>> rows) {
        body.append("<div style=\"overflow-x:auto\"><table border=\"1\" cellpadding=\"4\" "
                        + "style=\"border-collapse:collapse;border-color:#bbb;margin:8px 0;text-align:left\">")
                .append("<caption style=\"caption-side:top;text-align:left;color:#333\"><i>").append(escape(caption))
                .append("</i></caption>");
        row("th", header);
        for (List<String> row : rows) {
            if (row.size() != header.size()) {
                throw new IllegalArgumentException("table \"" + caption + "\": a row has " + row.size()
                        + " cells, the header " + header.size());
            }
            row("td", row);
        }
        body.append("</table></div>\n");
        return this;
    }

    static String csv(List<String> header, List<List<String>> rows) {
        StringBuilder csv = new StringBuilder();
        try (CSVPrinter printer = new CSVPrinter(csv, CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get())) {
            printer.printRecord(header);
            printer.printRecords(rows);
        } catch (IOException e) {
            throw new UncheckedIOException("in memory", e);
        }
        return csv.toString();
    }

    private void row(String tag, List<String> cells) {
        body.append("<tr valign=\"top\">");
        cells.forEach(cell -> body.append('<').append(tag).append('>').append(escape(cell)).append("</").append(tag).append('>'));
        body.append("</tr>\n");
    }

    /** Adds a picture, shown without a click, in full resolution: saving it from the page saves all of it. */
    public Sheet picture(Picture picture) {
        body.append("<p>").append(image(picture)).append("</p>\n");
        return this;
    }

    static String image(Picture picture) {
        return "<img style=\"max-width:100%;height:auto\" alt=\"" + escape(picture.altText()) + "\" src=\"data:image/png;base64,"
                + Base64.getEncoder().encodeToString(IndexedPng.of(picture)) + "\">";
    }

    /** Adds what is HTML already. */
    Sheet html(String html) {
        body.append(html);
        return this;
    }

    /** What was added so far. */
    String body() {
        return body.toString();
    }

    /** Attaches raw numbers, as CSV, with nine significant digits: as many as tell all float32 values apart. */
    public Sheet series(String name, String csv) {
        series.add(new Attachment(name, nineDigits(csv)));
        return this;
    }

    static String nineDigits(String csv) {
        return LONG_NUMBER.matcher(csv).replaceAll(number -> new BigDecimal(number.group()).round(NINE_DIGITS).toString());
    }

    /** The page as HTML. */
    String html() {
        return "<div style=\"max-width:960px;font-size:14px;line-height:1.45\">\n" + body + "</div>";
    }

    /** Makes this the description of the running test. */
    public void publish() {
        Allure.descriptionHtml(html());
        attach();
    }

    /**
     * Adds this to the report as an entry of its own.
     *
     * @param epic    the section of the report, with its number before it
     * @param feature the topic
     * @param name    the entry's name, of which the report has one
     */
    public void publish(String epic, String feature, String name, boolean passed) {
        String uuid = UUID.randomUUID().toString();
        AllureLifecycle lifecycle = Allure.getLifecycle();
        lifecycle.scheduleTestCase(new TestResult().setUuid(uuid).setName(name).setFullName(OWN).setHistoryId(name)
                .setLabels(new ArrayList<>(List.of(ResultsUtils.createEpicLabel(epic),
                        ResultsUtils.createFeatureLabel(feature), ResultsUtils.createStoryLabel(name)))));
        lifecycle.startTestCase(uuid);
        lifecycle.updateTestCase(uuid, result -> result.setStatus(passed ? Status.PASSED : Status.FAILED)
                .setDescriptionHtml(html()));
        attach();
        lifecycle.stopTestCase(uuid);
        lifecycle.writeTestCase(uuid);
    }

    private void attach() {
        attachments().forEach(attachment -> Allure.addAttachment(attachment.name(), "text/csv", attachment.csv(), ".csv"));
    }

    /** The series, or the tables of a page without any. */
    List<Attachment> attachments() {
        return List.copyOf(series.isEmpty() ? tables : series);
    }

    /** Whether an entry of the report is of its own and belongs to no test. */
    static boolean isOwn(TestResult result) {
        return OWN.equals(result.getFullName());
    }

    /** Text as HTML. */
    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
