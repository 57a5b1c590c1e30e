package dev.regularisation.backend.nd4j;

import dev.regularisation.backend.Availability;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;

/** Skips, with the reason, where ND4J cannot run: no GPU in the build for CUDA, or no native library for this machine. */
class UnlessNd4jIsMissing implements SkipExecutionHook {

    @Override
    public SkipResult shouldBeSkipped(LifecycleContext context) {
        Availability here = new Nd4jProvider().availability();
        return here.available() ? SkipResult.doNotSkip() : SkipResult.skip("nd4j is not available here: " + here.detail());
    }
}
