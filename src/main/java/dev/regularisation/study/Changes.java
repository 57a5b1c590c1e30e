package dev.regularisation.study;

import dev.regularisation.data.Problem;
import dev.regularisation.data.Problems;
import dev.regularisation.setting.Setting;
import dev.regularisation.setting.Settings;
import dev.regularisation.training.TrainingPlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a study changes of a method's plan, beside training size, strength and seed: values of settings, in the order of
 * {@link TrainingPlan#SETTINGS}. Unlike in {@link Settings}, a value that is the standard counts: a method may have another.
 * Immutable; equal where the text is.
 */
public final class Changes implements Comparable<Changes> {

    /** What can be changed: every setting of a plan that has no column of its own and is not the samples'. */
    public static final List<Setting<?>> SETTINGS = TrainingPlan.SETTINGS.stream().filter(setting ->
            !Problems.settings().contains(setting) && !setting.equals(Problem.TRAIN_SIZE) && !setting.equals(TrainingPlan.SEED))
            .toList();

    /** None. */
    public static final Changes NONE = new Changes(Map.of());

    private final Map<Setting<?>, Object> values;
    private final String text;

    private Changes(Map<Setting<?>, Object> values) {
        Map<Setting<?>, Object> ordered = new LinkedHashMap<>();
        SETTINGS.stream().filter(values::containsKey).forEach(setting -> ordered.put(setting, values.get(setting)));
        this.values = ordered;
        this.text = ordered.keySet().stream().map(setting -> setting.name() + "=" + text(setting, ordered))
                .collect(Collectors.joining(" "));
    }

    private static <T> String text(Setting<T> setting, Map<Setting<?>, Object> values) {
        return setting.text(value(setting, values));
    }

    @SuppressWarnings("unchecked")
    private static <T> T value(Setting<T> setting, Map<Setting<?>, Object> values) {
        // Only with() puts values in, each with its own setting.
        return (T) Objects.requireNonNull(values.get(setting));
    }

    /**
     * These and one more, in the place of an earlier value.
     *
     * @throws IllegalArgumentException where the value makes no sense, or the setting has a column of its own
     */
    public <T> Changes with(Setting<T> setting, T value) {
        if (!SETTINGS.contains(setting)) {
            throw new IllegalArgumentException("settings: wanted some of "
                    + SETTINGS.stream().map(Setting::name).collect(Collectors.joining(", ")) + ", got " + setting.name());
        }
        setting.check(value);
        Map<Setting<?>, Object> more = new LinkedHashMap<>(values);
        more.put(setting, value);
        return new Changes(more);
    }

    /**
     * Changes of a line such as {@code epochs=3000 weight_decay=1.0E-4}; none of an empty one.
     *
     * @throws IllegalArgumentException where it is not one, or not in the form in which {@link #toString()} writes it
     */
    public static Changes parse(String line) {
        Changes changes = NONE;
        for (String part : Stream.of(line.split(" ")).filter(part -> !part.isEmpty()).toList()) {
            int sign = part.indexOf('=');
            String name = sign < 0 ? part : part.substring(0, sign);
            Setting<?> setting = SETTINGS.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow(() ->
                    new IllegalArgumentException("settings: wanted some of "
                            + SETTINGS.stream().map(Setting::name).collect(Collectors.joining(", ")) + ", got \"" + part + "\""));
            changes = changes.read(setting, part.substring(sign + 1));
        }
        if (!changes.text.equals(line)) {
            throw new IllegalArgumentException("settings: wanted \"" + changes.text + "\", got \"" + line + "\"");
        }
        return changes;
    }

    private <T> Changes read(Setting<T> setting, String value) {
        try {
            return with(setting, setting.read(value));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(setting.title() + ": " + e.getMessage(), e);
        }
    }

    boolean has(Setting<?> setting) {
        return values.containsKey(setting);
    }

    /** Makes the changes. */
    TrainingPlan.Builder apply(TrainingPlan.Builder plan) {
        values.keySet().forEach(setting -> set(plan, setting));
        return plan;
    }

    private <T> void set(TrainingPlan.Builder plan, Setting<T> setting) {
        plan.set(setting, value(setting, values));
    }

    @Override
    public int compareTo(Changes other) {
        return text.compareTo(other.text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Changes that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** As a file has them, such as {@code epochs=3000 weight_decay=1.0E-4}; empty for none. */
    @Override
    public String toString() {
        return text;
    }
}
