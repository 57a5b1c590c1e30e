package dev.regularisation.lockstep;

import dev.regularisation.backend.opencl.OpenClDevice;

/**
 * How work is cut for a device: it decides speed, never results.
 *
 * @param group    work-items of a group
 * @param tile     validation samples of a work-item, 4 or 16
 * @param unrolled whether the compiler is told to unroll loops, and neighbouring work-items read side by side
 */
record Tiling(int group, int tile, boolean unrolled) {

    /** Keeps a tile in registers, of which four samples and 25 units take half. */
    static final Tiling GPU = new Tiling(64, 4, true);

    /** The samples of a work-item are a vector of OpenCL's longest kind. Some versions of LLVM fail on the request to unroll. */
    static final Tiling PROCESSOR = new Tiling(64, 16, false);

    /** What suits a device. */
    static Tiling of(OpenClDevice device) {
        return device.isCpu() ? PROCESSOR : GPU;
    }

    /** Samples that a work-group validates. */
    int samples() {
        return group * tile;
    }

    /** Samples whose numbers of a feature stand one after the other. */
    int block() {
        return unrolled ? samples() : tile;
    }

    /** The least number of whole groups' samples that holds {@code samples}. */
    int padded(int samples) {
        return Math.multiplyExact((samples + samples() - 1) / samples(), samples());
    }
}
