package dev.regularisation.theory;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/** A quadratic loss whose Hessian QΛQᵀ has a chosen spectrum and eigenvectors in random directions. */
public record RandomQuadratic(Spectrum spectrum, int dimensions, long seed) {

    public static final double EPSILON = 0x1p-52;

    public enum Spectrum {

        /** Between 0.1 and 10. */
        MODERATE,

        /** From 10⁻⁸ to 1, both ends present. */
        ILL_CONDITIONED,

        /** Only the values 3 and 0.5. */
        REPEATED,

        /** Every other eigenvalue 0. */
        SINGULAR,

        /** Flat in every direction. */
        ZERO
    }

    /** Of every spectrum, for parameters of properties. */
    public static final class Any implements ArbitrarySupplier<RandomQuadratic> {

        @Override
        public Arbitrary<RandomQuadratic> get() {
            return of(Spectrum.values());
        }
    }

    /** Penalties from 10⁻⁶ to 100, evenly in the logarithm, for parameters of properties. */
    public static final class Lambda implements ArbitrarySupplier<Double> {

        @Override
        public Arbitrary<Double> get() {
            return Arbitraries.doubles().between(-6, 2).ofScale(4).map(exponent -> StrictMath.pow(10, exponent));
        }
    }

    public static Arbitrary<RandomQuadratic> of(Spectrum... spectra) {
        return Combinators.combine(
                        Arbitraries.of(spectra), Arbitraries.integers().between(1, 12), Arbitraries.longs())
                .as(RandomQuadratic::new);
    }

    /** Descending. */
    public double[] eigenvalues() {
        Random random = new Random(seed);
        double[] ascending = new double[dimensions];
        for (int i = 0; i < dimensions; i++) {
            double place = dimensions == 1 ? 1 : i / (dimensions - 1.0);
            ascending[i] = switch (spectrum) {
                case MODERATE -> StrictMath.pow(10, 2 * random.nextDouble() - 1);
                case ILL_CONDITIONED -> StrictMath.pow(10, 8 * (place - 1));
                case REPEATED -> random.nextBoolean() ? 3 : 0.5;
                case SINGULAR -> i % 2 == 0 ? 0 : 0.1 + random.nextDouble();
                case ZERO -> 0;
            };
        }
        Arrays.sort(ascending);
        double[] descending = new double[dimensions];
        for (int i = 0; i < dimensions; i++) {
            descending[i] = ascending[dimensions - 1 - i];
        }
        return descending;
    }

    public RealMatrix hessian() {
        RealMatrix q = orthogonal();
        RealMatrix product = q.multiply(MatrixUtils.createRealDiagonalMatrix(eigenvalues())).multiply(q.transpose());
        return product.add(product.transpose()).scalarMultiply(0.5);
    }

    public QuadraticLoss loss() {
        return new QuadraticLoss(hessian(), vector(1), 0.25);
    }

    /** A vector with entries between −3 and 3, another for each stream. */
    public double[] vector(long stream) {
        return new Random(seed ^ stream * 0x9E3779B97F4A7C15L).doubles(dimensions, -3, 3).toArray();
    }

    private RealMatrix orthogonal() {
        Random random = new Random(~seed);
        double[][] entries = new double[dimensions][dimensions];
        for (double[] row : entries) {
            Arrays.setAll(row, j -> random.nextGaussian());
        }
        return new QRDecomposition(new Array2DRowRealMatrix(entries)).getQ();
    }

    public static double norm(double... vector) {
        return Math.sqrt(Arrays.stream(vector).map(x -> x * x).sum());
    }

    public static double distance(double[] a, double[] b) {
        double[] difference = a.clone();
        Arrays.setAll(difference, i -> a[i] - b[i]);
        return norm(difference);
    }
}
