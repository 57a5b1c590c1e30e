package dev.regularisation.backend.nd4j;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One of ND4J's named operations with its constant arguments, to be run again and again.
 *
 * <p>ND4J's own methods make a native context for every call and leave it to the garbage collector, which may be long in
 * coming: here it is made once.
 */
final class NamedOperation {

    private final CustomOp operation;
    private final OpContext context = Nd4j.getExecutioner().buildContext();

    private NamedOperation(String name) {
        operation = DynamicCustomOp.builder(name).build();
    }

    /** Element-wise: {@code add}, {@code subtract}, {@code multiply} or {@code divide}. */
    static NamedOperation pairwise(String name) {
        return new NamedOperation(name);
    }

    /** c = op(a) op(b) + β c. */
    static NamedOperation product(boolean transposeA, boolean transposeB, double beta) {
        NamedOperation product = new NamedOperation("matmul");
        product.context.setIArguments(transposeA ? 1 : 0, transposeB ? 1 : 0, 0);
        product.context.setTArguments(1, beta);
        return product;
    }

    /** The rows of a matrix that an index array names. */
    static NamedOperation gatherRows() {
        NamedOperation gather = new NamedOperation("gather");
        gather.context.setIArguments(0);
        return gather;
    }

    /** Overwrites {@code output}. */
    void run(INDArray a, INDArray b, INDArray output) {
        context.purge();
        context.setInputArrays(List.of(a, b));
        context.setOutputArrays(List.of(output));
        Nd4j.getExecutioner().exec(operation, context);
    }
}
