package dev.regularisation.backend;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A kind of backend, to be found by {@link Backends} through {@link java.util.ServiceLoader}.
 *
 * <p>Loading a provider and asking its name must need nothing that may be missing: a library, native code, a device. Only
 * {@link #availability} looks for those, and it never throws.
 */
public interface BackendProvider {

    /** The name by which the command line knows it, such as {@code cpu}. */
    String name();

    /** The precisions it computes in. */
    Set<Precision> precisions();

    /** Whether its results are those of {@code cpu} to the last bit; others state a tolerance. */
    default boolean isBitExact() {
        return false;
    }

    /** Whether it can run here. The first call may take seconds: it tries. Never throws. */
    Availability availability();

    /**
     * A new backend, for one thread.
     *
     * @throws IllegalArgumentException if this kind does not compute in {@code precision}
     * @throws IllegalStateException    if it is not {@linkplain #availability available} here
     */
    Backend create(Precision precision);

    /** The devices among which {@link #create(Precision, String)} chooses; none for a kind that has no choice. */
    default List<Device> devices() {
        return List.of();
    }

    /**
     * A new backend on a device, for one thread.
     *
     * @param device {@link Device#number} or words of its description; null for the one that is meant by default
     * @throws IllegalArgumentException if no such device is there, or the precision is not
     * @throws IllegalStateException    if it is not {@linkplain #availability available} here
     */
    default Backend create(Precision precision, String device) {
        if (device != null) {
            throw new IllegalArgumentException("device: wanted none, since " + name() + " has none to choose from, got \""
                    + device + "\"; leave it out, or choose another backend");
        }
        return create(precision);
    }

    /** What a user should know before training with it here, such as a setting that makes it slow. */
    default Optional<String> warning() {
        return Optional.empty();
    }
}
