package dev.regularisation.spec;

import dev.regularisation.plot.ComparisonPicture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.post.PublishedFigures;
import dev.regularisation.support.PostRuns;
import dev.regularisation.training.TrainingResult;
import java.io.IOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
        Map<String, String> values = new HashMap<>();
        values.put("count", Integer.toString(Rules.all().size()));
        values.put("sentences", Integer.toString(Coverage.sentences().size()));
        values.put("holds", counted(Verdict.HOLDS, "holds as it is said", "hold as they are said"));
        values.put("qualified", counted(Verdict.QUALIFIED, "is not so as it is said, and holds with a qualification",
                "are not so as they are said, and hold with a qualification"));
        values.put("refuted", counted(Verdict.NOT_SUPPORTED, "is not so", "are not so"));
        values.put("wrong", Markup.table(List.of("verdict", "the post says", "what is so", "figure", "rule"),
                Stream.of(Verdict.NOT_SUPPORTED, Verdict.UNDECIDED, Verdict.QUALIFIED).flatMap(verdict -> of(verdict).stream()
                        .map(rule -> wrong(rule, RuleResult.of(rule.id()).orElseThrow()))).toList()));
        values.put("right", Stream.of(Section.values()).map(section -> "**" + section.title() + "**\n\n" + Markup.table(
                List.of("statement", "kind", "figure", "tests", "rule"), of(Verdict.HOLDS).stream()
                        .filter(rule -> rule.section() == section).map(rule -> right(rule, lines)).toList()))
                .collect(Collectors.joining("\n\n")));
        values.put("figures", Markup.table(List.of("run", "quantity", "published", "reproduced", "every printed digit"),
                figures(runs)));
        String html = Markup.html(Template.beside(Overview.class, "overview").filled(values))
                .replace("<img src=\"picture:comparison\" alt=\"\" />",
                        Sheet.image(ComparisonPicture.of(runs, "The post's runs compared")));
        boolean passed = lines.stream().noneMatch(line -> line.outcome().equals("failed"));
        new Sheet().html(html).publish("00 Overview", "Scoreboard", NAME, passed);
    }

    private static List<RuleCard> of(Verdict verdict) {
        return Rules.all().stream().filter(rule ->
                RuleResult.of(rule.id()).filter(result -> result.verdict() == verdict).isPresent()).toList();
    }

    private static String counted(Verdict verdict, String one, String several) {
        int count = of(verdict).size();
        return count + " " + (count == 1 ? one : several);
    }

    private static List<String> wrong(RuleCard rule, RuleResult result) {
        return List.of(result.verdict().title(), rule.statement(), result.sentence(), result.figure(), link(rule));
    }

    private static List<String> right(RuleCard rule, List<RuleLedger.Line> lines) {
        long passed = lines.stream().filter(line -> line.rule().filter(rule::equals).isPresent())
                .filter(line -> line.outcome().equals("passed")).count();
        return List.of(rule.statement(), rule.strength().title(),
                RuleResult.of(rule.id()).map(RuleResult::figure).orElse(""), Long.toString(passed), link(rule));
    }

    private static String link(RuleCard rule) {
        return "[" + rule.id() + "](rule:" + rule.id() + ")";
    }

    private static List<List<String>> figures(Map<PostExperiment, TrainingResult> runs) {
        return PublishedFigures.all().stream().map(figure -> {
            double ours = figure.quantity().of(runs.get(figure.experiment()));
            return List.of(figure.experiment().title(), figure.quantity().title(), figure.printed(), figure.round(ours),
                    figure.agrees(ours) ? "agrees" : "differs");
        }).toList();
    }
}
