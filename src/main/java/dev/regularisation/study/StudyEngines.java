package dev.regularisation.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

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
        List<StudyEngineProvider> found = new ArrayList<>(List.of(new LocalProvider()));
        Iterator<StudyEngineProvider> services = ServiceLoader.load(StudyEngineProvider.class, loader).iterator();
        while (hasNext(services)) {
            try {
                found.add(services.next());
            } catch (ServiceConfigurationError | LinkageError broken) {
                // A provider that cannot even be loaded has no name to be listed under.
            }
        }
        found.sort(Comparator.comparing(StudyEngineProvider::name));
        return List.copyOf(found);
    }

    private static boolean hasNext(Iterator<StudyEngineProvider> services) {
        try {
            return services.hasNext();
        } catch (ServiceConfigurationError | LinkageError broken) {
            return hasNext(services);
        }
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
