package dev.regularisation.backend.kit;

import dev.regularisation.backend.PointwiseLoss;
import dev.regularisation.backend.Precision;
import dev.regularisation.backend.Tensor;
import dev.regularisation.backend.kit.Bench.Pair;
import java.util.List;

/** Rules for operations that add up: products of matrices, sums over samples, the loss. */
public final class SumRules {

    static final ContractRule<Product> AFFINE = new ContractRule<>("affine.definition",
            "affine = W X + b, the bias of each row added once, or W X without bias, whatever the target held",
            (bench, on) -> {
                Values values = bench.withoutExtremes(on.values());
                Pair w = bench.pair(on.m(), on.k(), values, on.seed());
                Pair b = bench.pair(on.m(), 1, values, on.seed() + 1);
                Pair x = bench.pair(on.k(), on.n(), values, on.seed() + 2);
                Pair z = bench.target(on.m(), on.n());
                boolean biased = !on.transposeB();
                bench.backend().affine(w.tested(), biased ? b.tested() : null, x.tested(), z.tested());
                bench.reference().affine(w.reference(), biased ? b.reference() : null, x.reference(), z.reference());
                double[] magnitudes = magnitudes(bench, on.m(), on.k(), on.n(), false, w, false, x);
                double[] biases = bench.reference().read(b.reference());
                bench.same("z", z, bench.bitsOr(Tolerance.sums(on.k() + 1, bench.precision())),
                        i -> magnitudes[i] + (biased ? Math.abs(biases[i / on.n()]) : 0));
                bench.same("w afterwards", w, Tolerance.exact());
                bench.same("b afterwards", b, Tolerance.exact());
                bench.same("x afterwards", x, Tolerance.exact());
            });

    static final ContractRule<Product> GEMM = new ContractRule<>("gemm.definition",
            "gemm = op(A) op(B) for each of the four pairs of transposes, whatever the target held",
            (bench, on) -> {
                Values values = bench.withoutExtremes(on.values());
                Pair a = on.transposeA() ? bench.pair(on.k(), on.m(), values, on.seed())
                        : bench.pair(on.m(), on.k(), values, on.seed());
                Pair b = on.transposeB() ? bench.pair(on.n(), on.k(), values, on.seed() + 1)
                        : bench.pair(on.k(), on.n(), values, on.seed() + 1);
                Pair c = bench.target(on.m(), on.n());
                bench.backend().gemm(on.transposeA(), a.tested(), on.transposeB(), b.tested(), c.tested());
                bench.reference().gemm(on.transposeA(), a.reference(), on.transposeB(), b.reference(), c.reference());
                double[] magnitudes = magnitudes(bench, on.m(), on.k(), on.n(), on.transposeA(), a, on.transposeB(), b);
                bench.same("c", c, bench.bitsOr(Tolerance.sums(on.k(), bench.precision())), i -> magnitudes[i]);
                bench.same("a afterwards", a, Tolerance.exact());
                bench.same("b afterwards", b, Tolerance.exact());
            });

    static final ContractRule<Shape> ROW_SUMS = new ContractRule<>("rowSums.definition",
            "rowSums adds up each row: a sum, not a mean",
            (bench, on) -> {
                Pair a = bench.pair(on.rows(), on.columns(), bench.withoutExtremes(on.values()), on.seed());
                Pair sums = bench.target(on.rows(), 1);
                bench.backend().rowSums(a.tested(), sums.tested());
                bench.reference().rowSums(a.reference(), sums.reference());
                double[] values = bench.reference().read(a.reference());
                bench.same("sums", sums, bench.bitsOr(Tolerance.sums(on.columns(), bench.precision())),
                        row -> rowMagnitude(values, row, on.columns()));
                bench.same("a afterwards", a, Tolerance.exact());
            });

    static final ContractRule<Shape> LOSS = new ContractRule<>("sumOfLosses.definition",
            "sumOfLosses = initial + sum of l(p - y), for each loss l: a sum, not a mean, l and sum in double",
            (bench, on) -> {
                Pair p = bench.pair(on.rows(), on.columns(), on.values(), on.seed());
                Pair y = bench.pair(on.rows(), on.columns(), on.values(), on.seed() + 1);
                for (PointwiseLoss loss : ElementWiseRules.LOSSES) {
                    double got = 0.25;
                    double want = 0.25;
                    for (int block = 0; block < 2; block++) {
                        got = bench.backend().sumOfLosses(loss, p.tested(), y.tested(), got);
                        want = bench.reference().sumOfLosses(loss, p.reference(), y.reference(), want);
                    }
                    // No term is negative, so that the sum is its own magnitude; two roundings for each square in float64.
                    bench.same(loss + ", two blocks", "", got, want,
                            bench.bitsOr(Tolerance.sums(2 * on.size() + 3, Precision.FLOAT64)), want);
                }
                bench.same("p afterwards", p, Tolerance.exact());
                bench.same("y afterwards", y, Tolerance.exact());
            });

    private SumRules() {
    }

    static List<ContractRule<Product>> products() {
        return List.of(AFFINE, GEMM);
    }

    static List<ContractRule<Shape>> sums() {
        return List.of(ROW_SUMS, LOSS);
    }

    /** The sum of |a| over a row of {@code columns} values. */
    static double rowMagnitude(double[] values, int row, int columns) {
        double magnitude = 0;
        for (int s = 0; s < columns; s++) {
            magnitude += Math.abs(values[row * columns + s]);
        }
        return magnitude;
    }

    /** |op(A)| |op(B)|. */
    static double[] magnitudes(
            Bench bench, int m, int k, int n, boolean transposeA, Pair a, boolean transposeB, Pair b) {
        NaiveBackend exact = new NaiveBackend(Precision.FLOAT64);
        Tensor c = exact.zeros(m, n);
        exact.gemm(transposeA, absolute(bench, exact, a), transposeB, absolute(bench, exact, b), c);
        return exact.read(c);
    }

    private static Tensor absolute(Bench bench, NaiveBackend exact, Pair pair) {
        double[] values = bench.reference().read(pair.reference());
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.abs(values[i]);
        }
        return exact.tensor(pair.reference().rows(), pair.reference().columns(), values);
    }
}
