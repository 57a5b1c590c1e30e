package dev.regularisation.backend.kit;

import dev.regularisation.backend.Backend;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;

/**
 * What every backend must do. A subclass with a factory method certifies one:
 *
 * <pre>
 * class MyBackendContractTest extends BackendContract {
 *     &#64;Override
 *     protected Backend create() {
 *         return new MyBackend();
 *     }
 * }
 * </pre>
 *
 * <p>One backend serves all tries of a rule, so that what a call leaves behind can show in the next.
 */
public abstract class BackendContract {

    private Bench bench;

    /** A new backend, which the contract closes. */
    protected abstract Backend create();

    /** How closely it must follow the reference: but for roundings, unless a subclass asks for the bits. */
    protected Strictness strictness() {
        return Strictness.ROUNDING;
    }

    /** The name under which it is recorded how much of the tolerances was used. */
    protected String subject() {
        return getClass().getSimpleName().replace("ContractTest", "");
    }

    @AfterProperty
    protected void close() {
        if (bench != null) {
            bench.close();
            ToleranceUse.of(subject()).write();
        }
    }

    private <C> void check(ContractRule<C> rule, C on) {
        if (bench == null) {
            bench = new Bench(create(), strictness(), ToleranceUse.of(subject()));
        }
        rule.check(bench, on);
    }

    @Property(tries = 50)
    @Label("zeros.empty: a new tensor holds zeros")
    void zeros(@ForAll("shapes") Shape on) {
        check(DataRules.ZEROS, on);
    }

    @Property(tries = 100)
    @Label("write.rounds: write rounds once, read is exact")
    void write(@ForAll("shapes") Shape on) {
        check(DataRules.WRITE, on);
    }

    @Property(tries = 100)
    @Label("view.shares: a view and its parent share their elements")
    void view(@ForAll("shapes") Shape on) {
        check(DataRules.VIEW, on);
    }

    @Property(tries = 100)
    @Label("gather.columns: gatherColumns copies the columns that the indices name")
    void gather(@ForAll("shapes") Shape on) {
        check(DataRules.GATHER, on);
    }

    @Property(tries = 50)
    @Label("shapes.checked: shapes that do not fit are refused")
    void shapesChecked(@ForAll("shapes") Shape on) {
        check(DataRules.SHAPES, on);
    }

    @Property(tries = 10)
    @Label("tensors.own: a tensor of another backend is refused")
    void foreign(@ForAll("shapes") Shape on) {
        check(DataRules.FOREIGN, on);
    }

    @Property(tries = 200)
    @Label("activate.definition: each activation as it is defined, NaN stays NaN")
    void activate(@ForAll("shapes") Shape on) {
        check(ElementWiseRules.ACTIVATE, on);
    }

    @Property(tries = 200)
    @Label("activate.backward: times each activation's derivative")
    void activateBackward(@ForAll("shapes") Shape on) {
        check(ElementWiseRules.ACTIVATE_BACKWARD, on);
    }

    @Property(tries = 200)
    @Label("multiply.definition: a b, element by element")
    void multiply(@ForAll("shapes") Shape on) {
        check(ElementWiseRules.MULTIPLY, on);
    }

    @Property(tries = 200)
    @Label("lossGradient.definition: f slope(p - y), for each loss")
    void lossGradient(@ForAll("shapes") Shape on) {
        check(ElementWiseRules.LOSS_GRADIENT, on);
    }

    @Property(tries = 100)
    @Label("scale.definition: alpha x")
    void scale(@ForAll("shapes") Shape on) {
        check(ElementWiseRules.SCALE, on);
    }

    @Property(tries = 200)
    @Label("axpy.definition: y + alpha x")
    void axpy(@ForAll("shapes") Shape on) {
        check(ElementWiseRules.AXPY, on);
    }

    @Property(tries = 200)
    @Label("addSign.definition: y + alpha sign(x), sign(0) = 0")
    void addSign(@ForAll("shapes") Shape on) {
        check(ElementWiseRules.ADD_SIGN, on);
    }

