package dev.regularisation.backend.nd4j;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Precision;
import dev.regularisation.backend.kit.BackendContract;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** {@code nd4j} in float64 meets the contract. */
@AddLifecycleHook(UnlessNd4jIsMissing.class)
class Nd4jFloat64ContractTest extends BackendContract {

    @Override
    protected Backend create() {
        return new Nd4jBackend(Precision.FLOAT64);
    }
}
