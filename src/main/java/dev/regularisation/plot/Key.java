package dev.regularisation.plot;

import java.awt.Color;

/**
 * An entry of a legend.
 *
 * @param name   what it stands for
 * @param colour its colour
 * @param symbol how its sample looks
 * @param line   the line of the sample, where the symbol is a line
 */
record Key(String name, Color colour, Symbol symbol, Line line) {

    /** What a sample in the legend looks like. */
    enum Symbol { LINE, UPRIGHT, DOT, RING, DIAMOND, PATHS, BOX }

    static Key line(String name, Color colour, Line line) {
        return new Key(name, colour, Symbol.LINE, line);
    }

    static Key symbol(String name, Color colour, Symbol symbol) {
        return new Key(name, colour, symbol, Line.SOLID);
    }
}
