package dev.regularisation.training;

/** How much of a run its {@link History} keeps; the digest covers everything either way. */
public enum Recording {
    /** Losses and norms of every epoch, and every parameter of every epoch. */
    PARAMETERS,
    /** Losses and norms of every epoch: what a run among many needs. */
    LOSSES
}
