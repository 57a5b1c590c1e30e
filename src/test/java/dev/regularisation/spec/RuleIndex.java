package dev.regularisation.spec;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;

/** Finds the rule that a test method belongs to. */
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

    /** The entry of a method, or nothing where it is annotated with neither {@link Shows} nor {@link Teeth}. */
    static Optional<Entry> of(Method method) {
        Shows shows = method.getAnnotation(Shows.class);
        Teeth teeth = method.getAnnotation(Teeth.class);
        if (shows != null && teeth != null) {
            throw new IllegalStateException(method + ": a test shows a rule or proves its teeth, not both");
        }
        if (shows != null) {
            return Optional.of(new Entry(shows.value().card(), Role.SHOWS));
        }
        return Optional.ofNullable(teeth).map(t -> new Entry(t.value().card(), Role.TEETH));
    }

    /** The entry of a method by name; of overloads, the first that has one. */
    static Optional<Entry> of(String className, String methodName) {
        try {
            Class<?> type = Class.forName(className);
            if (type.isAnnotationPresent(Rule.class)) {
                return Optional.of(new Entry(RuleCard.of(type), methodName.equals(TEETH) ? Role.TEETH : Role.SHOWS));
            }
            return Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> method.getName().equals(methodName))
                    .flatMap(method -> of(method).stream()).findFirst();
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }
}
