package dev.regularisation.backend.opencl;

import dev.regularisation.backend.Availability;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;

/** Skips, with the reason, where there is no OpenCL device, not even PoCL's. */
class UnlessOpenClIsMissing implements SkipExecutionHook {

    @Override
    public SkipResult shouldBeSkipped(LifecycleContext context) {
        Availability here = new OpenClProvider().availability();
        return here.available() ? SkipResult.doNotSkip() : SkipResult.skip("opencl is not available here: " + here.detail());
    }
}
