package dev.regularisation.backend.kit;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;
import dev.regularisation.backend.kit.Bench.Pair;
import java.util.List;

/** Rules for operations on each element by itself, in place and into another tensor. */
public final class ElementWiseRules {

    private static final double ALPHA = 0.085;

    static final ContractRule<Shape> RELU = new ContractRule<>("relu.definition",
            "relu(x) = max(x, +0): NaN stays NaN, -0 becomes +0",
            (bench, on) -> {
                Pair x = source(bench, on, 0);
                unary(bench, x, Backend::relu, Tolerance.exact());
            });

    static final ContractRule<Shape> RELU_BACKWARD = new ContractRule<>("relu.backward",
            "the gradient passes where the output is not <= 0, NaN included, and is +0 elsewhere",
            (bench, on) -> binary(bench, on, Backend::reluBackward, Tolerance.exact()));

    static final ContractRule<Shape> MULTIPLY = new ContractRule<>("multiply.definition",
            "multiply(a, b) = a b, so that a dropout mask both zeroes and rescales",
            (bench, on) -> binary(bench, on, Backend::multiply, bench.bitsOr(Tolerance.sameValue())));

    static final ContractRule<Shape> SCALED_DIFFERENCE = new ContractRule<>("scaledDifference.definition",
            "scaledDifference(f, p, y) = f (p - y), the factor as given, both steps rounded",
            (bench, on) -> binary(bench, on, (b, p, y, dp) -> b.scaledDifference(2.0 / (on.size() + 1), p, y, dp),
                    bench.bitsOr(Tolerance.sameValue())));

    static final ContractRule<Shape> SCALE = new ContractRule<>("scale.definition", "scale(alpha, x) = alpha x, in place",
            (bench, on) -> {
                Pair x = source(bench, on, 0);
                bench.backend().scale(1 - ALPHA, x.tested());
                bench.reference().scale(1 - ALPHA, x.reference());
                bench.same("x", x, bench.bitsOr(Tolerance.sameValue()));
            });

    static final ContractRule<Shape> AXPY = new ContractRule<>("axpy.definition",
            "axpy(alpha, x, y) = y + alpha x, in place",
            (bench, on) -> {
                Pair x = source(bench, on, 0);
                Pair y = source(bench, on, 1);
                double[] xs = bench.backend().read(x.tested());
                double[] ys = bench.backend().read(y.tested());
                bench.backend().axpy(-ALPHA, x.tested(), y.tested());
                bench.reference().axpy(-ALPHA, x.reference(), y.reference());
                bench.same("y", y, bench.bitsOr(fusedOrNot(bench)), i -> Math.abs(ys[i]) + ALPHA * Math.abs(xs[i]));
                bench.same("x afterwards", x, Tolerance.exact());
                bench.backend().axpy(ALPHA, x.tested(), x.tested());
                bench.reference().axpy(ALPHA, x.reference(), x.reference());
                bench.same("x, its own term", x, bench.bitsOr(fusedOrNot(bench)), i -> (1 + ALPHA) * Math.abs(xs[i]));
            });

    static final ContractRule<Shape> ADD_SIGN = new ContractRule<>("addSign.definition",
            "addSign(alpha, x, y) = y + alpha sign(x), where sign(0) = 0 and the sign of NaN is NaN",
            (bench, on) -> {
                Pair x = source(bench, on, 0);
                Pair y = source(bench, on, 1);
                bench.backend().addSign(ALPHA, x.tested(), y.tested());
                bench.reference().addSign(ALPHA, x.reference(), y.reference());
                bench.same("y", y, bench.bitsOr(Tolerance.sameValue()));
                bench.same("x afterwards", x, Tolerance.exact());
                bench.backend().addSign(ALPHA, x.tested(), x.tested());
                bench.reference().addSign(ALPHA, x.reference(), x.reference());
                bench.same("x, its own term", x, bench.bitsOr(Tolerance.sameValue()));
            });

    private ElementWiseRules() {
    }

    static List<ContractRule<Shape>> all() {
        return List.of(RELU, RELU_BACKWARD, MULTIPLY, SCALED_DIFFERENCE, SCALE, AXPY, ADD_SIGN);
    }

    private static Tolerance fusedOrNot(Bench bench) {
        return Tolerance.roundings(3, bench.precision(), "one rounding when fused, two when not");
    }

    private interface Unary {
        void apply(Backend backend, Tensor x, Tensor y);
    }

    private interface Binary {
        void apply(Backend backend, Tensor a, Tensor b, Tensor c);
    }

    private static Pair source(Bench bench, Shape on, int which) {
        return bench.pair(on.rows(), on.columns(), on.values(), on.seed() + which);
    }

    private static void unary(Bench bench, Pair x, Unary operation, Tolerance tolerance) {
        Pair y = bench.target(x.reference().rows(), x.reference().columns());
        operation.apply(bench.backend(), x.tested(), y.tested());
        operation.apply(bench.reference(), x.reference(), y.reference());
        bench.same("result", y, tolerance);
        bench.same("source afterwards", x, Tolerance.exact());
        operation.apply(bench.backend(), x.tested(), x.tested());
        operation.apply(bench.reference(), x.reference(), x.reference());
        bench.same("result in place", x, tolerance);
    }

    private static void binary(Bench bench, Shape on, Binary operation, Tolerance tolerance) {
        Pair a = source(bench, on, 0);
        Pair b = source(bench, on, 1);
        Pair c = bench.target(on.rows(), on.columns());
        operation.apply(bench.backend(), a.tested(), b.tested(), c.tested());
        operation.apply(bench.reference(), a.reference(), b.reference(), c.reference());
        bench.same("result", c, tolerance);
        bench.same("first source afterwards", a, Tolerance.exact());
        bench.same("second source afterwards", b, Tolerance.exact());
        operation.apply(bench.backend(), a.tested(), b.tested(), b.tested());
        operation.apply(bench.reference(), a.reference(), b.reference(), b.reference());
        bench.same("result in place of the second source", b, tolerance);
        operation.apply(bench.backend(), a.tested(), a.tested(), a.tested());
        operation.apply(bench.reference(), a.reference(), a.reference(), a.reference());
        bench.same("result of twice the same source, in place", a, tolerance);
    }
}
