package dev.regularisation.spec;

import java.lang.reflect.Method;
import java.security.SecureRandom;
import java.util.Optional;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyAttributes;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * Gives every property of jqwik its seed, which jqwik by itself draws anew in each run, and after a failure remembers.
 *
 * <p>{@code -Djqwik.seed=fixed}, the default, is the gate: the seed of the annotation, or else {@value #GATE}, so that
 * every run generates the same. It does not depend on the property's name, so that renaming one changes nothing.
 * {@code fresh} draws one for the run; a number repeats such a run. Both overrule the annotations.
 */
public final class PropertySeeds implements AroundPropertyHook {

    /** The system property that chooses. */
    static final String OPTION = "jqwik.seed";
    /** The seed of the gate. */
    static final String GATE = "42";

    private static final String FIXED = "fixed";
    private static final Optional<String> FOR_ALL = forAll(System.getProperty(OPTION, FIXED));

    /** One for all properties, or nothing where each has its own. */
    static Optional<String> forAll(String option) {
        if (option.equals("fresh")) {
            return Optional.of(Integer.toString(new SecureRandom().nextInt(Integer.MAX_VALUE)));
        }
        if (!option.equals(FIXED) && !option.matches("-?\\d{1,18}")) {
            throw new IllegalArgumentException(OPTION + ": wanted fixed, fresh or a whole number, got \"" + option + "\"");
        }
        return Optional.of(option).filter(seed -> !seed.equals(FIXED));
    }

    /** The seed that this run gave to all properties, unless it is the gate's run, where each has a fixed one. */
    static Optional<String> ofThisRun() {
        return FOR_ALL;
    }

    /** The seed that a property has in this run; nothing where the method is none. */
    static Optional<String> of(Method method) {
        return Optional.ofNullable(method.getAnnotation(Property.class))
                .map(property -> choose(FOR_ALL, Optional.of(property.seed())));
    }

    static String choose(Optional<String> forAll, Optional<String> annotated) {
        return forAll.orElse(annotated.filter(seed -> !seed.equals(Property.SEED_NOT_SET)).orElse(GATE));
    }

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
        PropertyAttributes attributes = context.attributes();
        attributes.setSeed(choose(FOR_ALL, attributes.seed()));
        // Not the sample or the seed of a failure before: what a run tries depends on no other run.
        attributes.setAfterFailure(AfterFailureMode.RANDOM_SEED);
        return property.execute();
    }
}
