package dev.regularisation.spec;

import io.qameta.allure.listener.TestLifecycleListener;
import io.qameta.allure.model.Label;
import io.qameta.allure.model.TestResult;
import io.qameta.allure.util.ResultsUtils;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Files every test in the report: rules under the section of the post (epic), the rule's topic (feature) and its id
 * (story); other tests under what they are about, their package and class. A test without a page of its own gets a short one.
 */
public final class RuleLabels implements TestLifecycleListener {

    /** Before the name of a test of a test. */
    static final String TEETH = "[teeth] ";
    /** Replaced here, and what says nothing to a reader: who ran the tests with what. */
    private static final List<String> UNWANTED = List.of("epic", "feature", "story", "host", "thread", "framework", "language",
            "junit.platform.uniqueid");
    /** What the platform puts before the name of one invocation of a parameterised test. */
    private static final String INVOCATION_PREFIX = "^\\w+\\([^)]*\\) ";

    @Override
    public void beforeTestWrite(TestResult result) {
        if (Sheet.isOwn(result)) {
            return;
        }
        String className = label(result, "testClass").orElse("");
        String method = label(result, "testMethod").orElse("");
        result.getLabels().removeIf(label -> UNWANTED.contains(label.getName()));
        result.setName(result.getName().replaceFirst(INVOCATION_PREFIX, ""));
        Optional<RuleIndex.Entry> entry = RuleIndex.of(className, method);
        if (entry.isPresent()) {
            fileUnderRule(result, entry.get(), command(className, method));
        } else {
            fileUnderProduct(result, className, command(className, method));
        }
        PropertyFacts.take(result.getUuid())
                .ifPresent(facts -> result.setDescriptionHtml(result.getDescriptionHtml() + facts.html()));
    }

    /** The page of a rule stands first in its story; the other tests say what they are for. */
    private static void fileUnderRule(TestResult result, RuleIndex.Entry entry, String command) {
        RuleCard rule = entry.rule();
        boolean teeth = entry.role() == RuleIndex.Role.TEETH;
        if (result.getDescriptionHtml() == null) {
            result.setName((teeth && !result.getName().startsWith(TEETH) ? TEETH : "") + result.getName());
            result.setDescriptionHtml(new Sheet().paragraph("The rule", rule.statement())
                    .paragraph("This test", (teeth ? "A test of the test: the check of this rule rejects what the name says, a "
                            + "deliberately wrong implementation or data on which the statement is false."
                            : "It shows the rule in one more way.")
                            + " The evidence is on the page of " + rule.id() + ", whose name begins with the verdict.")
                    .command("Reproduce", command).html());
        }
        add(result, rule.section().ordered(), rule.topic(), rule.id());
        result.getLabels().add(ResultsUtils.createTagLabel(rule.strength().title()));
        if (teeth) {
            result.getLabels().add(ResultsUtils.createTagLabel("teeth"));
        }
    }

    /** The name of a rule's page. */
    static String pageName(Verdict verdict, RuleCard rule) {
        return verdict.title() + ": " + rule.statement();
    }

    /** Whether a name is one of {@link #pageName}. */
    public static boolean isPage(String name) {
        return Stream.of(Verdict.values()).anyMatch(verdict -> name.startsWith(verdict.title() + ": "));
    }

    private static void fileUnderProduct(TestResult result, String className, String command) {
        if (result.getDescriptionHtml() == null) {
            result.setDescriptionHtml(new Sheet().paragraph(result.getName()).command("Reproduce", command).html());
        }
        String name = ProductSection.local(className);
        int dot = name.lastIndexOf('.');
        add(result, ProductSection.of(className).ordered(), dot < 0 ? "project" : name.substring(0, dot),
                name.substring(dot + 1));
    }

    private static String command(String className, String method) {
        return "mvn verify -Dtest=" + className.substring(className.lastIndexOf('.') + 1) + "#" + method;
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
