package dev.regularisation.data;

import dev.regularisation.random.Streams;
import dev.regularisation.setting.Setting;
import dev.regularisation.setting.Settings;
import java.util.Map;

/**
 * Where a run's samples come from: given a seed, training and validation samples of fixed sizes.
 *
 * <p>Immutable, with equality by content: equal problems draw equal bits, so that {@link Draws} can share them.
 */
public interface Problem {

    /** Number of training samples, of any problem. */
    Setting<Integer> TRAIN_SIZE = Setting.whole("train size").means("Training samples.")
            .check(size -> requirePositive("training samples", size)).standard(200);

    /** Number of features d, at least 1. */
    int features();

    /** Number of training samples, at least 1. */
    int trainSize();

    /** Number of validation samples, at least 1. */
    int validationSize();

    /** The values of {@link Problems#settings} that make this problem. */
    Settings settings();

    /** What else identifies the samples, by the name that files use, such as the digest of a file; nothing where settings do. */
    default Map<String, Object> fingerprint() {
        return Map.of();
    }

    /** Training and validation samples of a seed, a function of the problem, the seed's low 32 bits and the streams. */
    Dataset draw(long seed, Streams streams);

    /** The samples of {@link Streams#TORCH}. */
    default Dataset draw(long seed) {
        return draw(seed, Streams.TORCH);
    }

    /**
     * This problem with another number of training samples.
     *
     * @throws IllegalArgumentException if the problem cannot give as many
     */
    Problem withTrainSize(int samples);

    /** Throws, naming {@code what}, unless {@code value} is at least 1. */
    static void requirePositive(String what, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(what + ": wanted at least 1, got " + value);
        }
    }
}
