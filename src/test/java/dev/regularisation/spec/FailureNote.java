package dev.regularisation.spec;

import io.qameta.allure.listener.TestLifecycleListener;
import io.qameta.allure.model.Label;
import io.qameta.allure.model.Status;
import io.qameta.allure.model.StatusDetails;
import io.qameta.allure.model.TestResult;
import java.util.Optional;

/**
 * Puts the line that repeats a test under the message of every failure in the report. It is registered before
 * {@link RuleLabels}, which drops the identifier that it needs.
 */
public final class FailureNote implements TestLifecycleListener {

    @Override
    public void beforeTestWrite(TestResult result) {
        if (result.getStatus() != Status.FAILED && result.getStatus() != Status.BROKEN || Sheet.isOwn(result)) {
            return;
        }
        StatusDetails details = Optional.ofNullable(result.getStatusDetails()).orElseGet(StatusDetails::new);
        String message = Optional.ofNullable(details.getMessage()).orElse("no message");
        String line = Reproduction.of(label(result, "testClass"), label(result, "testMethod"),
                label(result, "junit.platform.uniqueid"), result.getName());
        result.setStatusDetails(details.setMessage(message + "\n\nTo repeat it: " + line));
    }

    private static String label(TestResult result, String name) {
        return result.getLabels().stream().filter(label -> label.getName().equals(name)).map(Label::getValue).findFirst()
                .orElse("");
    }
}
