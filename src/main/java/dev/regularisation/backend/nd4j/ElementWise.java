package dev.regularisation.backend.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.ScalarOp;
import org.nd4j.linalg.api.ops.impl.scalar.LeakyReLU;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarAdd;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarDivision;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMultiplication;
import org.nd4j.linalg.api.ops.impl.transforms.any.Assign;
import org.nd4j.linalg.api.ops.impl.transforms.comparison.CompareAndSet;
import org.nd4j.linalg.api.ops.impl.transforms.floating.Sqrt;
import org.nd4j.linalg.api.ops.impl.transforms.same.Sign;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Tanh;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.conditions.Conditions;

/**
 * Operations on vectors of one length, each one rounding, each able to work in place. ND4J's operation objects and the
 * scalar operand are made once, so that a call allocates nothing outside the heap.
 */
final class ElementWise {

    private static final double LEAK = 0.01;

    private final INDArray scalar;
    private final ScalarMultiplication multiplyScalar = new ScalarMultiplication();
    private final ScalarDivision divideScalar = new ScalarDivision();
    private final ScalarAdd addScalar = new ScalarAdd();
    private final RectifiedLinear rectify = new RectifiedLinear();
    private final LeakyReLU leakyRectify = new LeakyReLU();
    private final Tanh tanh = new Tanh();
    private final Sigmoid sigmoid = new Sigmoid();
    private final Sign sign = new Sign();
    private final Sqrt sqrt = new Sqrt();
    private final Assign assign = new Assign();
    private final CompareAndSet takeNotPositive;
    private final CompareAndSet takeNaN;
    private final NamedOperation add = NamedOperation.pairwise("add");
    private final NamedOperation subtract = NamedOperation.pairwise("subtract");
    private final NamedOperation multiply = NamedOperation.pairwise("multiply");
    private final NamedOperation divide = NamedOperation.pairwise("divide");

    ElementWise(NativeArrays memory) {
        scalar = memory.scalar();
        INDArray any = memory.scratch(1);
        takeNotPositive = new CompareAndSet(any, any, any, Conditions.lessThanOrEqual(0.0));
        takeNaN = new CompareAndSet(any, any, any, Conditions.isNan());
    }

    /** z = a + b. */
    void add(INDArray a, INDArray b, INDArray z) {
        add.run(a, b, z);
    }

    /** z = a − b. */
    void subtract(INDArray a, INDArray b, INDArray z) {
        subtract.run(a, b, z);
    }

    /** z = a · b. */
    void multiply(INDArray a, INDArray b, INDArray z) {
        multiply.run(a, b, z);
    }

    /** z = a / b. */
    void divide(INDArray a, INDArray b, INDArray z) {
        divide.run(a, b, z);
    }

    /** z = factor · x. */
    void multiply(double factor, INDArray x, INDArray z) {
        run(multiplyScalar, x, factor, z);
    }

    /** z = x / divisor. */
    void divide(INDArray x, double divisor, INDArray z) {
        run(divideScalar, x, divisor, z);
    }

    /** z = x + term. */
    void add(INDArray x, double term, INDArray z) {
        run(addScalar, x, term, z);
    }

    /** z = √x. */
    void sqrt(INDArray x, INDArray z) {
        run(sqrt, x, null, z);
    }

    /** z = x, rounded or widened to the type of z. */
    void copy(INDArray x, INDArray z) {
        run(assign, x, null, z);
    }

    /** z = 0 where x ≤ 0, else x. ND4J's rectifier keeps NaN, but also −0; adding +0 makes that +0. */
    void rectify(INDArray x, INDArray z) {
        run(rectify, x, 0, z);
        run(addScalar, z, 0, z);
    }

    /** z = x where x > 0, else 0.01 x. */
    void leakyRectify(INDArray x, INDArray z) {
        run(leakyRectify, x, LEAK, z);
    }

    /** z = tanh x. */
    void tanh(INDArray x, INDArray z) {
        run(tanh, x, null, z);
    }

    /** z = 1 / (1 + e⁻ˣ). */
    void sigmoid(INDArray x, INDArray z) {
        run(sigmoid, x, null, z);
    }

    /** z = the sign of x, which for NaN is NaN; ND4J's own sign of NaN is 0. {@code z} is not {@code x}. */
    void sign(INDArray x, INDArray z) {
        run(sign, x, null, z);
        run(takeNaN, z, x, z);
    }

    /** z = y where y ≤ 0, else x. */
    void takeNotPositive(INDArray x, INDArray y, INDArray z) {
        run(takeNotPositive, x, y, z);
    }

    private void run(ScalarOp operation, INDArray x, double operand, INDArray z) {
        scalar.putScalar(0, operand);
        operation.setX(x);
        operation.setZ(z);
        operation.setScalar(scalar);
        Nd4j.getExecutioner().exec(operation);
    }

    private static void run(Op operation, INDArray x, INDArray y, INDArray z) {
        operation.setX(x);
        operation.setY(y);
        operation.setZ(z);
        Nd4j.getExecutioner().exec(operation);
    }
}
