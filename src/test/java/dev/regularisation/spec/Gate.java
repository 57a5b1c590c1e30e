package dev.regularisation.spec;

import dev.regularisation.golden.GoldenUpdate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides, after all tests ran and Allure wrote the report, what no single test can: every rule shown and with teeth, no
 * undeclared skip, a README that says what this run found, a report that needs no network and is not too large, which it
 * finishes. Prints what stands against it, each failure with the line that repeats it, then one line of counts. Tests that
 * failed fail the build by the plugin that ran them, after this.
 */
public final class Gate {

    /** The last line, for a script to end with. */
    static final Path COUNTS = Path.of("target", "rules", "counts.txt");

    /** Backends of which no rule may be skipped here, as on machines of continuous integration that have them. */
    private static final List<String> REQUIRED =
            Stream.of(System.getProperty("required", "").split(",")).filter(name -> !name.isBlank()).toList();

    private Gate() {
    }

    /**
     * @param args the value of {@code -Dtest}, null when all tests ran
     * @throws IllegalStateException when the build must fail, with the reasons
     */
    public static void main(String[] args) throws IOException {
        boolean partial = args.length > 0 && args[0] != null && !args[0].isEmpty();
        List<RuleLedger.Line> lines = RuleLedger.Line.readAll();
        List<String> problems = problems(lines, partial);
        boolean asPublished = !partial && Rules.all().stream().allMatch(rule -> RuleResult.of(rule.id()).isPresent());
        problems.addAll(readme(asPublished ? List.of(ReadmeSection.values()) : List.of(ReadmeSection.OPTIONS)));
        List<String> unwritten = unwritten(SingleFile.REPORT, RuleLedger.FILE);
        problems.addAll(unwritten);
        if (unwritten.isEmpty()) {
            problems.addAll(SingleFile.finish(SingleFile.REPORT));
        }
        if (problems.isEmpty()) {
            problems.addAll(SingleFile.size(SingleFile.REPORT));
        }
        if (!partial && !GoldenUpdate.isAsked()) {
            problems.addAll(Verdicts.PINNED.orphans());
        }
        List<String> refused = new GoldenUpdate().onRequest(partial ? GoldenUpdate.Run.PARTIAL
                : problems.isEmpty() ? GoldenUpdate.Run.WHOLE_AND_PASSING : GoldenUpdate.Run.WHOLE);
        problems.addAll(refused);
        if (GoldenUpdate.isAsked() && refused.isEmpty()) {
            Verdicts.PINNED.update();
        }
        skips(lines).forEach(System.out::println);
        problems.forEach(System.out::println);
        String counts = counts(lines, problems.size());
        Files.createDirectories(COUNTS.getParent());
        Files.writeString(COUNTS, counts + System.lineSeparator());
        System.out.println(counts);
        // What failed fails the build by the plugin that ran it, which comes next.
        if (!problems.isEmpty() && count(lines, "failed") == 0) {
            throw new IllegalStateException("the gate is closed by what is listed above, " + problems.size() + " in all");
        }
    }

    /** That there is no report, or one of another run, in words. */
    static List<String> unwritten(Path report, Path ledger) throws IOException {
        if (!Files.exists(report)) {
            return List.of(report + ": wanted the report of this run, got none; nothing wrote it");
        }
        boolean older = Files.exists(ledger)
                && Files.getLastModifiedTime(report).compareTo(Files.getLastModifiedTime(ledger)) < 0;
        return older ? List.of(report + ": wanted the report of this run, got one that is older; nothing wrote it") : List.of();
    }

    /** One line: how much ran, how it ended, where to read on. */
    static String counts(List<RuleLedger.Line> lines, int problems) {
        return String.format(Locale.ROOT, "Rules: %d of %d; tests: %d passed, %d failed, %d skipped with a reason; problems: %d. "
                        + "Report: %s", lines.stream().flatMap(line -> line.rule().stream()).distinct().count(),
                Rules.all().size(), count(lines, "passed"), count(lines, "failed"), count(lines, "skipped"), problems,
                SingleFile.REPORT);
    }

    /** A line for each skip; one, with their number, for those of one name and one reason, such as of a backend. */
    static List<String> skips(List<RuleLedger.Line> lines) {
        Map<String, Long> skips = lines.stream().filter(line -> line.outcome().equals("skipped")).collect(Collectors.groupingBy(
                line -> line.name() + " (" + line.reason() + ")", LinkedHashMap::new, Collectors.counting()));
        return skips.entrySet().stream().map(skip -> "Skipped" + (skip.getValue() == 1 ? "" : ", " + skip.getValue() + " times")
                + ": " + skip.getKey()).toList();
    }

    private static long count(List<RuleLedger.Line> lines, String outcome) {
        return lines.stream().filter(line -> line.outcome().equals(outcome)).count();
    }

    /** What of the README is not as it is to be; a partial run knows no figures. */
    private static List<String> readme(List<ReadmeSection> sections) throws IOException {
        List<String> stale = new ArrayList<>();
        for (ReadmeSection section : sections) {
            if ("update".equals(System.getProperty("readme"))) {
                section.update();
            }
            if (!section.isCurrent()) {
                stale.add("README.md: its table of " + section.title()
                        + " is not that of this run; mvn verify -Dreadme=update writes it");
            }
        }
        return stale;
    }

    /** Why the build must fail; empty when it passes. A partial run answers for the tests it ran, not for all rules. */
    static List<String> problems(List<RuleLedger.Line> lines, boolean partial) {
        return problems(lines, partial, REQUIRED);
    }

    static List<String> problems(List<RuleLedger.Line> lines, boolean partial, List<String> required) {
        List<String> problems = new ArrayList<>();
        if (lines.isEmpty()) {
            problems.add("no test ran");
        }
        Map<String, Map<String, Long>> ran = new TreeMap<>();
        for (RuleLedger.Line line : lines) {
            switch (line.outcome()) {
                case "failed" -> problems.add("failed: " + line.rule().map(rule -> rule.id() + ": ").orElse("")
                        + line.where() + " [" + line.name() + "] " + line.reason() + "\n  to repeat it: " + line.repeat());
                case "skipped" -> {
                    if (line.reason().isBlank()) {
                        problems.add("skipped without a reason: " + line.where() + " [" + line.name() + "]");
                    }
                    if (required.stream().anyMatch(backend -> line.reason().contains(backend + " is not available here"))) {
                        problems.add("skipped, though -Drequired names the backend: " + line.where() + " [" + line.name()
                                + "] " + line.reason());
                    }
                }
                default -> line.rule().ifPresent(rule ->
                        ran.computeIfAbsent(rule.id(), key -> new TreeMap<>()).merge(line.role(), 1L, Long::sum));
            }
        }
        if (!partial) {
            for (RuleCard rule : Rules.all()) {
                for (RuleIndex.Role role : RuleIndex.Role.values()) {
                    if (!ran.getOrDefault(rule.id(), Map.of()).containsKey(role.name())) {
                        problems.add("rule " + rule.id() + ": no passing test "
                                + (role == RuleIndex.Role.SHOWS ? "shows it" : "proves its teeth"));
                    }
                }
            }
        }
        return problems;
    }
}
