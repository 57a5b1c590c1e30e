package dev.regularisation.study;

import dev.regularisation.data.LinearData;
import dev.regularisation.data.Samples;
import dev.regularisation.results.Baselines;
import dev.regularisation.results.Baselines.Baseline;
import dev.regularisation.theory.LinearModel;
import dev.regularisation.training.History;
import dev.regularisation.training.TrainingResult;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** A finished run as {@link Measure}s look at it: what several of them need is computed once. For one thread. */
final class MeasuredRun {

    /** From then on the post's runs have learnt what they learn quickly. */
    static final int LEARNT = 100;
    /** Mostly static: within this factor of the last value, up and down. */
    private static final double STATIC = 1.25;
    /** A training loss that ends below is float32's rounding. */
    private static final double ROUNDING = 1e-12;

    private final TrainingResult result;
    private Baselines baselines;
    private List<Jumps.Jump> jumps;
    private HiddenUnits units;

    MeasuredRun(TrainingResult result) {
        this.result = result;
    }

    TrainingResult result() {
        return result;
    }

    History history() {
        return result.history();
    }

    Baselines baselines() {
        if (baselines == null) {
            baselines = Baselines.of(result);
        }
        return baselines;
    }

    OptionalDouble baseline(Optional<Baseline> baseline) {
        return baseline.flatMap(Baseline::fit).map(fit -> OptionalDouble.of(fit.validationLoss())).orElse(OptionalDouble.empty());
    }

    OptionalDouble noiseLoss() {
        if (!(result.data() instanceof LinearData drawn)) {
            return OptionalDouble.empty();
        }
        double sum = 0;
        for (float noise : drawn.validationNoise()) {
            sum += result.plan().loss().value(noise);
        }
        return OptionalDouble.of(sum / drawn.validationNoise().length);
    }

    OptionalDouble coefficientDistance() {
        if (result.plan().architecture().layers() > 1 || baselines().leastSquares().fit().isEmpty()) {
            return OptionalDouble.empty();
        }
        Samples train = result.data().train();
        LinearModel exact = baselines().leastSquares().regression().fit(train.x(), train.y()).model();
        double[] wanted = exact.coefficients();
        double distance = 0;
        for (int i = 0; i < result.last().parameters().length; i++) {
            distance = Math.max(distance, Math.abs(result.last().parameters()[i] - wanted[i]));
        }
        return OptionalDouble.of(distance);
    }

    /** A measure of a history whose losses are all numbers; NaN where even such a history does not have it, empty elsewhere. */
    OptionalDouble sound(ToDoubleFunction<MeasuredRun> measure) {
        double value = history().divergence().isPresent() ? Double.NaN : measure.applyAsDouble(this);
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** A measure of a history with jumps. */
    OptionalDouble jumping(ToDoubleFunction<MeasuredRun> measure) {
        return sound(run -> run.jumps().isEmpty() ? Double.NaN : measure.applyAsDouble(run));
    }

    OptionalDouble hidden(Function<HiddenUnits, OptionalDouble> measure) {
        if (units == null) {
            units = new HiddenUnits(result.plan().architecture(), result.last().parameters(), result.data().validation());
        }
        return units.count() == 0 ? OptionalDouble.empty() : measure.apply(units);
    }

    List<Jumps.Jump> jumps() {
        if (jumps == null) {
            jumps = Jumps.of(history().trainLosses());
        }
        return jumps;
    }

    private int first(IntPredicate epoch) {
        return IntStream.rangeClosed(0, history().epochs()).filter(epoch).findFirst().orElse(history().epochs());
    }

    double nearBest() {
        double enough = 1.01 * history().validationLoss(history().bestEpoch());
        return first(epoch -> history().validationLoss(epoch) <= enough);
    }

    double greatestRise() {
        return Jumps.greatestRise(history().trainLosses());
    }

    double settled() {
        int epoch = history().epochs();
        double last = history().trainLoss(epoch);
        while (epoch > 0 && history().trainLoss(epoch - 1) <= STATIC * last && history().trainLoss(epoch - 1) >= last / STATIC) {
            epoch--;
        }
        return epoch;
    }

    /** NaN where training does not end in rounding. */
    double floor() {
        double[] losses = history().trainLosses();
        double[] rest = Arrays.copyOfRange(losses, losses.length * 4 / 5, losses.length);
        Arrays.sort(rest);
        double median = (rest[(rest.length - 1) / 2] + rest[rest.length / 2]) / 2;
        return median <= ROUNDING ? median : Double.NaN;
    }

    double floorEpoch() {
        double floor = floor();
        return Double.isNaN(floor) ? floor : first(epoch -> history().trainLoss(epoch) <= 10 * floor);
    }

    double floorMove() {
        double from = floorEpoch();
        if (Double.isNaN(from)) {
            return from;
        }
        double[] rest = Arrays.copyOfRange(history().validationLosses(), (int) from, history().epochs() + 1);
        Arrays.sort(rest);
        return rest[rest.length - 1] - rest[0];
    }

    private IntStream jumpingEpochs() {
        return IntStream.rangeClosed(LEARNT + 1, history().epochs()).filter(epoch ->
                jumps().stream().anyMatch(jump -> epoch >= jump.epoch() && epoch < jump.end()));
    }

    double jumpEpochs() {
        return jumpingEpochs().count();
    }

    double jumpGrowth() {
        double growth = 0;
        for (int epoch : jumpingEpochs().toArray()) {
            growth += history().squaredL2Norm(epoch) - history().squaredL2Norm(epoch - 1);
        }
        return growth;
    }

    /** Parameters of the last model below a bound in magnitude; NaN is not. */
    double near(double bound, boolean biases) {
        double[] parameters = result.last().parameters();
        int offset = 0;
        int near = 0;
        for (int layer = 0; layer < result.plan().architecture().layers(); layer++) {
            List<Integer> sizes = result.plan().layers();
            int count = result.plan().architecture().parameterCount(layer);
            int counted = biases ? count : sizes.get(layer) * sizes.get(layer + 1);
            for (int i = offset; i < offset + counted; i++) {
                near += Math.abs(parameters[i]) < bound ? 1 : 0;
            }
            offset += count;
        }
        return near;
    }
}
