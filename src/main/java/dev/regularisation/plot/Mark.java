package dev.regularisation.plot;

import java.awt.Graphics2D;
import java.util.Optional;

/** Something drawn inside a panel's axes. */
interface Mark {

    /** Draws itself, leaving out what the axes cannot show. */
    void draw(Graphics2D g, Frame frame);

    /** Adds the values that the axes must show. */
    void extend(Extent x, Extent y);

    /** Its entry in the legend. */
    default Optional<Key> key() {
        return Optional.empty();
    }
}
