package dev.regularisation.sensitivity;

import java.util.List;
import java.util.Optional;

/**
 * When and why two runs of one plan part, from the distance after each step t in the maximum norm of their parameters,
 *
 * <pre>  δ_t = max_i |θ_i(t) − θ'_i(t)|,   t = 0, 1, …</pre>
 *
 * <p>A step <b>parts them for good</b> where the distance after it and after every later step is at least {@link #TENFOLD} times
 * any before it: where its <em>lasting jump</em>
 *
 * <pre>  r_t = min_{s ≥ t} δ_s / max(max_{s &lt; t} δ_s, u max_i |θ_i(0)|)</pre>
 *
 * <p>is so large, u being the unit roundoff of the coarser run, so that the first rounding error is no jump. Of several steps it is
 * the one of the greatest lasting jump. Growth by less in each step has no step to blame: the distance grows smoothly.
 *
 * @param start    δ_0
 * @param last     δ after the last step
 * @param greatest the greatest of all δ_t
 * @param steps    number of steps
 * @param first    the first step in which a decision differs
 * @param parting  the step that parts them for good
 */
public record Explanation(
        double start, double last, double greatest, long steps, Optional<Moment> first, Optional<Moment> parting) {

    /** The least lasting jump that parts two runs for good. */
    public static final double TENFOLD = 10;

    /**
     * A step.
     *
     * @param epoch    from 1 on
     * @param batch    of that epoch, from 1 on
     * @param before   max δ_s of s &lt; t, the distance at most so far
     * @param after    δ_t
     * @param least    min δ_s of s ≥ t, the distance at least from then on
     * @param jump     r_t
     * @param farthest the parameter whose updates differ most
     * @param causes   those that were found, at most {@link SideBySide#MOST_CAUSES}; first those at the unit of {@code farthest}
     * @param decided  how many decisions differ in it
     */
    public record Moment(int epoch, int batch, double before, double after, double least, double jump, Cause.AtParameter farthest,
            List<Cause> causes, long decided) {

        public Moment {
            causes = List.copyOf(causes);
        }

        /** Whether the parameter whose updates differ most belongs to the unit of the first cause. */
        public boolean isLocated() {
            return !causes.isEmpty() && causes.get(0).where().layer() == farthest.layer()
                    && causes.get(0).where().unit() == farthest.unit();
        }
    }
}
