package dev.regularisation.spec;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A test of a test: the check of a rule rejects a deliberately wrong implementation, or data on which the claim is false.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Teeth {

    /** The rule whose check is tried. */
    OldRule value();
}
