package dev.regularisation.backend;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** The backends on the class path, each one found as a service; one that cannot be loaded never hides the others. */
public final class Backends {

    private Backends() {
    }

    /** All of them, by name, available or not. */
    public static List<BackendProvider> all() {
        return all(Backends.class.getClassLoader());
    }

    /** Those that {@code loader} finds. */
    static List<BackendProvider> all(ClassLoader loader) {
        return services(BackendProvider.class, loader).stream().sorted(Comparator.comparing(BackendProvider::name)).toList();
    }

    /** The services of a kind that {@code loader} finds and that can be loaded. */
    public static <S> List<S> services(Class<S> kind, ClassLoader loader) {
        List<S> found = new ArrayList<>();
        Iterator<S> services = ServiceLoader.load(kind, loader).iterator();
        while (hasNext(services)) {
            try {
                found.add(services.next());
            } catch (ServiceConfigurationError | LinkageError broken) {
                // A provider that cannot even be loaded has no name to be listed under.
            }
        }
        return found;
    }

    private static boolean hasNext(Iterator<?> services) {
        try {
            return services.hasNext();
        } catch (ServiceConfigurationError | LinkageError broken) {
            return hasNext(services);
        }
    }

    /**
     * The one of that name.
     *
     * @throws IllegalArgumentException naming the backends there are
     */
    public static BackendProvider named(String name) {
        List<BackendProvider> all = all();
        return all.stream().filter(provider -> provider.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("backend: wanted one of "
                        + all.stream().map(BackendProvider::name).collect(Collectors.joining(", "))
                        + ", got \"" + name + "\""));
    }
}
