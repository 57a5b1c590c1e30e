package dev.regularisation.spec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.platform.commons.support.ReflectionSupport;

/** All rules, found by their classes, in the order of the post. */
public final class Rules {

    private static final String PACKAGE = Rules.class.getPackageName() + ".rules";

    private static final class Found {
        static final Map<String, Class<?>> TYPES = types();
        static final List<RuleCard> CARDS = find();
    }

    private Rules() {
    }

    /** All of them: sections as the post has them, and in a section as its sentences first lead to them. */
    public static List<RuleCard> all() {
        return Found.CARDS;
    }

    /** The rule of that id. */
    static Optional<RuleCard> of(String id) {
        return all().stream().filter(rule -> rule.id().equals(id)).findFirst();
    }

    /** The rules of a section. */
    static List<RuleCard> of(Section section) {
        return all().stream().filter(rule -> rule.section() == section).toList();
    }

    /** The rule before ({@code -1}) or after ({@code 1}) one in the order of the post, if there is one. */
    static Optional<RuleCard> beside(RuleCard rule, int step) {
        int at = all().indexOf(rule) + step;
        return at < 0 || at >= all().size() ? Optional.empty() : Optional.of(all().get(at));
    }

    /** The class that tries the rule of that id. */
    static Class<?> type(String id) {
        return Optional.ofNullable(Found.TYPES.get(id)).orElseThrow(() -> new IllegalArgumentException(
                "rule: wanted an id that a class with @Rule has, got \"" + id + "\""));
    }

    private static Map<String, Class<?>> types() {
        Map<String, Class<?>> types = new TreeMap<>();
        for (Class<?> type : ReflectionSupport.findAllClassesInPackage(
                PACKAGE, found -> found.isAnnotationPresent(Rule.class), name -> true)) {
            Class<?> other = types.put(type.getAnnotation(Rule.class).id(), type);
            if (other != null) {
                throw new IllegalStateException("rule " + type.getAnnotation(Rule.class).id()
                        + ": wanted one class that tries it, got " + other.getSimpleName() + " and " + type.getSimpleName());
            }
        }
        return types;
    }

    private static List<RuleCard> find() {
        List<RuleCard> cards = new ArrayList<>();
        Found.TYPES.values().forEach(type -> cards.add(RuleCard.of(type)));
        List<String> order = List.copyOf(mentioned());
        cards.sort(Comparator.comparing(RuleCard::section).thenComparing(card -> place(order, card.id()))
                .thenComparing(RuleCard::id));
        return List.copyOf(cards);
    }

    private static int place(List<String> order, String id) {
        int place = order.indexOf(id);
        return place < 0 ? order.size() : place;
    }

    private static Set<String> mentioned() {
        return Coverage.sentences().stream().flatMap(sentence -> sentence.rules().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
