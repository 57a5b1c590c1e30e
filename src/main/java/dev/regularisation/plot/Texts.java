package dev.regularisation.plot;

import java.util.List;
import java.util.stream.Collectors;

/** Pieces of alternative texts and checks of specs. */
final class Texts {

    private Texts() {
    }

    /** The sentences, each after a blank. */
    static String sentences(List<String> sentences) {
        return sentences.stream().map(sentence -> " " + sentence).collect(Collectors.joining());
    }

    static void requireSome(String what, List<?> list) {
        if (list.isEmpty()) {
            throw new IllegalArgumentException("picture: wanted at least one " + what + ", got none");
        }
    }

    static void requireSameLength(String what, double[] x, double[] y) {
        if (x.length != y.length) {
            throw new IllegalArgumentException(
                    what + ": wanted as many y as x, got " + x.length + " x and " + y.length + " y");
        }
    }
}
