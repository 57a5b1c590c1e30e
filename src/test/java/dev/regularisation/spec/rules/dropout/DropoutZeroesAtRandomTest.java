package dev.regularisation.spec.rules.dropout;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.atLeast;
import static dev.regularisation.spec.Finding.exactly;
import static dev.regularisation.spec.Finding.within;

import dev.regularisation.nn.Dropout;
import dev.regularisation.random.TorchGenerator;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.RuleTest;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import dev.regularisation.support.PostRuns;
import java.util.Map;
import java.util.stream.DoubleStream;

@Rule(id = "dropout.zeroes-at-random", section = Section.DROPOUT, strength = Strength.STOCHASTIC,
        statement = "In training each hidden activation is zeroed at random, with probability p, from 0 to below 1.",
        related = {"dropout.keeps-expectation", "dropout.redundancy", "setup.seed-reproduces"})
final class DropoutZeroesAtRandomTest extends RuleTest<DropoutZeroesAtRandomTest.Evidence> {

    private static final double P = 0.1;
    /** In standard deviations: a false alarm at another seed has probability 6e-7 for each. */
    private static final double FAR = 5;
    private static final double LEAST_P = 1e-6;

    /**
     * Deviations of the number of zeros, of those in neighbouring samples and in successive passes at once; the p value of
     * their law in a row; layers of the post's first pass whose masks are PyTorch's; draws with p = 0; probabilities refused.
     */
    record Evidence(double zeros, double neighbours, double successive, double binomialP, int asPyTorch, boolean noneDrawn,
            int refused) {

        static Evidence of(Zeroes zeroes, int asPyTorch, boolean noneDrawn, int refused) {
            return new Evidence(zeroes.deviation(P), zeroes.neighbours(), zeroes.successive(), zeroes.binomialP(P), asPyTorch,
                    noneDrawn, refused);
        }

        Evidence with(Zeroes zeroes) {
            return of(zeroes, asPyTorch, noneDrawn, refused);
        }
    }

    @Override
    protected Evidence evidence() {
        return Evidence.of(Zeroes.ofPost(P), Zeroes.layersAsPyTorch(PostRuns.SEED), Zeroes.drawsNothing(new Dropout(0)),
                refused(-0.1, 1, 1.5, Double.NaN));
    }

    private static int refused(double... probabilities) {
        return (int) DoubleStream.of(probabilities).filter(Zeroes::isRefused).count();
    }

    @Override
    protected Finding asSaid(Evidence e) {
        return all(within("zeros are as many as p says, in standard deviations", -FAR, FAR, e.zeros),
                within("those in neighbouring samples at once as if they were independent", -FAR, FAR, e.neighbours),
                within("those in successive passes at once too", -FAR, FAR, e.successive),
                atLeast("zeros in a row of 25 are binomial, by the p value of a chi-square test", LEAST_P, e.binomialP),
                exactly("both masks of the post's first pass are PyTorch's, bit for bit", e.asPyTorch == 2, "%d of 2", e.asPyTorch),
                exactly("with p = 0 nothing is drawn and nothing zeroed", e.noneDrawn, "%s", e.noneDrawn),
                exactly("probabilities outside of [0, 1) are refused", e.refused == 4, "%d of 4", e.refused));
    }

    @Override
    protected Map<String, Evidence> counterexamples(Evidence e) {
        TorchGenerator generator = new TorchGenerator(PostRuns.SEED);
        double[] frozen = Zeroes.factors(new Dropout(P), generator)[0];
        return Map.of("another probability", e.with(Zeroes.of(() -> Zeroes.factors(new Dropout(0.105), generator)[0])),
                "one mask for all samples",
                e.with(Zeroes.of(() -> Zeroes.firstForAll(Zeroes.factors(new Dropout(P), generator)[0]))),
                "one mask for all passes", e.with(Zeroes.of(() -> frozen)),
                "another seed than PyTorch's", Evidence.of(Zeroes.ofPost(P), Zeroes.layersAsPyTorch(7), e.noneDrawn, e.refused),
                "p = 0 that draws all the same", Evidence.of(Zeroes.ofPost(P), e.asPyTorch, Zeroes.drawsNothing(new Dropout(P)),
                        e.refused),
                "a probability among them that is accepted", Evidence.of(Zeroes.ofPost(P), e.asPyTorch, e.noneDrawn,
                        refused(-0.1, P, 1.5, Double.NaN)));
    }

    @Override
    protected void describe(Document page, Evidence e) {
        Map<String, double[]> rows = Zeroes.ofPost(P).series(P);
        page.figure("%.4f of %,d activations zeroed; masks equal PyTorch's", Zeroes.ofPost(P).rate(), Zeroes.ofPost(P).count())
                .number("zeros", "%.1f, %.1f and %.1f", e.zeros, e.neighbours, e.successive).number("p", "%.2g", e.binomialP)
                .picture("rows", Zeroes.picture(rows)).series("rows", rows);
    }
}
