package dev.regularisation.training;

import static dev.regularisation.support.Golden.member;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Precision;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.sensitivity.Explanation;
import dev.regularisation.sensitivity.RoundingBand;
import dev.regularisation.sensitivity.SideBySide;
import dev.regularisation.sensitivity.TorchBands;
import dev.regularisation.sensitivity.Trajectory;
import dev.regularisation.setting.Settings;
import dev.regularisation.support.Golden;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * One plan that PyTorch carried out in both precisions, losses of every epoch, and how closely a run of it must follow.
 *
 * <p>In float64 a loss is 1e-9 of PyTorch's off at most; 1.7e-13 was measured, in minibatches, and 1e-14 elsewhere. In float32
 * the yardstick is how far PyTorch's own precisions are apart in any epoch so far, or one unit in the last place where they are
 * hardly apart: what rounding does to a run depends on the run. A loss is {@link #ROUNDINGS} times that off at most: 2.8 was
 * measured on cpu, whose bits are the same everywhere, 2.4 for PyTorch itself on another processor, and 7.1 for PyTorch with half
 * a unit in the last place of noise on the gradient.
 *
 * <p>No such factor bounds a float32 run on a library whose sums depend on the processor: in "first beta zero" a unit's sum is
 * 3e-8 from zero at epoch 9, and a run that has it on the other side is 41 units in the last place off, as seven of the plan's
 * sixteen neighbours are. Such a run may stray where a decision of that kind differs from ours, not before, and stays within the
 * plan's rounding band. Measured on nd4j, with OpenBLAS's kernels for Nehalem,
 * Haswell, Zen and Skylake-X: half of what rounding explains, at most.
 */
record GoldenCase(String name, GoldenCurve float32, GoldenCurve float64, RoundingBand band) {

    private static final double FLOAT64_BOUND = 1e-9;
    private static final double ROUNDINGS = 10;
    private static final double FLOAT32_ULP = 0x1p-23;

    /** All cases of the two files of choices. */
    static List<GoldenCase> all() {
        Map<String, RoundingBand> bands = TorchBands.FLOAT32.kept();
        return Stream.of("options.json", "options-more.json").map(Golden::read).flatMap(file -> of(file, bands)).toList();
    }

    private static Stream<GoldenCase> of(JsonNode file, Map<String, RoundingBand> bands) {
        Iterable<String> names = file::fieldNames;
        return StreamSupport.stream(names.spliterator(), false).filter(name -> name.endsWith(" float32"))
                .map(name -> name.substring(0, name.lastIndexOf(' ')))
                .map(name -> new GoldenCase(name, new GoldenCurve(member(file, name + " float32")),
                        new GoldenCurve(member(file, name + " float64")), bands.get(name)));
    }

    Settings settings() {
        return float32.settings();
    }

    /** Trains the case's plan and throws an {@link AssertionError} that names case, epoch and values unless it follows. */
    void follow(Backend backend) {
        follow(float32.plan(), backend);
    }

    /** The same with a plan in place of the case's own. */
    void follow(TrainingPlan plan, Backend backend) {
        Optional<Stray> stray = stray(trained(plan, backend), backend);
        assertThat(stray).as(() -> stray.orElseThrow().message()).isEmpty();
    }

    /**
     * Trains the case's plan in float32 on a backend with bits of its own. It follows as ours does, but may stray from where a
     * decision differs from ours, and stays within rounding of ours in any case; otherwise throws an {@link AssertionError}.
     */
    void followToADecision(Backend backend) {
        followToADecision(float32.plan(), backend);
    }

    /** The same with a plan in place of the case's own. */
    void followToADecision(TrainingPlan plan, Backend backend) {
        History got = trained(plan, backend);
        Optional<Stray> stray = stray(got, backend);
        if (stray.isPresent()) {
            try (Backend ours = new CpuBackend()) {
                Optional<Explanation.Moment> decision = SideBySide.explain(plan, 0, ours, backend, epoch -> {
                }).first();
                assertThat(decision.filter(moment -> moment.epoch() <= stray.get().epoch()))
                        .as("%s, and no decision differs by then", stray.get().message()).isPresent();
            }
        }
        stayWithinRounding(got, backend);
    }

    /** Throws an {@link AssertionError} unless rounding explains how a run of the case in float32 differs from ours. */
    void stayWithinRounding(TrainingPlan plan, Backend backend) {
        stayWithinRounding(trained(plan, backend), backend);
    }

    private void stayWithinRounding(History got, Backend backend) {
        RoundingBand.Judgement judgement = band.judge(Trajectory.of(name, got));
        // A NaN is not within anything.
        assertThat(judgement.share() <= 1)
                .as("\"%s\" on %s: wanted a run within rounding of ours, got %s times what rounding explains, first at %s", name,
                        backend.description(), judgement.share(), judgement.outside())
                .isTrue();
    }

    private static History trained(TrainingPlan plan, Backend backend) {
        return TrainingLoop.train(plan, backend, Recording.LOSSES, ProgressListener.NONE).history();
    }

    /** The first loss that is farther off than a case allows. */
    private record Stray(int epoch, String message) {
    }

    private Optional<Stray> stray(History got, Backend backend) {
        boolean narrow = backend.precision() == Precision.FLOAT32;
        GoldenCurve want = narrow ? float32 : float64;
        double apart = FLOAT32_ULP;
        for (int epoch = 0; epoch <= want.lastEpoch(); epoch++) {
            apart = Math.max(apart, Math.max(relative(float32.trainLoss()[epoch], float64.trainLoss()[epoch]),
                    relative(float32.validationLoss()[epoch], float64.validationLoss()[epoch])));
            double bound = narrow ? ROUNDINGS * apart : FLOAT64_BOUND;
            int at = epoch;
            Optional<Stray> stray = stray("training", epoch, got.trainLoss(epoch), want.trainLoss()[epoch], bound, backend)
                    .or(() -> stray("validation", at, got.validationLoss(at), want.validationLoss()[at], bound, backend));
            if (stray.isPresent()) {
                return stray;
            }
        }
        return Optional.empty();
    }

    private Optional<Stray> stray(String what, int epoch, double got, double want, double bound, Backend backend) {
        // A NaN, on either side, is not at most anything.
        return relative(got, want) <= bound ? Optional.empty()
                : Optional.of(new Stray(epoch, String.format(Locale.ROOT,
                        "\"%s\" on %s: %s loss of epoch %d: wanted %s within %.1e, got %s", name, backend.description(), what, epoch,
                        want, bound, got)));
    }

    private static double relative(double got, double want) {
        return Math.abs(got - want) / Math.abs(want);
    }
}
