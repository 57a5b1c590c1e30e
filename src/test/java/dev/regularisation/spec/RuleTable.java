package dev.regularisation.spec;

import dev.regularisation.experiment.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The table of all rules in the README, made from the index and from the figures that the rules' pages published. */
final class RuleTable {

    private static final Path README = Path.of("README.md");
    private static final String BEGIN = "<!-- rules: begin; written by mvn verify -Dreadme=update -->\n";
    private static final String END = "<!-- rules: end -->\n";

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

    /** Whether the README holds this table. */
    static boolean isCurrent() throws IOException {
        String readme = Files.readString(README);
        return readme.equals(withTable(readme));
    }

    /** Puts this table into the README. */
    static void update() throws IOException {
        String readme = withTable(Files.readString(README));
        AtomicFiles.write(README, out -> out.write(readme.getBytes(StandardCharsets.UTF_8)));
    }

    private static String withTable(String readme) throws IOException {
        int begin = readme.indexOf(BEGIN);
        int end = readme.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalStateException("README.md: wanted the lines " + BEGIN.strip() + " and " + END.strip());
        }
        return readme.substring(0, begin + BEGIN.length()) + markdown() + readme.substring(end);
    }
}
