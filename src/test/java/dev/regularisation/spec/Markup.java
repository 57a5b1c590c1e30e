package dev.regularisation.spec;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
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
        return unfenced(mathml);
    }

    /** Brackets and what separates their contents as operators: browsers no longer know {@code mfenced}, and leave them out. */
    private static String unfenced(String mathml) {
        try {
            Document math = DocumentBuilderFactory.newDefaultNSInstance().newDocumentBuilder()
                    .parse(new InputSource(new StringReader(mathml)));
            NodeList fences = math.getElementsByTagNameNS("*", "mfenced");
            while (fences.getLength() > 0) {
                unfence((Element) fences.item(0));
            }
            Transformer plain = TransformerFactory.newDefaultInstance().newTransformer();
            plain.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            StringWriter text = new StringWriter();
            plain.transform(new DOMSource(math), new StreamResult(text));
            return text.toString();
        } catch (ParserConfigurationException | SAXException | IOException | TransformerException e) {
            throw new IllegalStateException("formula: wanted MathML, got " + mathml, e);
        }
    }

    private static void unfence(Element fence) {
        Element row = fence.getOwnerDocument().createElementNS(fence.getNamespaceURI(), "mrow");
        operator(row, fence.getAttribute("open"));
        while (fence.getFirstChild() != null) {
            row.appendChild(fence.getFirstChild());
            if (fence.getFirstChild() != null) {
                operator(row, ",");
            }
        }
        operator(row, fence.getAttribute("close"));
        fence.getParentNode().replaceChild(row, fence);
    }

    private static void operator(Element row, String sign) {
        if (!sign.isEmpty()) {
            row.appendChild(row.getOwnerDocument().createElementNS(row.getNamespaceURI(), "mo")).setTextContent(sign);
        }
    }

    /** Tables as all pages have them, and code that breaks where the page ends. */
    private static String styled(String html) {
        return html.replace("<table>", "<div style=\"overflow-x:auto\"><table border=\"1\" cellpadding=\"4\" "
                        + "style=\"border-collapse:collapse;border-color:#bbb;margin:8px 0;text-align:left\">")
                .replace("</table>", "</table></div>")
                .replace("<pre><code>", "<pre style=\"white-space:pre-wrap;overflow-wrap:anywhere\"><code>");
    }
}
