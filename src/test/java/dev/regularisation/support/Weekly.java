package dev.regularisation.support;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * A test that a commit need not wait for: it takes seconds, and others most likely notice the same fault, or what could break it
 * seldom changes. Without {@code -Dweekly} it is a skip, declared and counted like any other; the weekly workflow runs all.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(Weekly.Condition.class)
public @interface Weekly {

    /** Why a commit can do without: what every build tries in its place, or what alone could break it. */
    String value();

    /** Whether this build runs them. */
    final class Condition implements ExecutionCondition {

        private static final String PROPERTY = "weekly";

        private static boolean isWeekly() {
            String property = System.getProperty(PROPERTY);
            return property != null && !property.equals("false");
        }

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return AnnotationSupport.findAnnotation(context.getElement(), Weekly.class).filter(weekly -> !isWeekly())
                    .map(weekly -> ConditionEvaluationResult.disabled("weekly, or with -D" + PROPERTY + ": " + weekly.value()))
                    .orElseGet(() -> ConditionEvaluationResult.enabled("every build, or the weekly one"));
        }
    }
}
