package dev.regularisation.spec.rules.dropout;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.each;

import dev.regularisation.backend.Activation;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.RuleTest;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

@Rule(id = "erratum.dropout-before-activation", section = Section.DROPOUT, strength = Strength.FINDING,
        statement = "Dropout before the activation, as the post has it, switches a unit off only where the activation of 0 "
                + "is 0, and keeps its mean only where the activation is a rectifier or none.",
        related = {"dropout.zeroes-at-random", "dropout.keeps-expectation"})
final class DropoutBeforeActivationTest extends RuleTest<DropoutBeforeActivationTest.Evidence> {

    private static final double P = 0.1;
    private static final int UNITS = 4;
    /** Measured: 1.4e-16; of the bent activations 0.011 to 0.038, and 1,000 times this is asked of any weights. */
    private static final double ROUNDING = 1e-12;
    /** Those that commute with a positive factor. */
    private static final List<Activation> RECTIFIERS = List.of(Activation.RELU, Activation.LEAKY_RELU, Activation.IDENTITY);
    private static final List<Activation> BENT = List.of(Activation.TANH, Activation.SIGMOID, Activation.SILU);

    /**
     * What a dropped unit passes on, with a sigmoid and with any other activation; and how far the mean over all masks is from
     * evaluation mode, with rectifiers and with the others.
     */
    record Evidence(double[] sigmoid, double[] others, double[] rectifiers, double[] bent) {

        static Evidence of(long seed, double p) {
            return new Evidence(dropped(Activation.SIGMOID, seed, p), Stream.of(Activation.values())
                    .filter(f -> f != Activation.SIGMOID).flatMapToDouble(f -> DoubleStream.of(dropped(f, seed, p))).toArray(),
                    RECTIFIERS.stream().mapToDouble(f -> meanOff(f, seed, p)).toArray(),
                    BENT.stream().mapToDouble(f -> meanOff(f, seed, p)).toArray());
        }
    }

    /** Outputs of the hidden layer where every unit is dropped. */
    private static double[] dropped(Activation f, long seed, double p) {
        return EveryMask.initial(seed, UNITS, p, f).firstHidden(0);
    }

    private static double meanOff(Activation f, long seed, double p) {
        return MeanActivations.exact(EveryMask.initial(seed, UNITS, p, f)).largest();
    }

    @Override
    protected Evidence evidence() {
        return Evidence.of(1, P);
    }

    @Override
    protected Finding asSaid(Evidence e) {
        return all(each("a dropped unit before a sigmoid passes on one half", e.sigmoid, h -> h == 0.5),
                each("before any other activation it passes on nothing", e.others, h -> h == 0),
                each("before rectifiers the mean over masks is evaluation mode, but for rounding", e.rectifiers,
                        off -> off <= ROUNDING),
                each("before the others it is not", e.bent, off -> off > 1e3 * ROUNDING));
    }

    @Property(tries = 25)
    @Label("at any weights and probability")
    void generated(@ForAll long seed, @ForAll @DoubleRange(min = 0.05, max = 0.95) double p) {
        require(Evidence.of(seed, p));
    }

    @Override
    protected Map<String, Evidence> counterexamples(Evidence e) {
        return Map.of("dropout after the activation", new Evidence(new double[UNITS], e.others, e.rectifiers,
                new double[BENT.size()]),
                "a sigmoid among the others", new Evidence(e.sigmoid, e.sigmoid, e.rectifiers, e.bent),
                "a bent activation taken for a rectifier", new Evidence(e.sigmoid, e.others, e.bent, e.bent),
                "a rectifier taken for a bent one", new Evidence(e.sigmoid, e.others, e.rectifiers, e.rectifiers),
                "no number", new Evidence(e.sigmoid, e.others, new double[] {Double.NaN}, e.bent));
    }

    @Override
    protected void describe(Document page, Evidence e) {
        page.figure("a dropped unit passes on %.1f with a sigmoid, %.0f with the post's rectifier", e.sigmoid[0],
                        dropped(Activation.RELU, 1, P)[0])
                .table("activations", List.of("activation", "a dropped unit passes on",
                        "mean over masks minus evaluation, at most"),
                        Stream.of(Activation.values()).map(f -> List.of(f.toString(),
                                Document.format("%.1f", dropped(f, 1, P)[0]),
                                Document.format("%.1e", meanOff(f, 1, P)))).toList());
    }
}
