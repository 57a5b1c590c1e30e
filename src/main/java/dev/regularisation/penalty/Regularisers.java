package dev.regularisation.penalty;

import dev.regularisation.setting.Setting;
import dev.regularisation.setting.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The regularisers that a plan can switch on. To add one is to write its class, with a setting for its strength, and a line
 * here.
 */
public final class Regularisers {

    /** Which parameters those on parameters reach. */
    public static final Setting<Scope> SCOPE = Setting.choice("penalise", List.of(Scope.values()), Scope::id, Scope::id)
            .label("WHAT").means("What penalties on parameters reach: all, biases too, or weights.").reads("penalties on {} only")
            .standard(Scope.ALL);

    private static final List<Entry> ALL = List.of(
            new Entry(L2.STRENGTH, L2::new),
            new Entry(L1.STRENGTH, L1::new),
            new Entry(ActivationL1.STRENGTH, (lambda, scope) -> new ActivationL1(lambda)));

    private record Entry(Setting<Double> strength, Maker maker) {
    }

    @FunctionalInterface
    private interface Maker {

        Regulariser create(double lambda, Scope scope);
    }

    private Regularisers() {
    }

    /** The strength of each, 0 where it is off. */
    public static List<Setting<Double>> strengths() {
        return ALL.stream().map(Entry::strength).toList();
    }

    /** The settings of all of them. */
    public static List<Setting<?>> settings() {
        return Stream.<Setting<?>>concat(strengths().stream(), Stream.of(SCOPE)).toList();
    }

    /**
     * Those that are switched on, in the order in which they add to the gradient.
     *
     * @throws IllegalArgumentException where a scope is chosen and nothing on parameters is switched on
     */
    public static List<Regulariser> of(Settings settings) {
        Scope scope = settings.get(SCOPE);
        List<Regulariser> on = new ArrayList<>();
        for (Entry entry : ALL) {
            double lambda = settings.get(entry.strength());
            if (lambda != 0) {
                on.add(entry.maker().create(lambda, scope));
            }
        }
        if (scope != SCOPE.standard() && on.stream().noneMatch(regulariser -> regulariser.scope() == scope)) {
            throw new IllegalArgumentException(
                    "penalise: wanted a penalty on parameters with it, got none; leave it out, or give one, such as "
                            + L2.STRENGTH.option());
        }
        return List.copyOf(on);
    }
}
