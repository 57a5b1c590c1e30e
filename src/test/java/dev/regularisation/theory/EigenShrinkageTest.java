package dev.regularisation.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EigenShrinkageTest {

    @Property
    @Label("the factor rises with the eigenvalue, falls with the penalty, and depends on their ratio alone")
    void isMonotone(@ForAll(supplier = RandomQuadratic.Lambda.class) double h, @ForAll(supplier = RandomQuadratic.Lambda.class) double lambda) {
        double factor = EigenShrinkage.factor(h, lambda);

        assertThat(factor).isStrictlyBetween(0.0, 1.0);
        assertThat(EigenShrinkage.factor(1.01 * h, lambda)).isGreaterThan(factor);
        assertThat(EigenShrinkage.factor(h, 1.01 * lambda)).isLessThan(factor);
        // Scaling by a power of two is free of rounding.
        assertThat(EigenShrinkage.factor(4 * h, 4 * lambda)).isEqualTo(factor);
    }

    @Property
    @Label("limits: 1 − λ/h where the eigenvalue matters, h/λ where it does not, each to second order")
    void hasTheStatedLimits(@ForAll(supplier = RandomQuadratic.Lambda.class) double h, @ForAll(supplier = RandomQuadratic.Lambda.class) double lambda) {
        double factor = EigenShrinkage.factor(h, lambda);

        // The series alternate, so the first term left out bounds the error; one rounding of a number at most 1 comes
        // on top.
        double rounding = 2 * RandomQuadratic.EPSILON;
        assertThat(Math.abs(factor - (1 - lambda / h)))
                .isLessThanOrEqualTo(Math.pow(lambda / h, 2) + rounding * (1 + lambda / h));
        assertThat(Math.abs(factor - h / lambda))
                .isLessThanOrEqualTo(Math.pow(h / lambda, 2) + rounding * (1 + h / lambda));
    }

    @Test
    @DisplayName("without a penalty nothing shrinks, without curvature nothing stays, and 0/0 is 0")
    void endPoints() {
        assertThat(EigenShrinkage.factor(3, 0)).isEqualTo(1);
        assertThat(EigenShrinkage.factor(0, 3)).isZero();
        assertThat(EigenShrinkage.factor(0, 0)).isZero();
        assertThat(EigenShrinkage.factor(1, 1)).isEqualTo(0.5);
    }

    @Property
    @Label("the effective dimensions fall from the rank towards 0 as the penalty grows")
    void effectiveDimensionsFall(@ForAll(supplier = RandomQuadratic.Any.class) RandomQuadratic quadratic, @ForAll(supplier = RandomQuadratic.Lambda.class) double lambda) {
        Eigenbasis basis = Eigenbasis.of(quadratic.hessian());
        double rank = Arrays.stream(quadratic.eigenvalues()).filter(h -> h > 0).count();

        double without = new EigenShrinkage(basis, 0).effectiveDimensions();
        double with = new EigenShrinkage(basis, lambda).effectiveDimensions();
        double withMore = new EigenShrinkage(basis, 2 * lambda).effectiveDimensions();

        assertThat(without).isEqualTo(rank);
        assertThat(with).isLessThanOrEqualTo(rank);
        assertThat(withMore).isLessThanOrEqualTo(with);
        assertThat(withMore == with).isEqualTo(rank == 0);
    }

    @Test
    @DisplayName("NaN, negative and infinite arguments are refused")
    void refusesNonsense() {
        Eigenbasis basis = QuadraticLoss.diagonal(new double[] {1}, new double[] {1}).eigenbasis();
        for (double bad : new double[] {Double.NaN, -1, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new EigenShrinkage(basis, bad)).hasMessageContaining("lambda");
            assertThatThrownBy(() -> EigenShrinkage.factor(bad, 1)).hasMessageContaining("eigenvalue");
            assertThatThrownBy(() -> EigenShrinkage.factor(1, bad)).hasMessageContaining("lambda");
        }
    }
}
