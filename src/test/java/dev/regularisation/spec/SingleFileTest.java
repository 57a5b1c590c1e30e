package dev.regularisation.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The finished report says what Allure's said, once, and asks the network for nothing. */
final class SingleFileTest {

    private static final String STATISTICS = """
            <script async src="https://www.googletagmanager.com/gtag/js?id=G"></script>
            <script>
                window.dataLayer = window.dataLayer || [];
            </script>""";

    @TempDir
    private Path folder;

    static String entry(String name, String json) {
        return "d('" + name + "','" + Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8)) + "')";
    }

    @Test
    @DisplayName("labels by which tests were grouped go, those that a page shows stay")
    void labels() {
        String report = entry("data/test-cases/a.json", "{\"labels\":[{\"name\":\"suite\",\"value\":\"s\"},"
                + "{\"name\":\"epic\",\"value\":\"e\"},{\"name\":\"testMethod\",\"value\":\"m\"}]}");

        assertThat(SingleFile.finish(report)).isEqualTo(
                entry("data/test-cases/a.json", "{\"labels\":[{\"name\":\"epic\",\"value\":\"e\"}]}"));
    }

    @Test
    @DisplayName("the second copy of a description goes, the first and everything else stays")
    void once() {
        String html = "<p>" + entry("data/test-cases/1.json",
                "{\"name\":\"λ\",\"descriptionHtml\":\"a\",\"testStage\":{\"descriptionHtml\":\"a\",\"steps\":[]}}")
                + "," + entry("data/suites.json", "{\"descriptionHtml\":\"a\"}") + "</p>";

        assertThat(SingleFile.finish(html)).isEqualTo("<p>" + entry("data/test-cases/1.json",
                "{\"name\":\"λ\",\"descriptionHtml\":\"a\",\"testStage\":{\"steps\":[]}}")
                + ",\n" + entry("data/suites.json", "{\"descriptionHtml\":\"a\"}") + "</p>");
    }

    @Test
    @DisplayName("the report opens with the overview, and each rule of its scoreboard leads to the rule's page")
    void overview() {
        String behaviours = "{\"children\":[{\"name\":\"" + Overview.NAME + "\",\"uid\":\"aa\"},"
                + "{\"name\":\"l1.gradient\",\"uid\":\"group\",\"children\":["
                + "{\"name\":\"for any parameters\",\"uid\":\"bb\"},{\"name\":\"holds: One force.\",\"uid\":\"cc\"},"
                + "{\"name\":\"on nd4j\",\"uid\":\"dd\"}]}]}";
        String overview = "{\"name\":\"" + Overview.NAME + "\",\"descriptionHtml\":\"<a %s>l1.gradient</a><a >nothing.else</a>\"}";
        String html = "<head>" + entry("data/behaviors.json", behaviours) + entry("data/test-cases/aa.json",
                overview.formatted("href=\\\"rule:l1.gradient\\\"").replace("<a >nothing", "<a href=\\\"rule:nothing.else\\\">nothing"));

        assertThat(SingleFile.finish(html)).isEqualTo(SingleFile.NARROW + "\n    <script>if (!location.hash) { location.replace('#testresult/aa'); }"
                + "</script>" + entry("data/behaviors.json", behaviours)
                + ",\n" + entry("data/test-cases/aa.json", overview.formatted("href=\\\"#testresult/cc\\\"")));
    }

    @Test
    @DisplayName("what holds on opencl by identity of bits leads to the page of digests, and nowhere where the report has none")
    void digests() {
        String behaviours = "{\"children\":[{\"name\":\"%s\",\"uid\":\"dd\"}]}";
        String backends = Document.onBackends(true);
        String page = entry("data/test-cases/aa.json", "{\"descriptionHtml\":" + new TextNode(backends) + "}");

        assertThat(SingleFile.finish(entry("data/behaviors.json", behaviours.formatted(BackendSheet.DIGESTS)) + page))
                .endsWith(entry("data/test-cases/aa.json", "{\"descriptionHtml\":" + new TextNode(backends.replace(
                        "href=\"rule:digests\"", "href=\"#testresult/dd\"")) + "}"))
                .doesNotEndWith(page);
        assertThat(SingleFile.finish(entry("data/behaviors.json", behaviours.formatted("another")) + page))
                .endsWith(entry("data/test-cases/aa.json", "{\"descriptionHtml\":" + new TextNode(backends.replace(
                        "href=\"rule:digests\"", "")) + "}"));
    }

    @Test
    @DisplayName("a browser paints the overview before it reads the report's program and data")
    void first() {
        String behaviours = "{\"children\":[{\"name\":\"" + Overview.NAME + "\",\"uid\":\"aa\"}]}";
        String html = "<head></head>\n<body>\n" + entry("data/behaviors.json", behaviours)
                + entry("data/test-cases/aa.json", "{\"name\":\"" + Overview.NAME + "\",\"descriptionHtml\":\"<p>3 are not $o</p>\"}");

        String body = SingleFile.finish(html).split("<body>", 2)[1];

        assertThat(body.indexOf("<p>3 are not $o</p>")).isBetween(0, body.indexOf("<script>"));
        assertThat(body.indexOf("<script>")).isLessThan(body.indexOf("d('data"));
        assertThat(body).contains(Overview.NAME, "location.hash !== '#testresult/aa'");
    }

    @Test
    @DisplayName("the report of some tests, without overview, opens as Allure's does")
    void noOverview() {
        String html = "<head>" + entry("data/behaviors.json", "{\"children\":[{\"name\":\"holds: One force.\",\"uid\":\"cc\"}]}");

        assertThat(SingleFile.finish(html)).isEqualTo(html);
    }

    @Test
    @DisplayName("the call to a statistics service goes, the scripts around it stay")
    void statistics() {
        assertThat(SingleFile.finish("<script>a()</script>" + STATISTICS + "<script>b()</script>"))
                .isEqualTo("<script>a()</script><script>b()</script>");
    }

    @Test
    @DisplayName("of a font's formats the one that browsers read stays, other styles stay as they are")
    void fonts() {
        String styles = "a{b:url(data:image/png;base64,AA)}@font-face{font-family:F;src:url(data:e;base64,AA);src:url(data:e;base64,"
                + "AA) format(\"embedded-opentype\"),url(data:w;base64,BB) format(\"woff2\"),url(data:t) format(\"truetype\")}c{}";

        assertThat(SingleFile.finish(link(styles))).isEqualTo(link("a{b:url(data:image/png;base64,AA)}"
                + "@font-face{font-family:F;src:url(data:w;base64,BB) format(\"woff2\")}c{}"));
    }

    private static String link(String styles) {
        return "<link href=\"data:text/css;base64," + Base64.getEncoder().encodeToString(styles.getBytes(StandardCharsets.UTF_8))
                + "\">";
    }

    @Test
    @DisplayName("the history for a next run goes, other files stay")
    void history() {
        assertThat(SingleFile.finish("[" + entry("history/history.json", "{}") + ",\n" + entry("history/trend.json", "{}") + "]"))
                .isEqualTo("[" + entry("history/trend.json", "{}") + "]");
        assertThat(SingleFile.finish("<head>[" + entry("data/suites.csv", "a,b") + "," + entry("data/suites.json", "{}") + "]"))
                .doesNotContain("suites.csv").contains("suites.json").contains("[data-download-type=\"text/csv\"] { display: none }");
    }

    @Test
    @DisplayName("a script from elsewhere that is not known is a problem, a link for the reader to follow is none")
    void remote() throws IOException {
        assertThat(problems("<script src=\"https://example.org/x.js\"></script>")).singleElement().asString()
                .contains("needs no network").contains("example.org");
        assertThat(problems("<a href=\"https://example.org\">")).isEmpty();
    }

    @Test
    @DisplayName("a report that is too large is a problem, with both sizes; one of the largest size is none")
    void size() throws IOException {
        Path report = folder.resolve("index.html");

        Files.write(report, new byte[(int) SingleFile.LARGEST + 1]);
        assertThat(SingleFile.size(report)).singleElement().asString()
                .contains("wanted at most 8,000,000 bytes, got 8,000,001");
        Files.write(report, new byte[(int) SingleFile.LARGEST]);
        assertThat(SingleFile.size(report)).isEmpty();
    }

    @Test
    @DisplayName("the finished report takes the place of Allure's, problems or none")
    void written() throws IOException {
        problems("<script>a()</script>" + STATISTICS + "<img src=\"//example.org/x.png\">");

        assertThat(folder.resolve("index.html")).hasContent("<script>a()</script><img src=\"//example.org/x.png\">");
    }

    private List<String> problems(String html) throws IOException {
        return SingleFile.finish(Files.writeString(folder.resolve("index.html"), html));
    }
}
