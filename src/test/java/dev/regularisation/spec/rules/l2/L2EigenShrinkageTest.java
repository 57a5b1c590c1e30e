package dev.regularisation.spec.rules.l2;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.atMost;

import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.RuleTest;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import dev.regularisation.theory.QuadraticWithL2;
import dev.regularisation.theory.RandomQuadratic;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;

@Rule(id = "l2.eigen-shrinkage", section = Section.WEIGHT_DECAY, strength = Strength.LAW,
        statement = "In the eigenbasis of the loss's Hessian, L2 takes the optimum w to w h/(h + λ).",
        related = {"l2.keeps-what-matters", "l2.ridge-in-the-experiment", "l2.idle-directions-in-the-network"})
final class L2EigenShrinkageTest extends RuleTest<Shrinkage> {

    @Override
    protected Shrinkage evidence() {
        return Shrinkage.of(ShrinkagePicture.EXAMPLE, ShrinkagePicture.STRENGTHS);
    }

    @Override
    protected Finding asSaid(Shrinkage e) {
        return all(atMost("the closed form keeps h/(h + λ) of each coordinate, within rounding, times", 1, e.closed()),
                atMost("so does the solution of the linear system, times", 1, e.solved()),
                atMost("so does gradient descent where it converges, times", 1, e.descended()),
                atMost("difference quotients of the loss are H(θ − w), which is 0 at w, within rounding, times", 1, e.gradient()));
    }

    @Property(tries = 1000)
    @Label("for any Hessian and strength")
    void generated(@ForAll(supplier = RandomQuadratic.Any.class) RandomQuadratic quadratic, @ForAll(supplier = RandomQuadratic.Lambda.class) double lambda) {
        require(Shrinkage.of(quadratic.loss(), lambda));
    }

    @Override
    protected Map<String, Shrinkage> counterexamples(Shrinkage e) {
        QuadraticWithL2 penalised = new QuadraticWithL2(ShrinkagePicture.EXAMPLE, 1);
        double[] w = ShrinkagePicture.EXAMPLE.minimiser();
        double[][] h = ShrinkagePicture.EXAMPLE.hessian().getData();
        return Map.of("half the strength",
                Shrinkage.all(penalised, new QuadraticWithL2(ShrinkagePicture.EXAMPLE, 0.5).linearSolve()),
                "no penalty", Shrinkage.all(penalised, w), "one factor for all", Shrinkage.all(penalised, w[0] / 2, w[1] / 2),
                "the axes in the eigenvectors' place", Shrinkage.all(penalised, w[0] * h[0][0] / (h[0][0] + 1),
                        w[1] * h[1][1] / (h[1][1] + 1)),
                "a gradient of twice the size", new Shrinkage(0, 0, 0, Shrinkage.errorOfGradient(ShrinkagePicture.EXAMPLE, 2)),
                "no number", Shrinkage.all(penalised, Double.NaN, 0));
    }

    @Override
    protected void describe(Document page, Shrinkage e) {
        page.figure("errors of the closed form, the linear system and gradient descent: %.1g, %.1g and %.1g of what rounding allows",
                        e.closed(), e.solved(), e.descended()).table("example", List.of("λ", "h/(h + λ), h = 4", "linear solve",
                        "gradient descent", "h/(h + λ), h = 0.25", "linear solve", "gradient descent"), ShrinkagePicture.rows())
                .picture("plane", ShrinkagePicture.of());
    }
}
