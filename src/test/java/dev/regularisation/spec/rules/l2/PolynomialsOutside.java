package dev.regularisation.spec.rules.l2;

import dev.regularisation.spec.Document;
import dev.regularisation.theory.Polynomials.Basis;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Errors just outside the samples' range at every data set.
 *
 * @param cubic     of degree 3
 * @param wild      of the highest degree
 * @param tamed     of the highest degree with L2 on the coefficients of powers
 * @param chebyshev of the highest degree with L2 on those of Chebyshev polynomials
 */
record PolynomialsOutside(double[] cubic, double[] wild, double[] tamed, double[] chebyshev) {

    static PolynomialsOutside measure() {
        return new PolynomialsOutside(ofDegree(3), ofDegree(PolynomialData.HIGHEST), ofL2(Basis.POWERS, PolynomialData.LAMBDA),
                ofL2(Basis.CHEBYSHEV, PolynomialData.LAMBDA));
    }

    static double[] ofDegree(int degree) {
        return PolynomialData.each(data -> PolynomialData.errorOutside(data.fit(degree)));
    }

    static double[] ofL2(Basis basis, double lambda) {
        return PolynomialData.each(data -> PolynomialData.errorOutside(data.ridge(basis, lambda)));
    }

    static double[] ratios(double[] over, double[] under) {
        return IntStream.range(0, over.length).mapToDouble(i -> over[i] / under[i]).toArray();
    }

    static double medianRatio(double[] over, double[] under) {
        return PolynomialData.median(over) / PolynomialData.median(under);
    }

    List<List<String>> rows() {
        return List.of(row("Degree 3", cubic), row("Degree 13", wild), row("Degree 13, L2 on powers, λ = 0.001", tamed),
                row("Degree 13, L2 on Chebyshev coefficients, λ = 0.001", chebyshev));
    }

    private static List<String> row(String name, double[] errors) {
        return List.of(name, Document.format("%.3g", PolynomialData.median(errors)),
                Document.format("%.2g", StatUtils.min(errors)), Document.format("%.2g", StatUtils.max(errors)));
    }
}
