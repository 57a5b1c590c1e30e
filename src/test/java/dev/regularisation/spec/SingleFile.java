package dev.regularisation.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.regularisation.files.AtomicFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finishes the report that Allure wrote: one HTML file, which holds every file of an ordinary report in Base64. Allure puts
 * each description into it twice, of which its pages show one, labels by which it has grouped the tests, its icons' font in six
 * formats, of which browsers have read the same one since 2014, the history for the report of a next run, lists of all tests as
 * tables to be downloaded, and a call to a statistics service; a report that is read from disk has no use for them, and they go.
 * What stays is packed, as {@link PackedData} tells. The report opens with the overview, which is painted first and whose rules lead
 * to their pages; Allure gives pages their addresses only when it writes the report.
 */
final class SingleFile {

    static final Path REPORT = Path.of("reports", "allure", "index.html");
    /** So much is read in two seconds or so, of which Allure's own program takes most; 6 MB were measured, and 14 took three. */
    static final long LARGEST = 8_000_000;

    private static final Pattern FILE = Pattern.compile("d\\('([^']+)','([^']*)'\\)");
    private static final Pattern TEST_CASE = Pattern.compile("data/test-cases/[^']+\\.json");
    private static final String BEHAVIOURS = "data/behaviors.json";
    private static final Pattern HEAD = Pattern.compile("<head>");
    /** By which pages lead to that of {@link BackendSheet#DIGESTS}. */
    static final String DIGESTS = "digests";
    /** The pages of no rule to which others lead, and by what. */
    private static final Map<String, String> NAMED = Map.of("coverage", Coverage.NAME, DIGESTS, BackendSheet.DIGESTS);
    private static final Pattern RULE_LINK = Pattern.compile("href=\"rule:([a-z0-9.-]+)\"");
    private static final Pattern STYLES = Pattern.compile("(href=\"data:text/css;base64,)([^\"]*)\"");
    private static final Pattern FONT = Pattern.compile("(@font-face\\{[^{}]*?)src:[^{}]*?(url\\([^)]*\\) format\\(\"woff2\"\\))[^{}]*}");
    private static final String HISTORY = "history/history.json";
    private static final Pattern TABLES = Pattern.compile("data/[a-z-]+\\.csv");
    /** On a narrow screen the menu keeps its signs alone, and pages get the room. */
    static final String NARROW = """
            <head>
                <style>@media (max-width: 700px) {
                    .side-nav, .app__nav { width: 46px !important; min-width: 0 !important; flex-basis: 46px !important }
                    .side-nav__text, .side-nav__brand-text, .side-nav__footer, .side-nav__language { display: none !important }
                    .side-nav__brand { padding: 0 !important; background-position: center !important }
                    .side-nav__link { padding-left: 12px !important }
                }</style>""";
    private static final String WITHOUT_TABLES =
            "<head>\n    <style>[data-download-type=\"text/csv\"] { display: none }</style>";
    private static final Pattern STATISTICS = Pattern.compile(
            "\\s*<script async src=\"https://www\\.googletagmanager\\.com[^>]*></script>"
                    + "\\s*<script>\\s*window\\.dataLayer.*?</script>", Pattern.DOTALL);
    private static final Pattern REMOTE = Pattern.compile("<(?:script|link|img)\\b[^>]*(?:src|href)=\"(?:https?:)?//[^\"]*\"");

    /** What Allure groups tests by while it writes the report; the pages of the tests do not show them. */
    private static final Set<String> UNREAD_LABELS =
            Set.of("resultFormat", "package", "suite", "parentSuite", "subSuite", "testClass", "testMethod", "host", "thread");

    private static final ObjectMapper JSON = new ObjectMapper();

    private SingleFile() {
    }

    /** Finishes the report; returns what is wrong with it: that it would ask the network for anything, that it is not packed. */
    static List<String> finish(Path report) throws IOException {
        String html = Files.readString(report);
        String finished = finish(html);
        AtomicFiles.write(report, out -> out.write(finished.getBytes(StandardCharsets.UTF_8)));
        List<String> problems = new ArrayList<>();
        Matcher remote = REMOTE.matcher(finished);
        if (remote.find()) {
            problems.add("%s: wanted a report that needs no network, and it has %s".formatted(report, remote.group()));
        }
        if (FILE.matcher(html).find() && !PackedData.isKnown(html)) {
            problems.add("%s: wanted Allure's function that keeps the files, to pack them, and it has another; see PackedData"
                    .formatted(report));
        }
        return problems;
    }

    /** Whether a finished report is too large, in words. With the evidence of failures in it, it may be. */
    static List<String> size(Path report) throws IOException {
        long size = Files.size(report);
        return size <= LARGEST ? List.of() : List.of(String.format(Locale.ROOT, "%s: wanted at most %,d bytes, got %,d; show "
                + "fewer or simpler pictures, attach shorter series", report, LARGEST, size));
    }

