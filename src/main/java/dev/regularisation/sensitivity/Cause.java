package dev.regularisation.sensitivity;

import java.util.Locale;
import java.util.OptionalInt;

/**
 * What makes two runs take different steps from parameters that differ by rounding: a decision that they take differently, where
 * the gradient jumps, or a division that magnifies.
 *
 * <p>Dropout masks and the order of samples are drawn from the seed alone, so that runs of one plan never differ in them.
 *
 * @param kind  what it is
 * @param where where it is
 * @param one   the value of one run, as {@link Kind} says
 * @param other the value of the other
 */
public record Cause(Kind kind, Where where, double one, double other) {

    /** What can jump, and what can magnify. */
    public enum Kind {
        /** A rectifier, leaky or not, that passes in one run only. Values: its input, after dropout. */
        RECTIFIER("a rectifier", "at"),
        /** L1's sign of a parameter. Values: the parameter before the step. */
        PARAMETER_SIGN("the sign of L1", "at"),
        /** The sign of L1 on activations where no rectifier decides it. Values: the activation. */
        ACTIVATION_SIGN("the sign of L1 on activations", "at"),
        /** The sign of the error, which is the gradient of mean absolute error. Values: the error. */
        ERROR_SIGN("the sign of the error", "at"),
        /** Adam's division by a root far below that of other parameters. Values: the root √v after the step. */
        TINY_ROOT("Adam's division by a tiny root", "of");

        private final String title;
        private final String before;

        Kind(String title, String before) {
            this.title = title;
            this.before = before;
        }
    }

    /** Where a cause is. Layers count from 1 and units, inputs and samples from 0. */
    public sealed interface Where {

        /** The layer. */
        int layer();

        /** The unit of that layer. */
        int unit();

        /** In prose. */
        String inWords();
    }

    /**
     * A unit at a sample.
     *
     * @param layer  from 1 on
     * @param unit   from 0 on
     * @param sample which training sample, from 0 on
     */
    public record AtSample(int layer, int unit, int sample) implements Where {

        @Override
        public String inWords() {
            return "layer " + layer + ", unit " + unit + ", sample " + sample;
        }
    }

    /**
     * A parameter.
     *
     * @param layer from 1 on
     * @param unit  to which it belongs, from 0 on
     * @param input of a weight, from 0 on; nothing for a bias
     */
    public record AtParameter(int layer, int unit, OptionalInt input) implements Where {

        @Override
        public String inWords() {
            return "layer " + layer + ", unit " + unit + ", " + (input.isPresent() ? "weight " + input.getAsInt() : "bias");
        }
    }

    /** In prose, such as {@code a rectifier, layer 1, unit 16, sample 39, at -4e-08 and 2e-08}. */
    public String inWords() {
        return String.format(Locale.ROOT, "%s, %s, %s %.2g and %.2g", kind.title, where.inWords(), kind.before, one, other);
    }
}
