package dev.regularisation.spec;

import dev.regularisation.plot.ComparisonPicture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.post.PublishedFigures;
import dev.regularisation.support.PostRuns;
import dev.regularisation.training.TrainingResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The page that a reader of the report sees first: the scoreboard of all rules, the published figures beside the
 * reproduced ones, and the comparison of the seven runs. Made when all tests have run.
 */
final class Overview {

    /** Its name, of which the report has one. */
    static final String NAME = "What the post claims, and how it stands";

    private Overview() {
    }

    /** Adds the page to the report. */
    static void publish(List<RuleLedger.Line> lines) throws IOException {
        Map<PostExperiment, TrainingResult> runs = new EnumMap<>(PostExperiment.class);
        for (PostExperiment experiment : PostExperiment.values()) {
            runs.put(experiment, PostRuns.of(experiment));
        }
        Sheet sheet = new Sheet()
                .paragraph("A blog post claims things about L2, L1, minibatches, dropout and more data, and shows them on a toy "
                        + "problem. Every claim is a rule here: " + Rules.all().size() + " rules, of which "
                        + count(Verdict.HOLDS) + " hold, " + count(Verdict.QUALIFIED) + " hold with a qualification and "
                        + count(Verdict.NOT_SUPPORTED) + " are not supported. The scoreboard below leads to each rule's page; in "
                        + "Behaviors they stand in the order of the post, then the tests of the product.")
                .picture(ComparisonPicture.of(runs, "The post's runs compared"))
                .heading("Published and reproduced")
                .table("The figures that the post's notebook prints, and ours; R2 is of the final model, as in the post",
                        List.of("run", "quantity", "published", "reproduced", "every printed digit"), figures(runs))
                .paragraph("Where figures differ, the run amplifies rounding: see figures.rounding-band.")
                .heading("Scoreboard");
        for (Section section : Section.values()) {
            sheet.table(section.title(), List.of("rule", "statement", "strength", "verdict", "figure", "tests"),
                    scores(section, lines));
        }
        boolean passed = lines.stream().noneMatch(line -> line.outcome().equals("failed"));
        sheet.publish("00 Overview", "Scoreboard", NAME, passed);
    }

    private static long count(Verdict verdict) {
        return Rules.all().stream().flatMap(rule -> RuleResult.of(rule.id()).stream())
                .filter(result -> result.verdict() == verdict).count();
    }

    private static List<List<String>> figures(Map<PostExperiment, TrainingResult> runs) {
        return PublishedFigures.all().stream().map(figure -> {
            double ours = figure.quantity().of(runs.get(figure.experiment()));
            return List.of(figure.experiment().title(), figure.quantity().title(), figure.printed(), figure.round(ours),
                    figure.agrees(ours) ? "agrees" : "differs");
        }).toList();
    }

    private static List<List<String>> scores(Section section, List<RuleLedger.Line> lines) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        for (RuleCard rule : Rules.of(section)) {
            long passed = lines.stream().filter(line -> line.rule().filter(rule::equals).isPresent())
                    .filter(line -> line.outcome().equals("passed")).count();
            Optional<RuleResult> result = RuleResult.of(rule.id());
            rows.add(List.of(rule.id(), rule.statement(), rule.strength().title(),
                    result.map(found -> found.verdict().title()).orElse(""), result.map(RuleResult::figure).orElse(""),
                    Long.toString(passed)));
        }
        return rows;
    }
}
