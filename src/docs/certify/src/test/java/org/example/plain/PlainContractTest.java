package org.example.plain;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.kit.BackendContract;
import dev.regularisation.backend.kit.Contract;
import dev.regularisation.backend.kit.Strictness;
import java.util.List;
import net.jqwik.api.Example;

/** The certificate: every bit is that of {@code cpu}. */
class PlainContractTest extends BackendContract {

    @Override
    protected Backend create() {
        return new PlainBackend();
    }

    @Override
    protected Strictness strictness() {
        return Strictness.BITS;
    }

    /** Variants that may change speed alone: all rules again, on a fixed choice of shapes. */
    @Example
    void blockChangesNoBit() {
        for (int block : new int[] {1, 64}) {
            List<String> violations = Contract.violations(() -> new PlainBackend(block), strictness(), Contract.rules());
            if (!violations.isEmpty()) {
                throw new AssertionError("block of " + block + ": " + violations);
            }
        }
    }
}
