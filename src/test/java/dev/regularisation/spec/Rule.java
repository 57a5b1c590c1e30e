package dev.regularisation.spec;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A rule of the specification: a statement of the post that is tried, or something that looking closely added. The class that
 * carries this is a {@link RuleTest}, which measures, judges and proves that it would judge otherwise; a page in Markdown that
 * is named after the {@link #id} lies beside it.
 *
 * <p>No verdict is written here: it is what the evidence says.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Rule {

    /** Its stable name, never used again for another rule: topic, full stop, words, such as {@code l1.sparsifies}. */
    String id();

    /** Where in the post. */
    Section section();

    /** What kind of statement. */
    Strength strength();

    /** What the post says, in our words and one sentence; of a finding, what we found. */
    String statement();

    /** What holds where the statement does not hold as it was said, in one sentence; empty where nothing is asserted. */
    String qualified() default "";

    /** What is true where neither holds, in one sentence; empty where nothing is asserted. */
    String instead() default "";

    /** Why nothing can be shown, of a rule that is allowed to stay undecided. */
    String undecided() default "";

    /** Other rules that a reader of this one will want. */
    String[] related() default {};
}
