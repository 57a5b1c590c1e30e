package dev.regularisation.backend.kit;

import dev.regularisation.backend.Activation;
import dev.regularisation.backend.Tensor;
import dev.regularisation.backend.kit.Bench.Pair;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;

/** Rules for what is several operations in one: each is held to the single operations of the reference in a row. */
public final class FusedRules {

    /** What dropout switches off, and what it keeps with probabilities of 0.1 and 0.5. */
    private static final double[] FACTORS = {0, 1 / 0.9, 2};
    private static final double LARGEST_FACTOR = 2;

    static final ContractRule<Product> AFFINE_ACTIVATE = new ContractRule<>("affineActivate.fused",
            "affineActivate = f(factor (W X + b)): affine, multiply and activate in a row, whatever the targets held",
            (bench, on) -> {
                Activation f = activation(on);
                Values values = bench.withoutExtremes(on.values());
                Pair w = bench.pair(on.m(), on.k(), values, on.seed());
                Pair b = on.seed() % 4 == 0 ? none() : bench.pair(on.m(), 1, values, on.seed() + 1);
                Pair x = bench.pair(on.k(), on.n(), values, on.seed() + 2);
                Pair factor = on.transposeA() ? factor(bench, on.m(), on.n(), on.seed() + 3) : none();
                Pair y = bench.target(on.m(), on.n());
                boolean apart = on.transposeB() || f.needsInput();
                Pair z = apart ? bench.target(on.m(), on.n()) : y;
                bench.backend().affineActivate(
                        f, w.tested(), b.tested(), x.tested(), factor.tested(), z.tested(), y.tested());
                bench.reference().affineActivate(
                        f, w.reference(), b.reference(), x.reference(), factor.reference(), z.reference(), y.reference());
                double[] magnitudes = SumRules.magnitudes(bench, on.m(), on.k(), on.n(), false, w, false, x);
                double[] biases = b.reference() == null ? new double[on.m()] : bench.reference().read(b.reference());
                double[] outputs = bench.reference().read(y.reference());
                IntToDoubleFunction magnitude = i -> LARGEST_FACTOR * (magnitudes[i] + Math.abs(biases[i / on.n()]));
                // No activation is steeper than 1.1.
                bench.same("y", y, bench.bitsOr(Tolerance.sums(2 * (on.k() + 2 + ElementWiseRules.TRANSCENDENTAL), bench.precision())),
                        i -> magnitude.applyAsDouble(i) + ElementWiseRules.valueMagnitude(f, outputs[i]));
                if (apart) {
                    bench.same("z", z, bench.bitsOr(Tolerance.sums(on.k() + 2, bench.precision())), magnitude);
                }
                unchanged(bench, "w", w, "b", b, "x", x, "factor", factor);
            });

    static final ContractRule<Product> AFFINE_ACTIVATE_BACKWARD = new ContractRule<>("affineActivateBackward.fused",
            "affineActivateBackward = factor f'(at) (Wᵀ dz): gemm, activateBackward and multiply in a row, whatever the target held",
            (bench, on) -> {
                Activation f = activation(on);
                Values values = bench.withoutExtremes(on.values());
                Pair w = bench.pair(on.k(), on.m(), values, on.seed());
                Pair dz = bench.pair(on.k(), on.n(), values, on.seed() + 1);
                Pair at = bench.pair(on.m(), on.n(), ElementWiseRules.placesOf(bench, f, on.values()), on.seed() + 2);
                Pair factor = on.transposeA() ? factor(bench, on.m(), on.n(), on.seed() + 3) : none();
                Pair dx = bench.target(on.m(), on.n());
                bench.backend().affineActivateBackward(
                        f, w.tested(), dz.tested(), at.tested(), factor.tested(), dx.tested());
                bench.reference().affineActivateBackward(
                        f, w.reference(), dz.reference(), at.reference(), factor.reference(), dx.reference());
                double[] magnitudes = SumRules.magnitudes(bench, on.m(), on.k(), on.n(), true, w, false, dz);
                double[] places = bench.reference().read(at.reference());
                bench.same("dx", dx, bench.bitsOr(Tolerance.sums(on.k() + 1 + ElementWiseRules.TRANSCENDENTAL, bench.precision())),
                        i -> LARGEST_FACTOR * ElementWiseRules.slopeMagnitude(f, places[i]) * magnitudes[i]);
                unchanged(bench, "w", w, "dz", dz, "at", at, "factor", factor);
            });

