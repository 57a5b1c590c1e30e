package dev.regularisation.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gate rejects what it must. */
final class GateTest {

    private static RuleLedger.Line line(String outcome, RuleCard rule, RuleIndex.Role role, String reason) {
        return new RuleLedger.Line(outcome, Optional.ofNullable(rule), role == null ? "" : role.name(), "SomeTest#some",
                "some", reason, outcome.equals("failed") ? "mvn verify -Dtest=SomeTest#some (facts)" : "");
    }

    private static List<RuleLedger.Line> complete() {
        List<RuleLedger.Line> lines = new ArrayList<>();
        for (RuleCard rule : Rules.all()) {
            for (RuleIndex.Role role : RuleIndex.Role.values()) {
                lines.add(line("passed", rule, role, ""));
            }
        }
        return lines;
    }

    @Test
    @DisplayName("every rule shown and with teeth passes")
    void completeRun() {
        assertThat(Gate.problems(complete(), false)).isEmpty();
    }

    @Test
    @DisplayName("a rule that nothing shows, or without teeth, fails a whole run and not a partial one")
    void missingRule() {
        List<RuleLedger.Line> lines = complete();
        lines.remove(0);
        lines.remove(lines.size() - 1);

        assertThat(Gate.problems(lines, false)).containsExactly(
                "rule " + Rules.all().get(0).id() + ": no passing test shows it",
                "rule " + Rules.all().get(Rules.all().size() - 1).id() + ": no passing test proves its teeth");
        assertThat(Gate.problems(lines, true)).isEmpty();
    }

    @Test
    @DisplayName("a failed test, an undeclared skip and an empty run fail")
    void failures() {
        List<RuleLedger.Line> lines = complete();
        lines.add(line("failed", Rules.of("l1.sparsifies").orElseThrow(), RuleIndex.Role.SHOWS, "0.01 is not above 0.5"));
        lines.add(line("skipped", null, null, " "));
        lines.add(line("skipped", null, null, "no GPU here"));

        assertThat(Gate.problems(lines, false)).containsExactly(
                "failed: l1.sparsifies: SomeTest#some [some] 0.01 is not above 0.5\n"
                        + "  to repeat it: mvn verify -Dtest=SomeTest#some (facts)",
                "skipped without a reason: SomeTest#some [some]");
        assertThat(Gate.problems(List.of(), true)).containsExactly("no test ran");
        List<RuleLedger.Line> skipped = List.of(line("skipped", null, null, "opencl is not available here: no driver"));
        assertThat(Gate.problems(skipped, true, List.of("nd4j"))).isEmpty();
        assertThat(Gate.problems(skipped, true, List.of("opencl"))).containsExactly("skipped, though -Drequired names the backend: "
                + "SomeTest#some [some] opencl is not available here: no driver");
    }

    @Test
    @DisplayName("skips of one name and one reason are one line, with their number")
    void skips() {
        List<RuleLedger.Line> lines = List.of(line("skipped", null, null, "not asked"), line("passed", null, null, ""),
                line("skipped", null, null, "no driver"), line("skipped", null, null, "not asked"));

        assertThat(Gate.skips(lines)).containsExactly("Skipped, 2 times: some (not asked)", "Skipped: some (no driver)");
    }

    @Test
    @DisplayName("rules stand in the order of their sections, say a sentence each, and lead to rules")
    void index() {
        List<RuleCard> rules = Rules.all();
        assertThat(rules).extracting(rule -> rule.section().ordinal()).isSorted();
        assertThat(rules).allSatisfy(rule -> {
            assertThat(rule.statement()).endsWith(".").doesNotContain("..");
            assertThat(rule.related()).allSatisfy(id -> assertThat(Rules.of(id)).as(rule.id() + " leads to " + id).isPresent());
        });
    }

    @Test
    @DisplayName("no report, and one that is older than the account of the tests, are found")
    void unwritten(@TempDir Path folder) throws IOException {
        Path report = folder.resolve("index.html");
        Path ledger = Files.writeString(folder.resolve("ledger.tsv"), "");

        assertThat(Gate.unwritten(report, ledger)).singleElement().asString().contains("got none; nothing wrote it");
        Files.writeString(report, "");
        Files.setLastModifiedTime(report, FileTime.fromMillis(Files.getLastModifiedTime(ledger).toMillis() - 1000));
        assertThat(Gate.unwritten(report, ledger)).singleElement().asString().contains("got one that is older");
        Files.setLastModifiedTime(report, FileTime.fromMillis(Files.getLastModifiedTime(ledger).toMillis() + 1000));
        assertThat(Gate.unwritten(report, ledger)).isEmpty();
    }
}
