package dev.regularisation.random;

import static org.assertj.core.api.Assertions.assertThat;

/** How far a stream has advanced, told by what it draws next. */
final class StreamPosition {
    private StreamPosition() {
    }

    /** Holds if {@code generator} has taken exactly {@code draws} draws since {@code seed}; uses up four more. */
    static void assertAdvancedBy(long draws, long seed, TorchGenerator generator) {
        MersenneTwister engine = new MersenneTwister(seed);
        for (long i = 0; i < draws; i++) {
            engine.nextInt();
        }
        for (int i = 0; i < 4; i++) {
            assertThat(generator.nextInt()).as("draw %d after seed %d", draws + i, seed).isEqualTo(engine.nextInt());
        }
    }

    /** A generator that has taken {@code draws} draws since {@code seed}. */
    static TorchGenerator after(long draws, long seed) {
        TorchGenerator generator = new TorchGenerator(seed);
        for (long i = 0; i < draws; i++) {
            generator.nextInt();
        }
        return generator;
    }
}
