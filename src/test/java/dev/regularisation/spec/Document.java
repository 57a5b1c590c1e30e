package dev.regularisation.spec;

import dev.regularisation.plot.Picture;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The page of a rule: a document in Markdown, named after the rule and beside its class, with values for the names in it. Text
 * and formulas stand in the document, what was measured is given here, so that no figure in the text can go stale: a name
 * without a value, or a value without a name, is an error.
 *
 * <p>In the document, {@code {{ratio}}} is a number or a table; {@code ![](picture:paths)} a picture,
 * {@code [the numbers](series:paths)} what is attached; {@code $…$} and
 * {@code $$…$$} formulas in LaTeX; a command is a block of code. Verdict and evidence come before it, from the judgement.
 */
public final class Document {

    /** Of a series; a picture shows no more. */
    private static final int MOST_ROWS = 500;
    private static final Pattern PICTURE = Pattern.compile("<img src=\"picture:([\\w-]+)\" alt=\"([^\"]*)\" ?/>");
    private static final Pattern SERIES = Pattern.compile("<a href=\"series:([\\w-]+)\">([^<]*)</a>");

    private final RuleCard rule;
    private final Judgement judgement;
    private final Optional<Seeds> seeds;
    private final String backends;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, Picture> pictures = new LinkedHashMap<>();
    private final Map<String, String> series = new LinkedHashMap<>();
    private final Sheet sheet = new Sheet();
    private String figure = "";

    /**
     * The page of a rule.
     *
     * @param seeds    of a rule that is judged over seeds
     * @param backends what is said of other backends, in HTML; empty where only {@code cpu} is asked
     */
    Document(RuleCard rule, Judgement judgement, Optional<Seeds> seeds, String backends) {
        this.rule = rule;
        this.judgement = judgement;
        this.seeds = seeds;
        this.backends = backends;
    }

    /** A number, or several, as text: a format and what it takes, alike in every country. */
    public Document number(String name, String format, Object... numbers) {
        return text(name, format(format, numbers));
    }

    /** A word or name that was found. */
    public Document text(String name, String value) {
        bind(values, name, value);
        return this;
    }

    /** A table; every row has as many cells as the header. */
    public Document table(String name, List<String> header, List<List<String>> rows) {
        for (List<String> row : rows) {
            if (row.size() != header.size()) {
                throw new IllegalArgumentException(rule.id() + ", table \"" + name + "\": wanted rows of " + header.size()
                        + " cells, got one of " + row.size());
            }
        }
        bind(values, name, Markup.table(header, rows));
        sheet.attach(name, Sheet.csv(header, rows));
        return this;
    }

    /** A picture. */
    public Document picture(String name, Picture picture) {
        bind(pictures, name, picture);
        return this;
    }

    /**
     * Numbers behind a picture, attached: columns of one length under their names, in the map's order, or by name where it has
     * none; whole numbers without a point. Of many rows some are left out, evenly, and the attachment's name says so.
     */
    public Document series(String name, Map<String, double[]> columns) {
        boolean ordered = columns instanceof LinkedHashMap || columns instanceof SortedMap;
        int rows = columns.values().iterator().next().length;
        int every = (rows - 1) / MOST_ROWS + 1;
        String csv = csv(ordered ? columns : new TreeMap<>(columns), every);
        bind(series, name, csv);
        sheet.series(every == 1 ? name : name + " (one row in " + every + ")", csv);
        return this;
    }

    /** The figure that the table of rules shows, such as {@code 0.4996 against 0.5975}. */
    public Document figure(String format, Object... numbers) {
        figure = format(format, numbers);
        return this;
    }

    /** A format filled in, alike in every country. */
    public static String format(String format, Object... numbers) {
        return numbers.length == 0 ? format : String.format(Locale.ROOT, format, numbers);
    }

    private <T> void bind(Map<String, T> names, String name, T value) {
        if (names.put(name, value) != null) {
            throw new IllegalArgumentException(rule.id() + ": wanted one value for \"" + name + "\", got two");
        }
    }

