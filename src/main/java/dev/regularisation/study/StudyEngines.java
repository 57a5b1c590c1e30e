package dev.regularisation.study;

import dev.regularisation.backend.Backends;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The kinds of engines: local, which is always there, and those on the class path, each one found as a service; one that cannot be
 * loaded never hides the others.
 */
public final class StudyEngines {

    /** Engines that are built on request only, so that who asks for one can be told where it is. */
    private static final List<String> OPTIONAL = List.of("spark");

    private StudyEngines() {
    }

    /** All of them, by name. */
    public static List<StudyEngineProvider> all() {
        return all(StudyEngines.class.getClassLoader());
    }

    /** Those that {@code loader} finds. */
    static List<StudyEngineProvider> all(ClassLoader loader) {
        return Stream.concat(Stream.of(new LocalProvider()), Backends.services(StudyEngineProvider.class, loader).stream())
                .sorted(Comparator.comparing(StudyEngineProvider::name)).toList();
    }

    /**
     * The one of that name.
     *
     * @throws IllegalArgumentException naming the engines there are
     */
    public static StudyEngineProvider named(String name) {
        return named(name, all());
    }

    static StudyEngineProvider named(String name, List<StudyEngineProvider> all) {
        return all.stream().filter(provider -> provider.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("engine: wanted one of "
                        + all.stream().map(StudyEngineProvider::name).collect(Collectors.joining(", ")) + ", got \"" + name + "\""
                        + (OPTIONAL.contains(name) ? "; put its jar, which mvn package -P" + name + " makes, on the class path" : "")));
    }
}
