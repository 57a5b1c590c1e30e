package dev.regularisation.spec;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/** The post sentence by sentence, in our words, with the rules that each leads to. */
final class Coverage {

    /** Where it stands. */
    static final Path FILE = Path.of("golden", "coverage.csv");

    /** The page's name, of which the report has one. */
    static final String NAME = "The post, sentence by sentence";

    /** The word, wherever a remark says it; the id of a rule may contain it. */
    private static final Pattern GAP = Pattern.compile("(?i)(?<![\\w.-])gaps?(?![\\w-])");

    private Coverage() {
    }

    /**
     * A sentence of the post.
     *
     * @param place     where in the post
     * @param kind      what it does
     * @param statement what it says, in our words
     * @param rules     ids of the rules that try it
     * @param remark    what else is to be said, such as why nothing tries it
     */
    record Sentence(String place, Kind kind, String statement, List<String> rules, String remark) {

        Sentence {
            rules = List.copyOf(rules);
        }

        /** The part of the post, the first word of the place. */
        String part() {
            return place.split("[ :]", 2)[0];
        }
    }

    /** What a sentence does. */
    enum Kind {
        /** States something that can be true or false. */
        CLAIM,
        /** Is code, which does something. */
        CODE,
        /** Says what a word or sign means. */
        DEFINITION,
        /** Judges, advises, or tells of somebody. */
        OPINION,
        /** Leads the reader on. */
        POINTER;

        /** Whether something must try it, or a reason say why nothing can. */
        boolean isChecked() {
            return this == CLAIM || this == CODE;
        }
    }

    /** All of them, in the post's order. */
    static List<Sentence> sentences() {
        try (Reader reader = Files.newBufferedReader(FILE);
                CSVParser rows = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get().parse(reader)) {
            return rows.stream().map(row -> new Sentence(row.get("place"), Kind.valueOf(row.get("kind").toUpperCase(Locale.ROOT)),
                    row.get("statement"), Stream.of(row.get("rules").split("\\s+")).filter(id -> !id.isEmpty()).toList(),
                    row.get("remark"))).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + " cannot be read", e);
        }
    }

    /** What is wrong with it, each in a line. */
    static List<String> problems(List<Sentence> sentences, List<String> rules) {
        List<String> problems = new ArrayList<>();
        for (Sentence sentence : sentences) {
            String where = FILE + ", " + sentence.place() + ": ";
            sentence.rules().stream().filter(id -> !rules.contains(id)).forEach(id ->
                    problems.add(where + "wanted ids of rules, got " + id + ", which no class has"));
            if (sentence.kind().isChecked() && sentence.rules().isEmpty() && sentence.remark().isBlank()) {
                problems.add(where + "wanted a rule that tries it, or a reason why none can, got neither");
            }
            if (GAP.matcher(sentence.remark()).find()) {
                problems.add(where + "wanted no gap, got \"" + sentence.remark() + "\"; close it by a rule or a reason");
            }
        }
        List<String> used = sentences.stream().flatMap(sentence -> sentence.rules().stream()).toList();
        rules.stream().filter(id -> !used.contains(id)).forEach(id ->
                problems.add(FILE + ": wanted every rule to be used, got none that leads to " + id));
        return problems;
    }

    /** Adds the page to the report. */
    static void publish(boolean passed) {
        List<Sentence> sentences = sentences();
        Map<String, List<Sentence>> parts = sentences.stream()
                .collect(Collectors.groupingBy(Sentence::part, LinkedHashMap::new, Collectors.toList()));
        String tables = parts.entrySet().stream().map(part -> "### " + part.getKey() + "\n\n" + Markup.table(
                List.of("place", "it says, in our words", "kind", "rules and their verdicts"), part.getValue().stream().map(s -> List.of(
                        s.place(), s.statement(), s.kind().name().toLowerCase(Locale.ROOT), tried(s))).toList()))
                .collect(Collectors.joining("\n\n"));
        new Sheet().html(Markup.html(Template.beside(Coverage.class, "coverage").filled(Map.of(
                        "count", Integer.toString(sentences.size()), "kinds", kinds(sentences), "sentences", tables))))
                .publish("00 Overview", "Coverage", NAME, passed);
    }

    private static String kinds(List<Sentence> sentences) {
        List<List<String>> rows = Stream.of(Kind.values()).map(kind -> {
            List<Sentence> of = sentences.stream().filter(sentence -> sentence.kind() == kind).toList();
            List<String> cells = new ArrayList<>(List.of(kind.name().toLowerCase(Locale.ROOT), Integer.toString(of.size())));
            for (Verdict verdict : Verdict.values()) {
                cells.add(Long.toString(of.stream().filter(sentence -> worst(sentence).equals(Optional.of(verdict))).count()));
            }
            cells.add(Long.toString(of.stream().filter(sentence -> sentence.rules().isEmpty()).count()));
            return List.copyOf(cells);
        }).toList();
        List<String> header = new ArrayList<>(List.of("kind", "sentences"));
        Stream.of(Verdict.values()).forEach(verdict -> header.add(verdict.title()));
        header.add("no rule");
        return Markup.table(header, rows);
    }

    /** The verdict of those of its rules that is farthest from "holds". */
    private static Optional<Verdict> worst(Sentence sentence) {
        return sentence.rules().stream().flatMap(id -> RuleResult.of(id).stream()).map(RuleResult::verdict)
                .max(Verdict::compareTo);
    }

    private static String tried(Sentence sentence) {
        String rules = sentence.rules().stream().map(id -> "[" + id + "](rule:" + id + ")"
                + RuleResult.of(id).map(result -> ", " + result.verdict().title()).orElse("")).collect(Collectors.joining("; "));
        return rules.isEmpty() ? sentence.remark() : sentence.remark().isBlank() ? rules : rules + " — " + sentence.remark();
    }
}
