package dev.regularisation.backend.opencl;

import java.util.function.UnaryOperator;

/** Breaks kernels on purpose, to see that it is noticed. */
@FunctionalInterface
public interface Change extends UnaryOperator<KernelSource> {

    /** One place of the source, which must be there once, with something else in it. */
    static Change of(String from, String to) {
        return program -> {
            int at = program.source().indexOf(from);
            if (at < 0 || program.source().indexOf(from, at + 1) >= 0) {
                throw new IllegalArgumentException("change: wanted the kernels to have this once, got it "
                        + (at < 0 ? "nowhere" : "twice") + ": " + from + "; change what they have now");
            }
            return new KernelSource(program.source().replace(from, to), program.options());
        };
    }

    /** An option more for the compiler. */
    static Change option(String option) {
        return program -> new KernelSource(program.source(), program.options() + " " + option);
    }

    /** Both of them. */
    default Change and(Change other) {
        return program -> other.apply(apply(program));
    }
}
