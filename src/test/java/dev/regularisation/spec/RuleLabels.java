package dev.regularisation.spec;

import io.qameta.allure.listener.TestLifecycleListener;
import io.qameta.allure.model.Label;
import io.qameta.allure.model.TestResult;
import io.qameta.allure.util.ResultsUtils;
import java.util.List;
import java.util.Optional;

/**
 * Files every test in the report: rules under the section of the post (epic), the rule's topic (feature) and its id
 * (story); other tests under the package that they test.
 */
public final class RuleLabels implements TestLifecycleListener {

    private static final List<String> BEHAVIOUR = List.of("epic", "feature", "story");
    /** What the platform puts before the name of one invocation of a parameterised test. */
    private static final String INVOCATION_PREFIX = "^\\w+\\([^)]*\\) ";
    private static final String ROOT = "dev.regularisation.";

    @Override
    public void beforeTestWrite(TestResult result) {
        if (Overview.owns(result)) {
            return;
        }
        String className = label(result, "testClass").orElse("");
        Optional<RuleIndex.Entry> entry = RuleIndex.of(className, label(result, "testMethod").orElse(""));
        result.getLabels().removeIf(label -> BEHAVIOUR.contains(label.getName()));
        result.setName(result.getName().replaceFirst(INVOCATION_PREFIX, ""));
        if (entry.isPresent()) {
            Rule rule = entry.get().rule();
            describe(result, entry.get());
            add(result, rule.section().ordered(), rule.id().substring(0, rule.id().indexOf('.')), rule.id());
            result.getLabels().add(ResultsUtils.createTagLabel(rule.strength().title()));
            if (entry.get().role() == RuleIndex.Role.TEETH) {
                result.getLabels().add(ResultsUtils.createTagLabel("teeth"));
            }
        } else {
            String name = className.startsWith(ROOT) ? className.substring(ROOT.length()) : className;
            int dot = name.lastIndexOf('.');
            add(result, "%02d Product".formatted(Section.values().length + 1), dot < 0 ? "project" : name.substring(0, dot),
                    name.substring(dot + 1));
        }
    }

    /** The page of a rule stands first in its story; the other tests say what they are for. */
    private static void describe(TestResult result, RuleIndex.Entry entry) {
        boolean teeth = entry.role() == RuleIndex.Role.TEETH;
        if (result.getDescriptionHtml() != null) {
            result.setName("[page] " + result.getName());
            return;
        }
        result.setName((teeth ? "[teeth] " : "") + result.getName());
        Rule rule = entry.rule();
        result.setDescriptionHtml("<p><b>The rule.</b> " + Page.escape(rule.statement()) + "</p><p>"
                + (teeth ? "This is a test of the test: the check of this rule rejects what its name says, a deliberately wrong "
                        + "implementation or data on which the statement is false."
                        : "This test shows the rule in one more way.")
                + " The evidence is on the page of <b>" + rule.id() + "</b>, marked [page].</p>");
    }

    private static void add(TestResult result, String epic, String feature, String story) {
        result.getLabels().add(ResultsUtils.createEpicLabel(epic));
        result.getLabels().add(ResultsUtils.createFeatureLabel(feature));
        result.getLabels().add(ResultsUtils.createStoryLabel(story));
    }

    private static Optional<String> label(TestResult result, String name) {
        return result.getLabels().stream().filter(label -> label.getName().equals(name)).map(Label::getValue).findFirst();
    }
}
