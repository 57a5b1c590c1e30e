package dev.regularisation.backend.cpu;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.kit.BackendContract;
import dev.regularisation.backend.kit.Strictness;

/** {@code cpu} with the kernel VECTOR is the definition: every bit is that of the naive loops. */
class CpuVectorContractTest extends BackendContract {

    @Override
    protected Backend create() {
        return new CpuBackend(Kernel.VECTOR);
    }

    @Override
    protected Strictness strictness() {
        return Strictness.BITS;
    }
}
