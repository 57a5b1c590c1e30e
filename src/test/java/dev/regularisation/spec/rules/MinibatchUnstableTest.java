package dev.regularisation.spec.rules;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.plot.Axis;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Page;
import dev.regularisation.spec.OldRule;
import dev.regularisation.spec.Shows;
import dev.regularisation.spec.Teeth;
import dev.regularisation.support.BackendRuns;
import dev.regularisation.support.Ensemble;
import dev.regularisation.support.Ensembles;
import dev.regularisation.support.PostRuns;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class MinibatchUnstableTest {

    /**
     * Measured: 4 in float32, 5 in float64, at least 3 in sixty runs begun one unit in the last place of one weight apart;
     * 3 to 7 at 19 of 20 other seeds.
     */
    private static final int LEAST_JUMPS = 2;
    /** "About 1e-6": the valley before the first jump was 3e-6 in either precision. */
    private static final double LOW = 1e-5;
    /** The highest peaks were 0.18 and 0.20; the plain network never rises again above 1e-13. */
    private static final double HIGH = 1e-2;
    /** 19 of 20 seeds jumped at least {@link #LEAST_JUMPS} times. */
    private static final double MOST_SEEDS = 0.75;

    @Test
    @Shows(OldRule.MINIBATCH_UNSTABLE)
    @DisplayName("minibatch.unstable: at most seeds the training loss falls low and jumps again, never with the full "
            + "batch")
    void overSeeds() {
        Ensemble<PostExperiment> ensemble = Ensembles.post(PostRuns.TRAIN_SIZE);
        int[] jumps = counts(ensemble, PostExperiment.MINIBATCH);
        int[] plain = counts(ensemble, PostExperiment.MLP);
        page(jumps, plain).publish();

        requireMostJump(jumps);
        Check.that(IntStream.of(plain).allMatch(count -> count == 0), "full-batch runs jump too");
    }

    @ParameterizedTest(name = "minibatch.unstable: at the post''s seed, on {0}")
    @MethodSource("dev.regularisation.support.BackendRuns#available")
    @Shows(OldRule.MINIBATCH_UNSTABLE)
    void atThePostsSeed(String backend) {
        requireUnstable(BackendRuns.of(backend, PostExperiment.MINIBATCH, PostRuns.TRAIN_SIZE).history().trainLosses());
    }

    @Test
    @Teeth(OldRule.MINIBATCH_UNSTABLE)
    @DisplayName("minibatch.unstable: rejects the full batch, a steady descent, jumps that start high, and seeds at "
            + "rest")
    void teeth() {
        double[] steady = IntStream.range(0, 1001).mapToDouble(t -> StrictMath.exp(-t / 50.0)).toArray();
        double[] high = IntStream.range(0, 1001).mapToDouble(t -> t % 200 < 100 ? 1e-4 : 1).toArray();

        assertThatThrownBy(() -> requireUnstable(PostRuns.of(PostExperiment.MLP).history().trainLosses()))
                .hasMessageContaining("0 jumps");
        assertThatThrownBy(() -> requireUnstable(steady)).hasMessageContaining("0 jumps");
        assertThatThrownBy(() -> requireUnstable(high)).hasMessageContaining("never from below");
        assertThatThrownBy(() -> requireMostJump(new int[] {0, 0, 5, 4})).hasMessageContaining("2 of 4 seeds");
    }

    static void requireUnstable(double[] losses) {
        List<Jumps.Jump> jumps = Jumps.of(losses);
        Check.that(jumps.size() >= LEAST_JUMPS, "the training loss makes %d jumps, wanted at least %d", jumps.size(),
                LEAST_JUMPS);
        Check.that(jumps.stream().anyMatch(jump -> jump.from() <= LOW), "the training loss jumps, but never from "
                + "below %s", LOW);
        Check.that(jumps.stream().anyMatch(jump -> jump.to() >= HIGH), "the training loss jumps, but never above %s",
                HIGH);
    }

    static void requireMostJump(int[] jumps) {
        long many = IntStream.of(jumps).filter(count -> count >= LEAST_JUMPS).count();
        Check.that(many >= MOST_SEEDS * jumps.length, "only %d of %d seeds make %d jumps", many, jumps.length,
                LEAST_JUMPS);
    }

    private static int[] counts(Ensemble<PostExperiment> ensemble, PostExperiment experiment) {
        return ensemble.of(experiment).stream().mapToInt(run -> Jumps.of(run.history().trainLosses()).size()).toArray();
    }

    private static Page page(int[] jumps, int[] plain) {
        double[] losses = PostRuns.of(PostExperiment.MINIBATCH).history().trainLosses();
        double[] plainLosses = PostRuns.of(PostExperiment.MLP).history().trainLosses();
        List<Jumps.Jump> found = Jumps.of(losses);
        int[] sorted = IntStream.of(jumps).sorted().toArray();
        return Page.of(OldRule.MINIBATCH_UNSTABLE)
                .setup("Training loss of the post's minibatch run, mean over the batches of an epoch. A jump is a "
                        + "rise to more than a hundred times the least loss since the run last lay low; it counts "
                        + "once until the loss has fallen a hundredfold again.")
                .table("Jumps at the post's seed", List.of("epoch", "from", "up to"), found.stream().map(jump ->
                        List.of(Text.of("%d", jump.epoch()), Text.of("%.1e", jump.from()), Text.of("%.1e", jump.to())))
                                .toList())
                .picture(SeriesPicture.ofCurves("Training loss: minibatches jump, the full batch stays on "
                        + "its floor",
                        "seed 42, 200 training samples, Adam, learning rate 0.01", Axis.linear("Epoch"),
                                Axis.log("Training loss"),
                        List.of(Series.byEpoch("minibatches of 32", Palette.of(PostExperiment.MINIBATCH), losses),
                                Series.byEpoch("full batch", Palette.of(PostExperiment.MLP), plainLosses)), List.of())
                                        .picture())
                .table("Jumps in 1,000 epochs over seeds", List.of("method", "fewest", "median", "most"), List.of(
                        List.of("minibatches of 32", Text.of("%d", sorted[0]), Text.of("%d", sorted[sorted.length / 2]),
                                Text.of("%d", sorted[sorted.length - 1])),
                        List.of("full batch", "0",
                                Text.of("%d", IntStream.of(plain).sorted().toArray()[plain.length / 2]),
                                Text.of("%d", IntStream.of(plain).max().orElseThrow()))))
                .series("training losses", Text.csv("minibatches,full_batch", losses, plainLosses))
                .figure(Text.of("%d jumps, from as low as %.0e up to %.1g; full batch 0", found.size(),
                        found.stream().mapToDouble(Jumps.Jump::from).min().orElse(Double.NaN),
                        found.stream().mapToDouble(Jumps.Jump::to).max().orElse(Double.NaN)))
                .sure(Text.of("The post's seed on every backend, and %d other seeds, of which %d jump at least %d "
                        + "times; three quarters must. If every second seed did, 15 of 20 would with probability "
                        + "0.02. No randomness beyond the seeds.",
                        jumps.length, IntStream.of(jumps).filter(count -> count >= LEAST_JUMPS).count(), LEAST_JUMPS))
                .reproduce("mvn -q compile exec:java -Dexec.args=\"train --batch-size 32\"");
    }
}
