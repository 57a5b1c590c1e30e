package dev.regularisation.backend.cpu.float64;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.cpu.Kernel;
import dev.regularisation.backend.kit.BackendContract;
import dev.regularisation.backend.kit.Contract;
import dev.regularisation.backend.kit.Strictness;
import net.jqwik.api.Example;
import net.jqwik.api.Label;

/** {@code cpu} in float64 is the definition too: every bit is that of the naive loops. */
class CpuFloat64ContractTest extends BackendContract {

    @Override
    protected Backend create() {
        return new CpuBackend(Kernel.VECTOR);
    }

    @Override
    protected Strictness strictness() {
        return Strictness.BITS;
    }

    @Example
    @Label("kernel LOOPS: every rule, on a fixed choice of shapes")
    void loops() {
        assertThat(Contract.violations(() -> new CpuBackend(Kernel.LOOPS), Strictness.BITS, Contract.rules())).isEmpty();
    }
}
