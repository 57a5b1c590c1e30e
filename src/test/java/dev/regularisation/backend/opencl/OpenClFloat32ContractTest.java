package dev.regularisation.backend.opencl;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Precision;
import dev.regularisation.backend.kit.BackendContract;
import dev.regularisation.backend.kit.Strictness;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** {@code opencl} in float32 has the bits of the definition, and so those of {@code cpu}. */
@AddLifecycleHook(UnlessOpenClIsMissing.class)
class OpenClFloat32ContractTest extends BackendContract {

    @Override
    protected Backend create() {
        return new OpenClProvider().create(Precision.FLOAT32);
    }

    @Override
    protected Strictness strictness() {
        return Strictness.BITS;
    }
}
