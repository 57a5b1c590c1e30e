package dev.regularisation.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.qameta.allure.Allure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A rule: evidence, predicates on it, and counterexamples. The verdict is computed from these and compared with the one that
 * {@code golden/verdicts.txt} pins; the page is written after it.
 *
 * <p>Given evidence, {@link #asSaid} decides whether the statement holds as it was made; where it is refuted,
 * {@link #qualified} may show what does hold, and where that is refuted too, {@link #instead} what is true. Each predicate is
 * tried on {@link #counterexamples}: evidence as a wrong product or a false claim would give it.
 *
 * @param <E> the evidence, a record of numbers
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class RuleTest<E> {

    private final RuleCard rule = RuleCard.of(getClass());
    private E measured;

    /** What is measured. */
    protected abstract E evidence();

    /** The statement as the post makes it. */
    protected abstract Finding asSaid(E evidence);

    /** What holds where the statement does not hold as said; null where the rule asserts nothing. */
    protected Finding qualified(E evidence) {
        return null;
    }

    /** What is true where neither holds; null where the rule asserts nothing. */
    protected Finding instead(E evidence) {
        return null;
    }

    /**
     * Evidence of which the verdict must be another, by what it is: what a wrong product or a false claim would give.
     *
     * @param evidence what was measured, to be changed
     */
    protected abstract Map<String, E> counterexamples(E evidence);

    /** Gives the page its figures, tables, pictures and series. */
    protected abstract void describe(Document page, E evidence);

    private E measured() {
        if (measured == null) {
            measured = evidence();
        }
        return measured;
    }

    /** Judges evidence. */
    final Judgement judge(E evidence) {
        return new Judgement(rule, asSaid(evidence), Optional.ofNullable(qualified(evidence)),
                Optional.ofNullable(instead(evidence)));
    }

    /** Evidence from the first seeds alone of those that the rule draws or trains itself; nothing where it does not. */
    protected Optional<E> first(int seeds, E evidence) {
        return Optional.empty();
    }

    /** Where the seeds come from and what a few show, where the rule is judged over many. */
    Optional<Seeds> seeds() {
        return first(Seeds.FEW, measured()).map(few -> new Seeds(Set.of(), Seeds.FEW, judge(few)));
    }

    /** What the page says of other backends. */
    String elsewhere() {
        return "";
    }

    /** Fails unless the verdict on evidence is the pinned one. */
    protected final void require(E evidence) {
        Verdicts.PINNED.require(judge(evidence));
    }

    @Test
    @DisplayName("verdict")
    final void verdict() {
        E evidence = measured();
        Judgement judgement = judge(evidence);
        Optional<Seeds> seeds = seeds();
        assertThat(seeds.isPresent() || rule.strength() != Strength.STOCHASTIC || rule.id().equals(Seeds.OF_ONE))
                .as("a rule of chance says what few seeds show").isTrue();
        Document page = new Document(rule, judgement, seeds, elsewhere());
        describe(page, evidence);
        Allure.getLifecycle().updateTestCase(test -> test.setName(RuleLabels.pageName(judgement.verdict(), rule)));
        page.publish();
        Verdicts.PINNED.require(judgement);
    }

    @Test
    @DisplayName("teeth")
    final void teeth() {
        E evidence = measured();
        Judgement real = judge(evidence);
        Map<String, Judgement> others = new LinkedHashMap<>();
        counterexamples(evidence).forEach((name, other) -> others.put(name, judge(other)));
        Allure.getLifecycle().updateTestCase(test -> test.setName(RuleLabels.TEETH + String.join("; ", others.keySet())));
        assertThat(biteless(real, others)).as("what no counterexample tells from what was measured").isEmpty();
    }

    /** What the counterexamples leave untried, each in a line. */
    static List<String> biteless(Judgement real, Map<String, Judgement> others) {
        List<String> biteless = new ArrayList<>();
        others.forEach((name, other) -> {
            if (other.verdict() == real.verdict()) {
                biteless.add("the verdict on \"" + name + "\" is \"" + other.verdict().title() + "\" as well" + other.reasons());
            }
        });
        for (Finding leaf : real.decisive().leaves()) {
            if (others.values().stream().flatMap(Judgement::leaves).noneMatch(
                    found -> found.what().equals(leaf.what()) && found.outcome() == Outcome.REFUTED)) {
                biteless.add("no counterexample refutes \"" + leaf.what() + "\"");
            }
        }
        if (real.asSaid().outcome() == Outcome.REFUTED
                && others.values().stream().noneMatch(other -> other.asSaid().outcome() == Outcome.SHOWN)) {
            biteless.add("no counterexample has the statement hold as said, so that nothing shows it could");
        }
        if (real.qualified().filter(finding -> finding.outcome() == Outcome.REFUTED).isPresent()
                && others.values().stream().noneMatch(
                        other -> other.qualified().filter(finding -> finding.outcome() == Outcome.SHOWN).isPresent())) {
            biteless.add("no counterexample has the qualification hold, so that nothing shows it could");
        }
        return biteless;
    }
}
