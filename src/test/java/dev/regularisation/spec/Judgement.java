package dev.regularisation.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A rule's predicates applied to its evidence, and the verdict that follows.
 *
 * @param rule      what is judged
 * @param asSaid    the statement as it is made
 * @param qualified what holds where it does not, if the rule asserts something
 * @param instead   what is true where neither holds, if the rule asserts something
 */
record Judgement(RuleCard rule, Finding asSaid, Optional<Finding> qualified, Optional<Finding> instead) {

    Verdict verdict() {
        if (asSaid.outcome() == Outcome.SHOWN) {
            return Verdict.HOLDS;
        }
        if (asSaid.outcome() == Outcome.OPEN) {
            return Verdict.UNDECIDED;
        }
        if (is(qualified, Outcome.SHOWN)) {
            return Verdict.QUALIFIED;
        }
        return !is(qualified, Outcome.OPEN) && is(instead, Outcome.SHOWN) ? Verdict.NOT_SUPPORTED : Verdict.UNDECIDED;
    }

    private static boolean is(Optional<Finding> finding, Outcome outcome) {
        return finding.filter(found -> found.outcome() == outcome).isPresent();
    }

    /** The finding that the verdict rests on; of what is undecided, the statement. */
    Finding decisive() {
        return switch (verdict()) {
            case HOLDS, UNDECIDED -> asSaid;
            case QUALIFIED -> qualified.orElseThrow();
            case NOT_SUPPORTED -> instead.orElseThrow();
        };
    }

    /** What the verdict says, in one sentence. */
    String sentence() {
        return switch (verdict()) {
            case HOLDS -> rule.statement();
            case QUALIFIED -> rule.qualified();
            case NOT_SUPPORTED -> rule.instead();
            case UNDECIDED -> rule.undecided().isEmpty() ? "Nothing could be shown." : rule.undecided();
        };
    }

    /** Each finding under the name of its predicate. */
    List<Named> findings() {
        List<Named> named = new ArrayList<>(List.of(new Named("as said", asSaid)));
        qualified.ifPresent(finding -> named.add(new Named("with the qualification", finding)));
        instead.ifPresent(finding -> named.add(new Named("instead", finding)));
        return named;
    }

    /** The conditions of all findings that are not made of others. */
    Stream<Finding> leaves() {
        return findings().stream().flatMap(named -> named.finding().leaves().stream());
    }

    /** A predicate's name and what was found. */
    record Named(String predicate, Finding finding) {
    }

    /** The figures on which the verdict rests, for a message. */
    String reasons() {
        StringBuilder reasons = new StringBuilder();
        for (Named named : findings()) {
            reasons.append("\n  ").append(named.predicate()).append(", ").append(named.finding().outcome().title()).append(": ")
                    .append(named.finding().summary());
        }
        return reasons.toString();
    }
}
