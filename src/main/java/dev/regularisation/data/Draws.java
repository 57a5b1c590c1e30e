package dev.regularisation.data;

import dev.regularisation.random.Streams;
import java.lang.ref.SoftReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Draws of problems, each made once and shared by all runs of its seed, size and streams, which only read it: drawing 10,200 samples
 * takes as long as some forty epochs of the post's network.
 *
 * <p>A draw is let go where memory is short, and made again when it is next asked for, to the same bits. Safe for use by
 * several threads.
 */
public final class Draws {

    private record Key(Problem problem, long seed, Streams streams) {
    }

    /** The place of one draw; its lock keeps two threads from drawing the same. */
    private static final class Place {
        private SoftReference<Dataset> data = new SoftReference<>(null);

        synchronized Dataset get(Key key) {
            Dataset drawn = data.get();
            if (drawn == null) {
                drawn = key.problem().draw(key.seed(), key.streams());
                data = new SoftReference<>(drawn);
            }
            return drawn;
        }
    }

    private final Map<Key, Place> places = new ConcurrentHashMap<>();

    /** What {@link Problem#draw} draws; the arrays are shared and must not be modified. */
    public Dataset of(Problem problem, long seed, Streams streams) {
        Key key = new Key(problem, seed, streams);
        return places.computeIfAbsent(key, unknown -> new Place()).get(key);
    }
}
