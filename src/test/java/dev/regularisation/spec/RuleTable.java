package dev.regularisation.spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
            for (Rule rule : Rule.values()) {
                if (rule.section() == section) {
                    table.append("| `").append(rule.id()).append("` | ").append(cell(rule.statement())).append(" | ")
                            .append(rule.strength().title()).append(" | ").append(rule.verdict().title()).append(" | ")
                            .append(cell(figure(rule))).append(" |\n");
                }
            }
        }
        return table.append('\n').toString();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;");
    }

    /** The key figure that a rule's page published, or nothing. */
    static String figure(Rule rule) throws IOException {
        Path file = Page.FIGURES.resolve(rule.id() + ".figure");
        return Files.exists(file) ? Files.readString(file).strip() : "";
    }
}
