package dev.regularisation.backend.kit;

import dev.regularisation.backend.Activation;
import dev.regularisation.backend.Backend;
import dev.regularisation.backend.PointwiseLoss;
import dev.regularisation.backend.Tensor;
import dev.regularisation.backend.kit.Bench.Pair;
import dev.regularisation.nn.Huber;
import dev.regularisation.nn.MeanAbsoluteError;
import dev.regularisation.nn.MeanSquaredError;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.IntToDoubleFunction;

/** Rules for operations on each element by itself, in place and into another tensor. */
public final class ElementWiseRules {

    private static final double ALPHA = 0.085;
    /** Roundings by which two ways of computing a transcendental activation, or its derivative, may differ. */
    static final int TRANSCENDENTAL = 16;

    /** One of each kind. */
    static final List<PointwiseLoss> LOSSES = List.of(new MeanSquaredError(), new MeanAbsoluteError(), new Huber(0.75));

    static final ContractRule<Shape> ACTIVATE = new ContractRule<>("activate.definition",
            "activate applies each activation as it is defined: NaN stays NaN, the rectifier makes -0 to +0",
            (bench, on) -> {
                for (Activation f : Activation.values()) {
                    Pair x = bench.pair(on.rows(), on.columns(), bench.withoutExtremes(on.values()), on.seed());
                    double[] y = expected(bench, x, f);
                    unary(bench, x, (b, from, to) -> b.activate(f, from, to), tolerance(bench, f),
                            i -> valueMagnitude(f, y[i]));
                }
            });

    static final ContractRule<Shape> ACTIVATE_BACKWARD = new ContractRule<>("activate.backward",
            "activateBackward multiplies by each activation's derivative; a rectifier's passes where the output is not <= 0, NaN "
                    + "included, and is +0 elsewhere",
            (bench, on) -> {
                for (Activation f : Activation.values()) {
                    Values places = placesOf(bench, f, on.values());
                    Pair at = bench.pair(on.rows(), on.columns(), places, on.seed());
                    Pair dy = bench.pair(on.rows(), on.columns(), bench.withoutExtremes(on.values()), on.seed() + 1);
                    binary(bench, on, at, dy, (b, place, gradient, to) -> b.activateBackward(f, place, gradient, to),
                            tolerance(bench, f), (place, gradient) -> slopeMagnitude(f, place) * Math.abs(gradient));
                }
            });

    /** ∞ is a place where backends that multiply out a derivative find ∞ − ∞, or 0 · ∞. */
    static Values placesOf(Bench bench, Activation f, Values values) {
        return bench.strictness() == Strictness.ROUNDING && !isChoice(f) ? Values.TAME : values;
    }

    /** Whether an activation only chooses and multiplies once, so that there is nothing to round otherwise. */
    private static boolean isChoice(Activation f) {
        return f == Activation.RELU || f == Activation.LEAKY_RELU || f == Activation.IDENTITY;
    }

    private static Tolerance tolerance(Bench bench, Activation f) {
        return f == Activation.RELU ? Tolerance.exact() : bench.bitsOr(isChoice(f) ? Tolerance.sameValue() : transcendental(bench));
    }

    /** ND4J used up to a quarter of this, in both precisions. */
    private static Tolerance transcendental(Bench bench) {
        return Tolerance.roundings(TRANSCENDENTAL, bench.precision(), "an exponential and some steps, 2 units in the last place each");
    }

    /**
     * What rounding is measured by. Where e⁻ˣ overflows a result may be flushed to 0; a tanh that is made of exponentials, such
     * as ND4J's, is right to some units of an eighth near 0, not of its value.
     */
    static double valueMagnitude(Activation f, double y) {
        return Math.abs(y) + (f == Activation.TANH ? 0x1p-3 : 0x1p-100);
    }

    /** A bound of |f'| and of the terms that it is the sum of, x being input or output as f wants it. */
    static double slopeMagnitude(Activation f, double x) {
        return isChoice(f) ? 1 : 1 + x * x;
    }

    private static double[] expected(Bench bench, Pair x, Activation f) {
        Tensor y = bench.reference().zeros(x.reference().rows(), x.reference().columns());
        bench.reference().activate(f, x.reference(), y);
        return bench.reference().read(y);
    }

    static final ContractRule<Shape> MULTIPLY = new ContractRule<>("multiply.definition",
            "multiply(a, b) = a b, so that a dropout mask both zeroes and rescales",
            (bench, on) -> binary(bench, on, Backend::multiply, bench.bitsOr(Tolerance.sameValue())));

    static final ContractRule<Shape> LOSS_GRADIENT = new ContractRule<>("lossGradient.definition",
            "lossGradient = f slope(p - y), for each loss, the factor as given, difference and product rounded",
            (bench, on) -> {
                for (PointwiseLoss loss : LOSSES) {
                    binary(bench, on, (b, p, y, dp) -> b.lossGradient(loss, 2.0 / (on.size() + 1), p, y, dp),
                            bench.bitsOr(Tolerance.sameValue()));
                }
            });

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
        return List.of(ACTIVATE, ACTIVATE_BACKWARD, MULTIPLY, LOSS_GRADIENT, SCALE, AXPY, ADD_SIGN);
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

    private static void unary(Bench bench, Pair x, Unary operation, Tolerance tolerance, IntToDoubleFunction magnitude) {
        Pair y = bench.target(x.reference().rows(), x.reference().columns());
        operation.apply(bench.backend(), x.tested(), y.tested());
        operation.apply(bench.reference(), x.reference(), y.reference());
        bench.same("result", y, tolerance, magnitude);
        bench.same("source afterwards", x, Tolerance.exact());
        operation.apply(bench.backend(), x.tested(), x.tested());
        operation.apply(bench.reference(), x.reference(), x.reference());
        bench.same("result in place", x, tolerance, magnitude);
    }

    private static void binary(Bench bench, Shape on, Binary operation, Tolerance tolerance) {
        binary(bench, on, source(bench, on, 0), source(bench, on, 1), operation, tolerance, (left, right) -> 0);
    }

    private static void binary(Bench bench, Shape on, Pair a, Pair b, Binary operation, Tolerance tolerance,
            DoubleBinaryOperator magnitude) {
        double[] left = bench.reference().read(a.reference());
        double[] right = bench.reference().read(b.reference());
        Pair c = bench.target(on.rows(), on.columns());
        operation.apply(bench.backend(), a.tested(), b.tested(), c.tested());
        operation.apply(bench.reference(), a.reference(), b.reference(), c.reference());
        bench.same("result", c, tolerance, i -> magnitude.applyAsDouble(left[i], right[i]));
        bench.same("first source afterwards", a, Tolerance.exact());
        bench.same("second source afterwards", b, Tolerance.exact());
        operation.apply(bench.backend(), a.tested(), b.tested(), b.tested());
        operation.apply(bench.reference(), a.reference(), b.reference(), b.reference());
        bench.same("result in place of the second source", b, tolerance, i -> magnitude.applyAsDouble(left[i], right[i]));
        operation.apply(bench.backend(), a.tested(), a.tested(), a.tested());
        operation.apply(bench.reference(), a.reference(), a.reference(), a.reference());
        bench.same("result of twice the same source, in place", a, tolerance, i -> magnitude.applyAsDouble(left[i], left[i]));
    }
}
