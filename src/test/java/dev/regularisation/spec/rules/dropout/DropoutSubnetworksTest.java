package dev.regularisation.spec.rules.dropout;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.atMost;
import static dev.regularisation.spec.Finding.each;
import static dev.regularisation.spec.Finding.exactly;
import static dev.regularisation.spec.Finding.within;

import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.RuleTest;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

@Rule(id = "dropout.subnetworks", section = Section.DROPOUT, strength = Strength.LAW,
        statement = "Dropout makes a number of subnetworks that grows faster than exponentially with size; they share "
                + "parameters.",
        qualified = "Their number is exponential, 2 to the number of hidden units, and no more; evaluation is their mean "
                + "with one hidden layer, and only near it with two, as the post has.",
        related = {"dropout.averaging", "dropout.few-subnetworks-trained", "dropout.keeps-expectation"})
final class DropoutSubnetworksTest extends RuleTest<DropoutSubnetworksTest.Evidence> {

    /** 256 terms in float64; measured: below 2e-15 of the predictions. */
    private static final double ROUNDING = 1e-12;
    /** Of how many units in a layer all masks are drawn. */
    private static final int WIDEST = 8;
    /** In spreads of the masks' predictions; measured: 0.19 with layers of 5, 0.01 with layers of 6. */
    private static final double CLOSE = 0.3;

    /**
     * Factors by which each further unit multiplies the number of different masks that dropout draws, masks, different
     * networks, and the distance of the mean over masks from evaluation: with one layer as a part of the predictions, with two
     * also of the masks' spread.
     */
    record Evidence(double[] factors, long masks, long different, double oneLayer, double twoLayers, double twoLayersSpread) {
    }

    @Override
    protected Evidence evidence() {
        Subnetworks one = Subnetworks.ofOneLayer();
        Subnetworks two = Subnetworks.ofTwoLayers();
        return new Evidence(IntStream.range(1, WIDEST).mapToDouble(DropoutSubnetworksTest::factor).toArray(),
                one.predictions().length, one.different(), one.relativeGap(), two.relativeGap(), two.gap() / two.spread());
    }

    /** Of one unit more. */
    private static double factor(int units) {
        return Subnetworks.drawn(units + 1) / Subnetworks.drawn(units);
    }

    @Override
    protected Finding asSaid(Evidence e) {
        return all(shared(e), each("every further unit multiplies their number by more than two", e.factors,
                factor -> factor > 2));
    }

    @Override
    protected Finding qualified(Evidence e) {
        return all(shared(e), each("every further unit doubles their number", e.factors, factor -> factor == 2),
                // Measured: 0.043.
                within("with two hidden layers evaluation is not their mean, in parts of it", ROUNDING, 1, e.twoLayers),
                atMost("but near it, in spreads of their predictions", CLOSE, e.twoLayersSpread));
    }

    private static Finding shared(Evidence e) {
        return all(exactly("one parameter vector makes as many different networks as there are masks", e.masks == e.different,
                        "%,d of %,d", e.different, e.masks),
                atMost("with one hidden layer their mean is evaluation mode, but for rounding", ROUNDING, e.oneLayer));
    }

    @Property(tries = 25)
    @Label("with one hidden layer the mean over all masks is evaluation mode, whatever p")
    void oneLayerIsExact(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int units,
            @ForAll @DoubleRange(min = 0.05, max = 0.95) double p) {
        EveryMask network = EveryMask.initial(seed, units, p);
        require(new Evidence(new double[] {factor(units)}, 1, 1,
                Subnetworks.of(network).relativeGap(), 0.1, 0.2));
    }

    @Override
    protected Map<String, Evidence> counterexamples(Evidence e) {
        double[] combinatorial = IntStream.rangeClosed(3, 11).asDoubleStream().toArray();
        double unscaled = Subnetworks.unscaled().relativeGap();
        return Map.of("every order of units a network of its own", new Evidence(combinatorial, e.masks, e.different, e.oneLayer,
                e.twoLayers, e.twoLayersSpread),
                "kept units without their factor", new Evidence(e.factors, e.masks, e.different, unscaled, e.twoLayers,
                        e.twoLayersSpread),
                "two layers taken for one", new Evidence(e.factors, e.masks, e.different, e.twoLayers, e.twoLayers,
                        e.twoLayersSpread),
                "one layer taken for two", new Evidence(e.factors, e.masks, e.different, e.oneLayer, e.oneLayer, 0),
                "evaluation far from the mean", new Evidence(e.factors, e.masks, e.different, e.oneLayer, e.twoLayers, 1),
                "masks without effect", new Evidence(e.factors, e.masks, 1, e.oneLayer, e.twoLayers, e.twoLayersSpread),
                "no number", new Evidence(e.factors, e.masks, e.different, Double.NaN, e.twoLayers, e.twoLayersSpread));
    }

    @Override
    protected void describe(Document page, Evidence e) {
        Subnetworks one = Subnetworks.ofOneLayer();
        Subnetworks two = Subnetworks.ofTwoLayers();
        page.figure("%,d subnetworks: mean equals evaluation; %,d of two layers: off by %.2f of their spread", e.masks,
                        two.predictions().length, e.twoLayersSpread)
                .number("factor", "%.0f", Arrays.stream(e.factors).max().orElseThrow())
                .table("subnetworks", Subnetworks.header(), List.of(one.row("8"), two.row("5, 5")))
                .picture("means", Subnetworks.picture(one, two)).series("predictions", Subnetworks.series(one, two));
    }
}