    @Property(tries = 200)
    @Label("affine.definition: W X + b")
    void affine(@ForAll("products") Product on) {
        check(SumRules.AFFINE, on);
    }

    @Property(tries = 400)
    @Label("gemm.definition: op(A) op(B)")
    void gemm(@ForAll("products") Product on) {
        check(SumRules.GEMM, on);
    }

    @Property(tries = 200)
    @Label("rowSums.definition: the sum of each row")
    void rowSums(@ForAll("shapes") Shape on) {
        check(SumRules.ROW_SUMS, on);
    }

    @Property(tries = 200)
    @Label("sumOfLosses.definition: initial + sum of l(p - y), for each loss")
    void sumOfLosses(@ForAll("shapes") Shape on) {
        check(SumRules.LOSS, on);
    }

    @Property(tries = 400)
    @Label("affineActivate.fused: f(factor (W X + b))")
    void affineActivate(@ForAll("products") Product on) {
        check(FusedRules.AFFINE_ACTIVATE, on);
    }

    @Property(tries = 400)
    @Label("affineActivateBackward.fused: factor f'(at) (W^T dz)")
    void affineActivateBackward(@ForAll("products") Product on) {
        check(FusedRules.AFFINE_ACTIVATE_BACKWARD, on);
    }

    @Property(tries = 400)
    @Label("parameterGradients.fused: dz x^T and the sums of dz")
    void parameterGradients(@ForAll("products") Product on) {
        check(FusedRules.PARAMETER_GRADIENTS, on);
    }

    @Property(tries = 100)
    @Label("mask.definition: the scale where an activation is kept")
    void mask(@ForAll("shapes") Shape on) {
        check(FusedRules.MASK, on);
    }

    @Property(tries = 50)
    @Label("batch.empty: a new tensor for a batch holds zeros")
    void batch(@ForAll("shapes") Shape on) {
        check(FusedRules.BATCH, on);
    }

    @Property(tries = 200)
    @Label("adam.definition: epsilon outside the root")
    void adam(@ForAll("shapes") Shape on) {
        check(AdamRules.STEP, on);
    }

    @Property(tries = 200)
    @Label("adam.post: a step as PyTorch takes it")
    void adamOfThePost(@ForAll("shapes") Shape on) {
        check(AdamRules.POST_STEP, on);
    }

    @Property
    @Label("training.follows: a run has the losses of the reference")
    void trainingFollows(@ForAll("runs") ShortRun on) {
        check(TrainingRules.FOLLOWS, on);
    }

    @Property
    @Label("training.repeats: the same plan gives the same bits again")
    void trainingRepeats(@ForAll("runs") ShortRun on) {
        check(TrainingRules.REPEATS, on);
    }

    @Provide
    protected Arbitrary<Shape> shapes() {
        return Combinators.combine(sizes(), sizes(), Arbitraries.of(Values.class), seeds())
                .as(Shape::new).withoutEdgeCases();
    }

    @Provide
    protected Arbitrary<Product> products() {
        Arbitrary<Boolean> either = Arbitraries.of(false, true);
        return Combinators.combine(sizes(), sizes(), sizes(), either, either, Arbitraries.of(Values.class), seeds())
                .as(Product::new).withoutEdgeCases();
    }

    @Provide
    protected Arbitrary<ShortRun> runs() {
        return Arbitraries.of(ShortRun.all());
    }

    /** None, one, and both sides of the widths of vectors and of the tiles that kernels are made of. */
    private static Arbitrary<Integer> sizes() {
        return Arbitraries.oneOf(
                Arbitraries.integers().between(0, 8),
                Arbitraries.of(15, 16, 17, 25, 31, 32, 33, 50, 63, 64, 65),
                Arbitraries.integers().between(0, 100));
    }

    private static Arbitrary<Long> seeds() {
        return Arbitraries.longs().between(0, Integer.MAX_VALUE);
    }
}
