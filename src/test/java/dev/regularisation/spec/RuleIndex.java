package dev.regularisation.spec;

import java.util.Optional;

/** Finds the rule that a test belongs to: that of its class. */
final class RuleIndex {

    /** The method of {@link RuleTest} that tries its predicates on counterexamples; all others show the rule. */
    private static final String TEETH = "teeth";

    private RuleIndex() {
    }

    /** What a test does for a rule. */
    enum Role {
        SHOWS, TEETH
    }

    /** A rule and what a test does for it. */
    record Entry(RuleCard rule, Role role) {
    }

    /** The entry of a method, or nothing where its class has no {@link Rule}. */
    static Optional<Entry> of(String className, String methodName) {
        try {
            Class<?> type = Class.forName(className);
            return type.isAnnotationPresent(Rule.class)
                    ? Optional.of(new Entry(RuleCard.of(type), methodName.equals(TEETH) ? Role.TEETH : Role.SHOWS))
                    : Optional.empty();
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }
}
