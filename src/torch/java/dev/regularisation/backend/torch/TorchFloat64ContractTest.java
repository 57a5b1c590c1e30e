package dev.regularisation.backend.torch;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Precision;
import dev.regularisation.backend.kit.BackendContract;

/** libtorch in float64 meets the contract. */
class TorchFloat64ContractTest extends BackendContract {

    @Override
    protected Backend create() {
        return new TorchBackend(Precision.FLOAT64);
    }
}
