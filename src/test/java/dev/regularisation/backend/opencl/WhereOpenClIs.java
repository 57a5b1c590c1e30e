package dev.regularisation.backend.opencl;

import dev.regularisation.backend.Availability;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips JUnit's tests, with the reason, where there is no OpenCL device, not even PoCL's. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(WhereOpenClIs.Condition.class)
public @interface WhereOpenClIs {

    /** Asks the devices of this machine. */
    final class Condition implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            Availability here = new OpenClProvider().availability();
            return here.available() ? ConditionEvaluationResult.enabled(here.detail())
                    : ConditionEvaluationResult.disabled("opencl is not available here: " + here.detail());
        }
    }
}
