package dev.regularisation.study;

/**
 * A kind of {@link StudyEngine}, to be found by {@link StudyEngines} through {@link java.util.ServiceLoader}.
 *
 * <p>Loading a provider and asking its name must need nothing that may be missing, such as a library or a cluster; only
 * {@link #create} looks for those.
 */
public interface StudyEngineProvider {

    /** The name by which the command line knows it, such as {@code local}. */
    String name();

    /**
     * A new engine. It takes machines, connections and threads when it runs a study, not before.
     *
     * @throws IllegalArgumentException where an option makes no sense to this kind
     * @throws IllegalStateException    where what it needs is not there
     */
    StudyEngine create(StudyEngineOptions options);
}
