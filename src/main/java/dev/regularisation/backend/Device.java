package dev.regularisation.backend;

/**
 * One of the devices on which a kind of backend can compute.
 *
 * @param number       by which a user can choose it
 * @param description  what it is and what it says of its arithmetic, in one line
 * @param availability whether it can be trusted, and if not, why
 */
public record Device(int number, String description, Availability availability) {
}
