package dev.regularisation.spec;

import java.util.Optional;

/**
 * A rule about training, judged on runs of {@code cpu}. Where it asks for seeds, it is judged on all that the study has, and its
 * page says what the first {@value Seeds#FEW} alone would have shown.
 *
 * @param <E> the evidence
 */
public abstract class RunRuleTest<E> extends RuleTest<E> {

    private final Runs runs = Runs.remembering();

    /** What is measured on runs. Seeds are those that these have, and no others. */
    protected abstract E evidence(Runs runs);

    @Override
    protected final E evidence() {
        return evidence(runs);
    }

    @Override
    final Optional<Seeds> seeds() {
        return runs.studies().isEmpty() ? super.seeds()
                : Optional.of(new Seeds(runs.studies(), Seeds.FEW, judge(evidence(runs.first(Seeds.FEW)))));
    }
}
