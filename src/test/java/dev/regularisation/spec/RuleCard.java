package dev.regularisation.spec;

import java.util.List;

/**
 * What is known of a rule before anything is measured.
 *
 * @param id        its stable name
 * @param section   where in the post
 * @param strength  what kind of statement
 * @param statement what the post says
 * @param qualified what holds where it does not hold as said, or empty
 * @param instead   what is true where neither holds, or empty
 * @param undecided why nothing can be shown, or empty
 * @param related   ids of other rules that a reader will want
 */
public record RuleCard(String id, Section section, Strength strength, String statement, String qualified, String instead,
        String undecided, List<String> related) {

    public RuleCard {
        related = List.copyOf(related);
        if (!id.matches("[a-z0-9]+(\\.[a-z0-9-]+)")) {
            throw new IllegalArgumentException("rule: wanted an id such as l1.sparsifies, got \"" + id + "\"");
        }
    }

    static RuleCard of(Class<?> type) {
        Rule rule = type.getAnnotation(Rule.class);
        if (rule == null) {
            throw new IllegalArgumentException(type + ": wanted a class with @Rule, got one without; say which rule it tries");
        }
        return new RuleCard(rule.id(), rule.section(), rule.strength(), rule.statement(), rule.qualified(), rule.instead(),
                rule.undecided(), List.of(rule.related()));
    }

    /** What it is about: its id up to the full stop. */
    String topic() {
        return id.substring(0, id.indexOf('.'));
    }
}
