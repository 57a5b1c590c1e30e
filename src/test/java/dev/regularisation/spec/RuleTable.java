package dev.regularisation.spec;

import java.io.IOException;

/** The table of all rules in the README, made from the index and from the figures that the rules' pages published. */
final class RuleTable {

    private RuleTable() {
    }

    /** The table in Markdown, sections as headings. */
    static String markdown() throws IOException {
        StringBuilder table = new StringBuilder();
        for (Section section : Section.values()) {
            table.append("\n**").append(section.title()).append("**\n\n| rule | statement | strength | verdict | figure |\n")
                    .append("|---|---|---|---|---|\n");
            for (RuleCard rule : Rules.of(section)) {
                RuleResult result = RuleResult.of(rule.id()).orElseThrow();
                table.append("| `").append(rule.id()).append("` | ").append(cell(rule.statement())).append(" | ")
                        .append(rule.strength().title()).append(" | ").append(result.verdict().title()).append(" | ")
                        .append(cell(result.figure())).append(" |\n");
            }
        }
        return table.append('\n').toString();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;");
    }
}
