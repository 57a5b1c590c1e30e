package dev.regularisation.spec.rules.l2;

import dev.regularisation.plot.Axis;
import dev.regularisation.plot.LineStyle;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.ReferenceLine;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.spec.Document;
import dev.regularisation.theory.Eigenbasis;
import dev.regularisation.theory.QuadraticLoss;
import dev.regularisation.theory.QuadraticWithL2;
import dev.regularisation.theory.RandomQuadratic;
import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * What L2 leaves of a minimiser along each eigenvector of the loss's Hessian.
 *
 * @param h         eigenvalues, descending
 * @param kept      the share that is left along each
 * @param lambda    strength
 * @param tolerance what the solver's rounding does to a share
 */
record Kept(double[] h, double[] kept, double lambda, double tolerance) {

    /** 161 eigenvalues from 10⁻⁴ to 10⁴; λ = 1. */
    static Kept ofWideSpectrum() {
        double[] h = IntStream.rangeClosed(-80, 80).mapToDouble(i -> StrictMath.pow(10, -i / 20.0)).toArray();
        double[] ones = ones(h.length);
        return new Kept(h, new QuadraticWithL2(QuadraticLoss.diagonal(h, ones), 1).linearSolve(), 1, 8 * RandomQuadratic.EPSILON);
    }

    static Kept of(RandomQuadratic quadratic, double lambda) {
        Eigenbasis basis = quadratic.loss().eigenbasis();
        double[] ones = ones(basis.dimensions());
        QuadraticWithL2 penalised = new QuadraticWithL2(new QuadraticLoss(quadratic.hessian(), basis.vector(ones), 0), lambda);
        // The solver's error of 16 n ε κ‖w‖, ‖w‖ = √n; see QuadraticWithL2.
        return new Kept(basis.eigenvalues(), basis.coordinates(penalised.linearSolve()), lambda,
                16 * StrictMath.pow(ones.length, 1.5) * RandomQuadratic.EPSILON * penalised.conditionNumber());
    }

    private static double[] ones(int n) {
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** The same with a share by h/λ. */
    Kept by(DoubleUnaryOperator share) {
        return new Kept(h, Arrays.stream(h).map(value -> share.applyAsDouble(value / lambda)).toArray(), lambda, tolerance);
    }

    /** A difference in some direction, in tolerances. */
    interface Difference {
        double of(Kept kept, int direction);
    }

    double worst(Difference difference) {
        return IntStream.range(0, h.length).mapToDouble(i -> difference.of(this, i)).reduce(0, Math::max);
    }

    double disorder(int i) {
        return i == 0 ? 0 : (kept[i] - kept[i - 1]) / tolerance;
    }

    double ofLarge(int i) {
        double ratio = lambda / h[i];
        return h[i] > lambda ? Math.abs(kept[i] - (1 - ratio)) / (ratio * ratio + tolerance) : 0;
    }

    double ofSmall(int i) {
        double ratio = h[i] / lambda;
        return h[i] > lambda ? 0 : Math.abs(kept[i] - ratio) / (ratio * ratio + tolerance);
    }

    double exact(int i) {
        return Math.abs(1 - kept[i] - lambda / (h[i] + lambda)) / tolerance;
    }

    /** The share kept where h is nearest to a multiple of λ. */
    double at(double multiple) {
        return kept[IntStream.range(0, h.length).reduce((a, b) ->
                Math.abs(h[b] / lambda / multiple - 1) < Math.abs(h[a] / lambda / multiple - 1) ? b : a).orElseThrow()];
    }

    List<List<String>> rows(double... multiples) {
        return DoubleStream.of(multiples).mapToObj(m -> List.of(Document.format("%g", m), Document.format("%.6f", at(m)),
                m > 1 ? Document.format("%.6f", 1 - 1 / m) : "", m < 1 ? Document.format("%.6f", m) : "")).toList();
    }

    Picture picture() {
        return SeriesPicture.ofCurves("L2 keeps the directions that matter",
                "What is left of the minimiser's coordinate along an eigenvector",
                Axis.log("Eigenvalue of the Hessian over strength, h/λ"), Axis.linear("Share kept").covering(0, 1),
                List.of(Series.of("Solved", Palette.BLUE, h, kept), asymptote("1 − λ/h", Palette.VERMILION, x -> 1 - 1 / x),
                        asymptote("h/λ", Palette.GREEN, x -> x)), List.of(ReferenceLine.vertical("h = λ", 1))).picture();
    }

    private Series asymptote(String name, Color colour, DoubleUnaryOperator value) {
        double[] where = Arrays.stream(h).filter(x -> value.applyAsDouble(x) >= 0 && value.applyAsDouble(x) <= 1).toArray();
        return Series.of(name, colour, where, Arrays.stream(where).map(value).toArray()).drawn(LineStyle.DASHED);
    }
}
