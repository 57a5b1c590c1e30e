package dev.regularisation.backend.cpu;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.kit.BackendContract;
import dev.regularisation.backend.kit.Strictness;

/** {@code cpu} with the kernel LOOPS is the definition: every bit is that of the naive loops. */
class CpuLoopsContractTest extends BackendContract {

    @Override
    protected Backend create() {
        return new CpuBackend(Kernel.LOOPS);
    }

    @Override
    protected Strictness strictness() {
        return Strictness.BITS;
    }
}
