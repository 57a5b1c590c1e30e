package dev.regularisation.spec;

import dev.regularisation.cli.CommandRun;
import dev.regularisation.plot.Picture;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page of a rule in the report: what the post says, the formula, the setup, tables, pictures, the verdict, how sure,
 * and the command that reproduces it. A test builds it from what it measured and publishes it before it asserts, so that a
 * refuted claim has its page too.
 */
public final class Page {

    private static final Pattern ARGUMENTS = Pattern.compile("-Dexec\\.args=\"([^\"]*)\"");

    /** What holds of {@code cpu} holds of a backend with the same bits. */
    private static final String SAME_BITS = "Its runs are those of cpu to the last bit: the digests of all seven at 200 and 400 "
            + "samples are compared on the page \"opencl has cpu's bits\" among the backends. To train them there all the same: "
            + "mvn verify -Dbackends=opencl";

    private final OldRule rule;
    private final Sheet sheet = new Sheet();
    private String figure = "";
    private String sure = "";
    private String reproduce = "mvn verify";

    private Page(OldRule rule) {
        this.rule = rule;
        sheet.paragraph(rule.strength() == Strength.FINDING ? "What we looked at" : "The post says", rule.statement());
        sheet.paragraph("Shown by", rule.shownBy());
    }

    /** A page that says what the rule says and how it is shown. */
    public static Page of(OldRule rule) {
        return new Page(rule);
    }

    /** The formula, as the children of a MathML {@code math} element. */
    public Page formula(String mathml) {
        sheet.formula(mathml);
        return this;
    }

    /** What was done, in a sentence or two. */
    public Page setup(String text) {
        return paragraph("Setup", text);
    }

    /** A paragraph under a short heading. */
    public Page paragraph(String heading, String text) {
        sheet.paragraph(heading, text);
        return this;
    }

    /** A table; every row has as many cells as the header. */
    public Page table(String caption, List<String> header, List<List<String>> rows) {
        sheet.table(caption, header, rows);
        return this;
    }

    /** A picture, shown without a click, in full resolution. */
    public Page picture(Picture picture) {
        sheet.picture(picture);
        return this;
    }

    /** Raw numbers behind a picture or table, attached. */
    public Page series(String name, String csv) {
        sheet.series(name, csv);
        return this;
    }

    /** The figure that the table of rules shows, such as {@code 0.4996 against 0.5975}. */
    public Page figure(String text) {
        figure = text;
        return this;
    }

    /** How sure the verdict is: seeds, interval, false-alarm probability, or why it is exact. */
    public Page sure(String text) {
        sure = text;
        return this;
    }

    /**
     * The command that reproduces the evidence.
     *
     * @throws picocli.CommandLine.ParameterException if it gives the program arguments that it does not know
     */
    public Page reproduce(String command) {
        Matcher arguments = ARGUMENTS.matcher(command);
        if (arguments.find()) {
            CommandRun.parse(arguments.group(1));
        }
        reproduce = command;
        return this;
    }

    /**
     * Puts the page into the report, as the description of the running test, and its figure into the table of rules. Of
     * several pages of a rule, one for each backend, the first counts there: cpu, whose figures are the same everywhere.
     */
    public void publish() {
        sheet.paragraph("Verdict: " + rule.verdict().title(), figure);
        if (!sure.isEmpty()) {
            sheet.paragraph("How sure", sure);
        }
        if ((rule.shownBy() + sure).contains("every backend")) {
            sheet.paragraph("On opencl", SAME_BITS);
        }
        sheet.command("Reproduce", reproduce);
        sheet.publish();
        new RuleResult(rule.verdict(), rule.verdict() == Verdict.HOLDS ? rule.statement() : rule.shownBy(), figure).leave(rule.id());
    }
}
