package dev.regularisation.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.theory.RandomQuadratic.Spectrum;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EigenbasisTest {

    @Property
    @Label("Q diag(h) Qᵀ is the matrix again and Q is orthogonal")
    void reconstructs(@ForAll(supplier = RandomQuadratic.Any.class) RandomQuadratic quadratic) {
        Eigenbasis basis = Eigenbasis.of(quadratic.hessian());
        RealMatrix q = basis.eigenvectors();

        RealMatrix diagonal = MatrixUtils.createRealDiagonalMatrix(basis.eigenvalues());
        RealMatrix rebuilt = q.multiply(diagonal).multiply(q.transpose());

        double rounding = quadratic.dimensions() * RandomQuadratic.EPSILON;
        RealMatrix identity = MatrixUtils.createRealIdentityMatrix(quadratic.dimensions());
        // Backward stability allows a few n ε h₁; 4.2 n ε h₁ and 3.1 n ε are the largest seen in 10,000 tries.
        assertThat(rebuilt.subtract(quadratic.hessian()).getNorm())
                .isLessThanOrEqualTo(16 * rounding * basis.largest());
        assertThat(q.transpose().multiply(q).subtract(identity).getNorm()).isLessThanOrEqualTo(16 * rounding);
    }

    @Property
    @Label("the eigenvalues are the ones the matrix was built with, and those that are zero are exactly zero")
    void recoversTheSpectrum(@ForAll(supplier = RandomQuadratic.Any.class) RandomQuadratic quadratic) {
        double[] found = Eigenbasis.of(quadratic.hessian()).eigenvalues();

        double[] built = quadratic.eigenvalues();
        // Weyl: an eigenvalue moves by no more than the rounding of the matrix, a few n ε h₁.
        double tolerance = Eigenbasis.NOISE * quadratic.dimensions() * RandomQuadratic.EPSILON * built[0];
        for (int i = 0; i < built.length; i++) {
            assertThat(Math.abs(found[i] - built[i])).isLessThanOrEqualTo(tolerance);
            assertThat(found[i] == 0).isEqualTo(built[i] == 0);
        }
    }

    @Property
    @Label("coordinates and vector are each other's inverse, and scaling by ones changes nothing")
    void changesBasisAndBack(@ForAll(supplier = RandomQuadratic.Any.class) RandomQuadratic quadratic) {
        Eigenbasis basis = Eigenbasis.of(quadratic.hessian());
        double[] v = quadratic.vector(2);
        double[] ones = new double[v.length];
        Arrays.fill(ones, 1);

        // Q is orthogonal to 16 n ε, see above.
        double tolerance = 16 * v.length * RandomQuadratic.EPSILON * RandomQuadratic.norm(v);
        assertThat(RandomQuadratic.distance(basis.vector(basis.coordinates(v)), v)).isLessThanOrEqualTo(tolerance);
        assertThat(RandomQuadratic.distance(basis.scale(v, ones), v)).isLessThanOrEqualTo(tolerance);
    }

    @Test
    @DisplayName("what is not a symmetric positive semidefinite matrix is refused")
    void refusesOthers() {
        assertRefused(new double[][] {{1, 2}, {0, 1}}, "symmetric");
        assertRefused(new double[][] {{1, 2}, {2, 1}}, "positive semidefinite");
        assertRefused(new double[][] {{1, 0, 0}, {0, 1, 0}}, "square");
        assertRefused(new double[][] {{Double.NaN, 0}, {0, 1}}, "finite");
        assertRefused(new double[][] {{-1e-9}}, "positive semidefinite");
    }

    @Test
    @DisplayName("an ill-conditioned matrix keeps its small eigenvalue, a singular one has exactly 0")
    void tellsSmallFromZero() {
        RealMatrix small = new RandomQuadratic(Spectrum.ILL_CONDITIONED, 10, 1).hessian();
        RealMatrix zero = new RandomQuadratic(Spectrum.SINGULAR, 10, 1).hessian();

        assertThat(Eigenbasis.of(small).smallest()).isCloseTo(1e-8, Offset.offset(1e-14));
        assertThat(Eigenbasis.of(zero).smallest()).isZero();
    }

    @Property
    @Label("asymmetry is rounding up to 16 n ε of the matrix, at whatever size and scale, and beyond that an error")
    void asymmetryIsMeasuredRelatively(
            @ForAll @IntRange(min = 2, max = 12) int n, @ForAll @IntRange(min = -9, max = 9) int scale) {
        RealMatrix matrix = MatrixUtils.createRealIdentityMatrix(n).scalarMultiply(Math.pow(10, scale));
        // An entry of δ in one corner alone differs from the transpose by √2 δ.
        double limit = 16 * n * RandomQuadratic.EPSILON * matrix.getFrobeniusNorm() / Math.sqrt(2);

        matrix.setEntry(0, n - 1, 0.99 * limit);
        assertThat(Eigenbasis.of(matrix).dimensions()).isEqualTo(n);
        matrix.setEntry(0, n - 1, 1.01 * limit);
        assertThatThrownBy(() -> Eigenbasis.of(matrix)).hasMessageContaining("symmetric");
    }

    private static void assertRefused(double[][] matrix, String reason) {
        assertThatThrownBy(() -> Eigenbasis.of(new Array2DRowRealMatrix(matrix)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }
}
