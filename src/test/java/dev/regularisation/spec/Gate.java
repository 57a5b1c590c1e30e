package dev.regularisation.spec;

import dev.regularisation.golden.GoldenUpdate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Decides, after all tests ran and the report was written, whether the build passes: no failure, every rule shown and with
 * teeth, no undeclared skip. Prints one line of counts.
 *
 * <p>It runs after the report so that there is a report of failures too.
 */
public final class Gate {

    private static final int DEFAULT_SEEDS = 20;

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
        if (!partial && Integer.getInteger("seeds", DEFAULT_SEEDS) == DEFAULT_SEEDS) {
            problems.addAll(readme());
        }
        problems.addAll(GoldenUpdate.onRequest(problems.isEmpty(), partial));
        long passed = lines.stream().filter(line -> line.outcome().equals("passed")).count();
        long skipped = lines.stream().filter(line -> line.outcome().equals("skipped")).count();
        long failed = lines.stream().filter(line -> line.outcome().equals("failed")).count();
        long rules = lines.stream().flatMap(line -> line.rule().stream()).distinct().count();
        System.out.printf("Rules: %d of %d; tests: %d passed, %d failed, %d skipped with a reason. Report: %s%n",
                rules, Rule.values().length, passed, failed, skipped, Path.of("reports", "allure", "index.html"));
        lines.stream().filter(line -> line.outcome().equals("skipped"))
                .forEach(line -> System.out.printf("Skipped: %s (%s)%n", line.name(), line.reason()));
        if (!problems.isEmpty()) {
            throw new IllegalStateException(String.join("\n  ", problems));
        }
    }

    private static List<String> readme() throws IOException {
        if ("update".equals(System.getProperty("readme"))) {
            RuleTable.update();
        }
        return RuleTable.isCurrent() ? List.of()
                : List.of("README.md: its table of rules is not that of this run; mvn verify -Dreadme=update writes it");
    }

    /** Why the build must fail; empty when it passes. A partial run answers for the tests it ran, not for all rules. */
    static List<String> problems(List<RuleLedger.Line> lines, boolean partial) {
        List<String> problems = new ArrayList<>();
        if (lines.isEmpty()) {
            problems.add("no test ran");
        }
        Map<Rule, Map<String, Long>> ran = new EnumMap<>(Rule.class);
        for (RuleLedger.Line line : lines) {
            switch (line.outcome()) {
                case "failed" -> problems.add("failed: " + line.rule().map(rule -> rule.id() + ": ").orElse("")
                        + line.where() + " [" + line.name() + "] " + line.reason());
                case "skipped" -> {
                    if (line.reason().isBlank()) {
                        problems.add("skipped without a reason: " + line.where() + " [" + line.name() + "]");
                    }
                }
                default -> line.rule().ifPresent(rule ->
                        ran.computeIfAbsent(rule, key -> new TreeMap<>()).merge(line.role(), 1L, Long::sum));
            }
        }
        if (!partial) {
            for (Rule rule : Rule.values()) {
                for (RuleIndex.Role role : RuleIndex.Role.values()) {
                    if (!ran.getOrDefault(rule, Map.of()).containsKey(role.name())) {
                        problems.add("rule " + rule.id() + ": no passing test "
                                + (role == RuleIndex.Role.SHOWS ? "shows it" : "proves its teeth"));
                    }
                }
            }
        }
        return problems;
    }
}
