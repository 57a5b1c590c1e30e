package dev.regularisation.lockstep;

import dev.regularisation.backend.opencl.OpenClDevice;

/**
 * How work is cut for a device: it decides speed, never results.
 *
 * @param group    work-items of a group
 * @param tile     validation samples of a work-item
 * @param unrolled whether the compiler is told to unroll loops, and neighbouring work-items read side by side
 */
record Tiling(int group, int tile, boolean unrolled) {

    /**
     * A GPU keeps a tile in registers, of which four samples and 25 units take half; a processor's compiler makes vectors of
     * the samples of a work-item, and some versions of LLVM fail on the request to unroll.
     */
    static Tiling of(OpenClDevice device) {
        return device.isCpu() ? new Tiling(64, 32, false) : new Tiling(64, 4, true);
    }

    /** Samples that a work-group validates. */
    int samples() {
        return group * tile;
    }

    /** The least number of whole groups' samples that holds {@code samples}. */
    int padded(int samples) {
        return Math.multiplyExact((samples + samples() - 1) / samples(), samples());
    }
}
