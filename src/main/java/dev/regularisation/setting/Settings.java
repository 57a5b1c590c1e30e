package dev.regularisation.setting;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Values of {@link Setting}s: those that were chosen, and of all others the standard. Immutable. */
public final class Settings {

    /** Nothing chosen. */
    public static final Settings STANDARD = new Settings(Map.of());

    private final Map<Setting<?>, Object> chosen;

    private Settings(Map<Setting<?>, Object> chosen) {
        this.chosen = chosen;
    }

    /** The value of a setting; null where it was left out and has no fixed standard. */
    @SuppressWarnings("unchecked")
    public <T> T get(Setting<T> setting) {
        // Only with() puts values in, each with its own setting.
        return chosen.containsKey(setting) ? (T) chosen.get(setting) : setting.standard();
    }

    /**
     * These with another value of one setting; null and the standard take the choice back. A zero loses its sign, so that
     * there is one way to switch something off.
     *
     * @throws IllegalArgumentException where the value makes no sense
     */
    public <T> Settings with(Setting<T> setting, T value) {
        setting.check(value);
        Object kept = unsigned(value);
        boolean standard = kept == null || kept.equals(setting.standard());
        if (standard && !chosen.containsKey(setting)) {
            return this;
        }
        Map<Setting<?>, Object> changed = new LinkedHashMap<>(chosen);
        if (standard) {
            changed.remove(setting);
        } else {
            changed.put(setting, kept);
        }
        return new Settings(changed);
    }

    /** −0 becomes 0, in lists too, which are copied. */
    private static Object unsigned(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(Settings::unsigned).toList();
        }
        return value instanceof Double number && number == 0 ? Double.valueOf(0) : value;
    }

    /**
     * These with a value that is read from text.
     *
     * @throws IllegalArgumentException naming the setting, where the text cannot be read or the value makes no sense
     */
    public <T> Settings read(Setting<T> setting, String text) {
        T value;
        try {
            value = setting.read(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(setting.title() + ": " + e.getMessage(), e);
        }
        return with(setting, value);
    }

    /** These and those; where both have chosen, those. */
    public Settings and(Settings others) {
        Map<Setting<?>, Object> both = new LinkedHashMap<>(chosen);
        both.putAll(others.chosen);
        return new Settings(both);
    }

    /** These, but for the given settings, which have the values of the others, chosen or standard. */
    public Settings and(Settings others, Collection<Setting<?>> taken) {
        Map<Setting<?>, Object> both = new LinkedHashMap<>(chosen);
        taken.forEach(both::remove);
        taken.stream().filter(others.chosen::containsKey).forEach(setting -> both.put(setting, others.chosen.get(setting)));
        return new Settings(both);
    }

    /** Those of the given settings that are not as standard, in the given order, by name, as JSON has them. */
    public Map<String, Object> changed(Collection<Setting<?>> among) {
        Map<String, Object> changed = new LinkedHashMap<>();
        among.stream().filter(chosen::containsKey).forEach(setting -> changed.put(setting.name(), json(setting)));
        return changed;
    }

    private <T> Object json(Setting<T> setting) {
        return setting.json(get(setting));
    }

    /** Whether a setting is not as standard. */
    boolean isChosen(Setting<?> setting) {
        return chosen.containsKey(setting);
    }

    /** The first of the given settings that is not as standard. */
    public Optional<Setting<?>> firstChosen(Collection<Setting<?>> among) {
        return among.stream().<Setting<?>>map(setting -> setting).filter(chosen::containsKey).findFirst();
    }

    /** A value as an option takes it. */
    public <T> String text(Setting<T> setting) {
        return setting.text(get(setting));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Settings that && chosen.equals(that.chosen);
    }

    @Override
    public int hashCode() {
        return Objects.hash(chosen);
    }

    /** Only what was chosen, such as {@code [learning rate = 0.1]}. */
    @Override
    public String toString() {
        return chosen.keySet().stream().map(setting -> setting.title() + " = " + text(setting))
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