    private static String csv(Map<String, double[]> columns, int every) {
        int rows = columns.values().iterator().next().length;
        List<List<String>> table = new ArrayList<>();
        for (int i = 0; i < rows; i += every) {
            int row = i;
            table.add(columns.values().stream().map(column -> plain(column[row])).toList());
        }
        return Sheet.csv(List.copyOf(columns.keySet()), table);
    }

    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value) : Double.toString(value);
    }

    /** Puts the page into the report, as the description of the running test, and leaves its result. */
    void publish() {
        new RuleResult(judgement.verdict(), judgement.sentence(), figure).leave(rule.id());
        sheet.html(html());
        sheet.publish();
    }

    /** The page. */
    String html() {
        String html = before() + Markup.html(Template.beside(Rules.type(rule.id()), rule.id()).filled(values));
        html = named(html, PICTURE, pictures, (picture, text) -> Sheet.image(picture));
        return named(html, SERIES, series, (csv, text) -> "<i>" + text + "</i>") + after();
    }

    /** Puts what has a name where the page names it. */
    private <T> String named(String html, Pattern place, Map<String, T> things, BiFunction<T, String, String> put) {
        Set<String> shown = new TreeSet<>();
        String whole = place.matcher(html).replaceAll(found -> {
            if (!things.containsKey(found.group(1))) {
                throw new IllegalStateException(rule.id() + ": wanted what its page names, got nothing for \"" + found.group(1) + "\"");
            }
            shown.add(found.group(1));
            return Matcher.quoteReplacement(put.apply(things.get(found.group(1)), found.group(2)));
        });
        Template.requireNoneLeft(rule.id(), things.keySet(), shown);
        return whole;
    }

    /** What the post says, how it stands, and on what evidence. */
    private String before() {
        Sheet head = new Sheet();
        head.paragraph(rule.strength() == Strength.FINDING ? "What we looked at" : "The post says", rule.statement());
        head.paragraph("Verdict: " + judgement.verdict().title(), Stream.of(
                judgement.verdict() == Verdict.HOLDS ? "" : judgement.sentence(), figure.isEmpty() ? "" : "In figures: " + figure + ".")
                .filter(text -> !text.isEmpty()).collect(Collectors.joining(" ")));
        head.tableOnly("The evidence, by which the other verdicts are excluded",
                List.of("condition", "of the statement", "outcome", "measured"), evidence());
        seeds.ifPresent(over -> head.paragraph("With the first " + over.few() + " seeds alone", over.fewer(judgement)));
        return head.body();
    }

    /** A row for each condition, which may be one of several statements. */
    private List<List<String>> evidence() {
        Map<Finding, List<String>> statements = new LinkedHashMap<>();
        for (Judgement.Named named : judgement.findings()) {
            named.finding().leaves().forEach(leaf ->
                    statements.computeIfAbsent(leaf, key -> new ArrayList<>()).add(named.predicate()));
        }
        return statements.entrySet().stream().map(row -> List.of(row.getKey().what(), String.join(", ", row.getValue()),
                row.getKey().outcome().title(), row.getKey().figures())).toList();
    }

    /** Where to read on. */
    private String after() {
        List<String> links = new ArrayList<>();
        Rules.beside(rule, -1).ifPresent(other -> links.add("before: " + link(other.id())));
        Rules.beside(rule, 1).ifPresent(other -> links.add("next: " + link(other.id())));
        if (!rule.related().isEmpty()) {
            links.add("related: " + rule.related().stream().map(Document::link).collect(Collectors.joining(", ")));
        }
        return seeds.map(Seeds::rows).orElse("") + backends + "<p>In the post's order, " + String.join("; ", links) + ".</p>\n";
    }

    /**
     * What holds of {@code cpu} holds of a backend with the same bits; the others must bring the same verdict.
     *
     * @param asked whether this build trains on more than {@code cpu}
     */
    static String onBackends(boolean asked) {
        return "<p><b>On every backend.</b> The verdict must be the same on each. opencl has the bits of cpu: the page "
                + "<a href=\"rule:" + SingleFile.DIGESTS + "\">" + BackendSheet.DIGESTS + "</a>, among the backends, shows it of all "
                + "seven runs at 200 samples, and in a thorough build at 400. Backends with bits of their own, such as nd4j, are "
                + "judged by runs of their own, with the same thresholds, " + (asked ? "as in this build: see the tests beside this page."
                : "by mvn verify -Dthorough, as CI runs it, and by mvn verify -Dbackends=nd4j; this build held their operations to "
                + "the contract, and did not ask them.") + "</p>\n";
    }

    /** A link to the page of a rule; its address is known when the report has been written. */
    static String link(String id) {
        return "<a href=\"rule:" + id + "\">" + id + "</a>";
    }
}
