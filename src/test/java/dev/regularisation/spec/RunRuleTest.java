package dev.regularisation.spec;

import java.util.Optional;

/**
 * A rule about training, judged on runs of {@code cpu}. Where it asks for seeds, it is judged on all that the study has, and its
 * page says what the first {@value #FEW} alone would have shown.
 *
 * @param <E> the evidence
 */
public abstract class RunRuleTest<E> extends RuleTest<E> {

    /** So many seeds a build can afford to train; with them a study has to do that is not kept. */
    static final int FEW = 20;

    private final Runs runs = new Runs(Runs.CPU.backend());

    /** What is measured on runs. Seeds are those that these have, and no others. */
    protected abstract E evidence(Runs runs);

    @Override
    protected final E evidence() {
        return evidence(runs);
    }

    @Override
    final Optional<Judgement> withFewSeeds() {
        return runs.askedForSeeds() ? Optional.of(judge(evidence(Runs.first(FEW)))) : Optional.empty();
    }
}
