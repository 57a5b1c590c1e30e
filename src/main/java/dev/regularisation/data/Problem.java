package dev.regularisation.data;

/**
 * Where a run's samples come from: given a seed, training and validation samples of fixed sizes.
 *
 * <p>Immutable, with equality by content: equal problems draw equal bits, so that {@link Draws} can share them.
 */
public interface Problem {

    /** Number of features d, at least 1. */
    int features();

    /** Number of training samples, at least 1. */
    int trainSize();

    /** Number of validation samples, at least 1. */
    int validationSize();

    /** Training and validation samples of a seed, a function of the problem and the seed's low 32 bits. */
    Dataset draw(long seed);

    /**
     * This problem with another number of training samples.
     *
     * @throws IllegalArgumentException if the problem cannot give as many
     */
    Problem withTrainSize(int samples);
}
