package dev.regularisation.spec;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import uk.ac.ed.ph.snuggletex.SnuggleEngine;
import uk.ac.ed.ph.snuggletex.SnuggleInput;
import uk.ac.ed.ph.snuggletex.SnuggleSession;
import uk.ac.ed.ph.snuggletex.XMLStringOutputOptions;

/** Markdown with formulas in LaTeX, as HTML with MathML, which browsers set themselves. */
final class Markup {

    private static final Pattern FORMULA = Pattern.compile("\\$\\$(.+?)\\$\\$|\\$([^$\\n]+)\\$", Pattern.DOTALL);
    /** Where a formula stood; letters, which Markdown leaves alone. */
    private static final String PLACE = "FORMULA%dPLACE";
    private static final List<TablesExtension> TABLES = List.of((TablesExtension) TablesExtension.create());

    private Markup() {
    }

    /**
     * Markdown as HTML.
     *
     * @throws IllegalArgumentException if a formula is not LaTeX
     */
    static String html(String markdown) {
        List<String> formulas = new ArrayList<>();
        String text = FORMULA.matcher(markdown).replaceAll(found -> {
            formulas.add(found.group(1) != null
                    ? "<span style=\"display:block;font-size:1.15em;overflow-x:auto\">" + mathml("\\[" + found.group(1) + "\\]") + "</span>"
                    : mathml("$" + found.group(2) + "$"));
            return PLACE.formatted(formulas.size() - 1);
        });
        String html = HtmlRenderer.builder().extensions(TABLES).build()
                .render(Parser.builder().extensions(TABLES).build().parse(text));
        for (int i = 0; i < formulas.size(); i++) {
            html = html.replaceFirst(PLACE.formatted(i), Matcher.quoteReplacement(formulas.get(i)));
        }
        return styled(html);
    }

    /** A table in Markdown. */
    static String table(List<String> header, List<List<String>> rows) {
        return Stream.concat(Stream.of(header, header.stream().map(cell -> "---").toList()), rows.stream()).map(cells ->
                cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |")))
                .collect(Collectors.joining("\n"));
    }

    private static String mathml(String latex) {
        SnuggleSession session = new SnuggleEngine().createSession();
        try {
            session.parseInput(new SnuggleInput(latex));
        } catch (IOException e) {
            throw new IllegalStateException("in memory", e);
        }
        XMLStringOutputOptions options = new XMLStringOutputOptions();
        options.setIncludingXMLDeclaration(false);
        options.setUsingNamedEntities(false);
        String mathml = session.buildXMLString(options);
        if (mathml == null || !session.getErrors().isEmpty()) {
            throw new IllegalArgumentException("formula: wanted LaTeX, got " + latex + ", of which is said: " + session.getErrors());
        }
        return mathml;
    }

    /** Tables as all pages have them, and code that breaks where the page ends. */
    private static String styled(String html) {
        return html.replace("<table>", "<div style=\"overflow-x:auto\"><table border=\"1\" cellpadding=\"4\" "
                        + "style=\"border-collapse:collapse;border-color:#bbb;margin:8px 0;text-align:left\">")
                .replace("</table>", "</table></div>")
                .replace("<pre><code>", "<pre style=\"white-space:pre-wrap;overflow-wrap:anywhere\"><code>");
    }
}
