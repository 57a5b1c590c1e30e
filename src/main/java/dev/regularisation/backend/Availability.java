package dev.regularisation.backend;

/**
 * Whether a backend can run on this machine.
 *
 * @param available whether {@link BackendProvider#create} will succeed
 * @param detail    one line: what will compute if available, else what is missing and the remedy
 */
public record Availability(boolean available, String detail) {

    public Availability {
        if (detail.isBlank() || detail.lines().count() > 1) {
            throw new IllegalArgumentException("availability: wanted one line of detail, got \"" + detail + "\"");
        }
    }

    /** It can run; {@code detail} says what will compute. */
    public static Availability yes(String detail) {
        return new Availability(true, detail);
    }

    /** It cannot run; {@code reason} says what is missing. Line breaks of foreign messages become spaces. */
    public static Availability no(String reason) {
        return new Availability(false, reason.strip().replaceAll("\\s*\\R\\s*", " "));
    }
}