    /** The report without what nobody sees, opening with the overview if it has one. */
    static String finish(String html) {
        String finished = STATISTICS.matcher(html).replaceAll("");
        Map<String, byte[]> files = files(finished);
        if (files.keySet().removeIf(TABLES.asMatchPredicate())) {
            // What would hand them out is hidden.
            finished = HEAD.matcher(finished).replaceFirst(Matcher.quoteReplacement(WITHOUT_TABLES));
        }
        files.remove(HISTORY);
        finished = STYLES.matcher(finished).replaceAll(SingleFile::withOneFont);
        Map<String, String> addresses = addresses(files);
        files.replaceAll((name, file) -> TEST_CASE.matcher(name).matches() ? finished(json(name, file), addresses) : file);
        finished = PackedData.isKnown(finished) ? PackedData.inlined(PackedData.unpacking(replaced(finished, PackedData.packed(files))))
                : replaced(finished, plain(files));
        String overview = addresses.get(Overview.NAME);
        if (overview == null) {
            return finished;
        }
        String file = "data/test-cases/" + overview.substring(overview.indexOf('/') + 1) + ".json";
        String page = json(file, files.get(file)).path("descriptionHtml").asText();
        return HEAD.matcher(FirstPage.in(finished, overview, Overview.NAME, page)).replaceFirst(Matcher.quoteReplacement(
                NARROW + "\n    <script>if (!location.hash) { location.replace('" + overview + "'); }</script>"));
    }

    /** The files that Allure put in, in its order. */
    private static Map<String, byte[]> files(String html) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        FILE.matcher(html).results().forEach(file -> files.put(file.group(1), Base64.getDecoder().decode(file.group(2))));
        return files;
    }

    /** As Allure puts files in. */
    private static String plain(Map<String, byte[]> files) {
        return files.entrySet().stream().map(file -> "d('" + file.getKey() + "','"
                + Base64.getEncoder().encodeToString(file.getValue()) + "')").collect(Collectors.joining(",\n"));
    }

    /** A report with other calls in the place of those that put files in. */
    private static String replaced(String html, String calls) {
        List<MatchResult> found = FILE.matcher(html).results().toList();
        return found.isEmpty() ? html
                : html.substring(0, found.get(0).start()) + calls + html.substring(found.get(found.size() - 1).end());
    }

    /** The address of every entry of the report by its name, of every rule's page by the rule's id, and of pages of no rule. */
    private static Map<String, String> addresses(Map<String, byte[]> files) {
        Map<String, String> addresses = new HashMap<>();
        if (files.containsKey(BEHAVIOURS)) {
            collect("", json(BEHAVIOURS, files.get(BEHAVIOURS)), addresses);
        }
        NAMED.forEach((name, page) -> {
            if (addresses.containsKey(page)) {
                addresses.put(name, addresses.get(page));
            }
        });
        return addresses;
    }

    /** Under the id of a rule stands its page, with the verdict before its name, among the rule's other tests. */
    private static void collect(String group, JsonNode node, Map<String, String> addresses) {
        String name = node.path("name").asText();
        if (node.has("children")) {
            node.get("children").forEach(child -> collect(name, child, addresses));
            return;
        }
        String address = "#testresult/" + node.path("uid").asText();
        addresses.putIfAbsent(name, address);
        if (RuleLabels.isPage(name)) {
            addresses.putIfAbsent(group, address);
        }
    }

    private static String withOneFont(MatchResult link) {
        String styles = new String(Base64.getDecoder().decode(link.group(2)), StandardCharsets.UTF_8);
        String smaller = FONT.matcher(styles).replaceAll("$1src:$2}");
        return link.group(1) + Base64.getEncoder().encodeToString(smaller.getBytes(StandardCharsets.UTF_8)) + '"';
    }

    private static byte[] finished(JsonNode test, Map<String, String> addresses) {
        if (test.get("testStage") instanceof ObjectNode stage) {
            stage.remove("description");
            stage.remove("descriptionHtml");
        }
        if (test.path("labels") instanceof ArrayNode labels) {
            labels.removeIf(label -> UNREAD_LABELS.contains(label.path("name").asText()));
        }
        if (test.has("descriptionHtml")) {
            ((ObjectNode) test).put("descriptionHtml", RULE_LINK.matcher(test.path("descriptionHtml").asText()).replaceAll(link ->
                    addresses.containsKey(link.group(1)) ? "href=\"" + addresses.get(link.group(1)) + "\"" : ""));
        }
        return test.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode json(String name, byte[] file) {
        try {
            return JSON.readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(REPORT + ", " + name, e);
        }
    }
}