    static final ContractRule<Product> PARAMETER_GRADIENTS = new ContractRule<>("parameterGradients.fused",
            "parameterGradients = dz xᵀ and the sum of dz over samples: gemm and rowSums in a row, whatever the targets held",
            (bench, on) -> {
                Values values = bench.withoutExtremes(on.values());
                Pair x = bench.pair(on.n(), on.k(), values, on.seed());
                Pair dz = bench.pair(on.m(), on.k(), values, on.seed() + 1);
                Pair dw = bench.target(on.m(), on.n());
                Pair db = on.transposeB() ? none() : bench.target(on.m(), 1);
                bench.backend().parameterGradients(x.tested(), dz.tested(), dw.tested(), db.tested());
                bench.reference().parameterGradients(x.reference(), dz.reference(), dw.reference(), db.reference());
                double[] magnitudes = SumRules.magnitudes(bench, on.m(), on.k(), on.n(), false, dz, true, x);
                double[] gradients = bench.reference().read(dz.reference());
                bench.same("dw", dw, bench.bitsOr(Tolerance.sums(on.k(), bench.precision())), i -> magnitudes[i]);
                if (db.tested() != null) {
                    bench.same("db", db, bench.bitsOr(Tolerance.sums(on.k(), bench.precision())),
                            row -> SumRules.rowMagnitude(gradients, row, on.k()));
                }
                unchanged(bench, "x", x, "dz", dz);
            });

    static final ContractRule<Shape> MASK = new ContractRule<>("mask.definition",
            "mask writes the scale where an activation is kept and +0 elsewhere, the units of a sample one after the other",
            (bench, on) -> {
                Random random = new Random(on.seed());
                int from = random.nextInt(3);
                boolean[] kept = new boolean[(from + on.columns() + 1) * on.rows()];
                for (int i = 0; i < kept.length; i++) {
                    kept[i] = random.nextBoolean();
                }
                boolean[] before = kept.clone();
                Pair factor = bench.target(on.rows(), on.columns());
                bench.backend().mask(kept, from, 1 / 0.9, factor.tested());
                bench.reference().mask(kept, from, 1 / 0.9, factor.reference());
                bench.same("factor", factor, Tolerance.exact());
                Bench.unchanged("array of choices", before, kept);
            });

    static final ContractRule<Shape> BATCH = new ContractRule<>("batch.empty",
            "a new tensor for a batch holds zeros, has the shape that was asked for and takes what is written",
            (bench, on) -> {
                Tensor batch = bench.backend().batch(on.rows(), on.columns());
                bench.same("batch", new Pair(batch, bench.reference().zeros(on.rows(), on.columns())), Tolerance.exact());
                double[] values = on.values().draw(on.size(), on.seed(), bench.precision());
                bench.backend().write(values, batch);
                bench.same("batch that was written", new Pair(batch, bench.reference().tensor(on.rows(), on.columns(), values)),
                        Tolerance.exact());
            });

    private FusedRules() {
    }

    static List<ContractRule<Product>> products() {
        return List.of(AFFINE_ACTIVATE, AFFINE_ACTIVATE_BACKWARD, PARAMETER_GRADIENTS);
    }

    static List<ContractRule<Shape>> shapes() {
        return List.of(MASK, BATCH);
    }

    private static Activation activation(Product on) {
        return Activation.values()[(int) (on.seed() / 4 % Activation.values().length)];
    }

    private static Pair none() {
        return new Pair(null, null);
    }

    private static Pair factor(Bench bench, int rows, int columns, long seed) {
        Random random = new Random(seed);
        double[] values = new double[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = bench.precision().round(FACTORS[random.nextInt(FACTORS.length)]);
        }
        return bench.pair(rows, columns, values);
    }

    /** Names and sources in turn. */
    private static void unchanged(Bench bench, Object... sources) {
        for (int i = 0; i < sources.length; i += 2) {
            Pair source = (Pair) sources[i + 1];
            if (source.tested() != null) {
                bench.same(sources[i] + " afterwards", source, Tolerance.exact());
            }
        }
    }
}
