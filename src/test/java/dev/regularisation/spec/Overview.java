package dev.regularisation.spec;

import dev.regularisation.experiment.PostExperiment;
import dev.regularisation.experiment.PublishedFigures;
import dev.regularisation.plot.ComparisonPicture;
import dev.regularisation.plot.Picture;
import dev.regularisation.support.PostRuns;
import dev.regularisation.training.TrainingResult;
import io.qameta.allure.Allure;
import io.qameta.allure.AllureLifecycle;
import io.qameta.allure.model.Label;
import io.qameta.allure.model.Status;
import io.qameta.allure.model.TestResult;
import io.qameta.allure.util.ResultsUtils;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The page that a reader of the report sees first: the scoreboard of all rules, the published figures beside the
 * reproduced ones, and the comparison of the seven runs. Made when all tests have run.
 */
final class Overview {

    private static final String EPIC = "00 Overview";
    private static final String CELL = " style=\"border:1px solid #bbb;padding:3px 8px;text-align:left;vertical-align:top\"";

    private Overview() {
    }

    /** Adds the page to the report. */
    static void publish(List<RuleLedger.Line> lines) throws IOException {
        Map<PostExperiment, TrainingResult> runs = new EnumMap<>(PostExperiment.class);
        for (PostExperiment experiment : PostExperiment.values()) {
            runs.put(experiment, PostRuns.of(experiment));
        }
        String html = html(lines, runs);
        boolean failed = lines.stream().anyMatch(line -> line.outcome().equals("failed"));
        String uuid = UUID.randomUUID().toString();
        AllureLifecycle lifecycle = Allure.getLifecycle();
        List<Label> labels = new ArrayList<>(List.of(ResultsUtils.createEpicLabel(EPIC),
                ResultsUtils.createFeatureLabel("Scoreboard"), ResultsUtils.createStoryLabel("All rules, all figures")));
        lifecycle.scheduleTestCase(new TestResult().setUuid(uuid).setName("What the post claims, and how it stands")
                .setFullName(Overview.class.getName()).setHistoryId("overview").setLabels(labels));
        lifecycle.startTestCase(uuid);
        lifecycle.updateTestCase(uuid, result -> result.setStatus(failed ? Status.FAILED : Status.PASSED)
                .setDescriptionHtml(html));
        lifecycle.stopTestCase(uuid);
        lifecycle.writeTestCase(uuid);
    }

    /** Whether the labels are those of this page, which belongs to no test method. */
    static boolean owns(TestResult result) {
        return Overview.class.getName().equals(result.getFullName());
    }

    private static String html(List<RuleLedger.Line> lines, Map<PostExperiment, TrainingResult> runs) throws IOException {
        StringBuilder html = new StringBuilder("<div style=\"max-width:960px;font-size:14px;line-height:1.45\">\n");
        html.append("<p>A blog post claims things about L2, L1, minibatches, dropout and more data, and shows them on a toy "
                + "problem. Every claim is a rule here: <b>").append(Rule.values().length).append("</b> rules, of which <b>")
                .append(count(Verdict.HOLDS)).append("</b> hold, <b>").append(count(Verdict.QUALIFIED))
                .append("</b> hold with a qualification and <b>").append(count(Verdict.NOT_SUPPORTED))
                .append("</b> are not supported. Each rule's page is under its section of the post, in <i>Behaviors</i>.</p>\n");
        Picture comparison = ComparisonPicture.of(runs, "The post's runs compared");
        html.append("<p><img style=\"max-width:100%;height:auto\" alt=\"").append(Page.escape(comparison.altText()))
                .append("\" src=\"data:image/png;base64,").append(Base64.getEncoder().encodeToString(comparison.png()))
                .append("\"></p>\n");
        figures(html, runs);
        scoreboard(html, lines);
        return html.append("</div>").toString();
    }

    private static long count(Verdict verdict) {
        return Arrays.stream(Rule.values()).filter(rule -> rule.verdict() == verdict).count();
    }

    private static void figures(StringBuilder html, Map<PostExperiment, TrainingResult> runs) {
        html.append("<h3>Published and reproduced</h3>\n<table style=\"border-collapse:collapse\">");
        row(html, "th", "run", "quantity", "published", "reproduced", "every printed digit");
        for (PublishedFigures.Figure figure : PublishedFigures.all()) {
            double ours = figure.quantity().of(runs.get(figure.experiment()));
            row(html, "td", figure.experiment().title(), figure.quantity().title(), figure.printed(), figure.round(ours),
                    figure.agrees(ours) ? "agrees" : "differs");
        }
        html.append("</table>\n<p>Where figures differ, the run amplifies rounding: see <i>figures.rounding-band</i>. R2 is of "
                + "the final model, as in the post.</p>\n");
    }

    private static void scoreboard(StringBuilder html, List<RuleLedger.Line> lines) throws IOException {
        html.append("<h3>Scoreboard</h3>\n");
        for (Section section : Section.values()) {
            html.append("<h4>").append(section.title()).append("</h4>\n<table style=\"border-collapse:collapse;width:100%\">");
            row(html, "th", "rule", "statement", "strength", "verdict", "figure", "tests");
            for (Rule rule : Rule.values()) {
                if (rule.section() == section) {
                    long passed = lines.stream().filter(line -> line.rule().filter(r -> r == rule).isPresent())
                            .filter(line -> line.outcome().equals("passed")).count();
                    row(html, "td", rule.id(), rule.statement(), rule.strength().title(), rule.verdict().title(),
                            RuleTable.figure(rule), Long.toString(passed));
                }
            }
            html.append("</table>\n");
        }
    }

    private static void row(StringBuilder html, String tag, String... cells) {
        html.append("<tr>");
        for (String cell : cells) {
            html.append('<').append(tag).append(CELL).append('>').append(Page.escape(cell)).append("</").append(tag).append('>');
        }
        html.append("</tr>\n");
    }
}
