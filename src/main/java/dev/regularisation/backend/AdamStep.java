package dev.regularisation.backend;

/**
 * The scalar factors of one Adam step, computed in double; a backend rounds each to its precision where it meets a
 * tensor.
 *
 * <pre>
 * m ← m + (1 − β₁)(g − m)
 * v ← β₂ v + (1 − β₂) g²
 * θ ← θ − stepSize · m / (√v / secondMomentScale + ε)
 * </pre>
 *
 * @param firstMomentRate   1 − β₁
 * @param secondMomentDecay β₂
 * @param secondMomentRate  1 − β₂
 * @param stepSize          η / (1 − β₁ᵗ)
 * @param secondMomentScale √(1 − β₂ᵗ)
 * @param epsilon           ε, outside the root
 */
public record AdamStep(
        double firstMomentRate,
        double secondMomentDecay,
        double secondMomentRate,
        double stepSize,
        double secondMomentScale,
        double epsilon) {
}
