package dev.regularisation.sensitivity;

import dev.regularisation.backend.Precision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * How far rounding takes runs of one plan from each other, and so what it can explain of a run of another program.
 *
 * <p>Let dᵢ(t) be the distance of run i from the plan's own at epoch t, in one column ({@link Reading#distance}), for the n
 * neighbours and for the run that is judged alike. Mᵢ(t), the greatest distance up to t, never falls: what has parted has parted.
 * The scale of epoch t is the second largest of the n + 1 values Mᵢ(t), and at least a few units in the last place, so that no
 * one run alone makes it. Each run then has one number, over all epochs and columns that are judged,
 *
 * <pre>  Tᵢ = max dᵢ(t) / scale(t).</pre>
 *
 * <p>The run is within rounding where its T is at most {@link #RESERVE} times the largest T of the neighbours. All runs are
 * treated alike; so where rounding alone tells the judged run from the plan's, as it does its neighbours, its T is the largest of
 * n + 1 with a probability of at most 1 / (n + 1), whatever the distribution: that bounds the {@linkplain #falseAlarm() false
 * alarms}, and the reserve makes them rarer. The reserve is there because other programs round at every step and not only at the
 * first. Sources: exact permutation tests; for simultaneous bands from ranks, Vovk, Gammerman and Shafer, <i>Algorithmic Learning
 * in a Random World</i> (2005), chapter 2.
 */
public final class RoundingBand {

    /**
     * How many times as far as its neighbours, by T, another program's run may be. Measured, over all of PyTorch's runs that the
     * tests have: 1.64 times, by weight decay at 200 samples.
     */
    public static final double RESERVE = 2;

    /** Fewer say nothing: with 7, one run in eight is a false alarm. */
    public static final int LEAST_NEIGHBOURS = 7;

    /**
     * Units in the last place of float32 that are no distance, since all neighbours may agree to the last bit where another program
     * rounds otherwise. Measured: of PyTorch's 66 float32 runs that the tests have, 2 units call one different, and 4 none.
     */
    private static final double FLOOR_ULPS_FLOAT32 = 16;
    /**
     * The same of float64. In float32 our losses are added up in double; in float64 each addition of a sum over ten thousand samples
     * is rounded, so that two orders of summation give losses that are 25 to 35 units apart before the first step. Measured: of 66
     * runs 64 units call one different, which is 71 apart, and 96 none.
     */
    private static final double FLOOR_ULPS_FLOAT64 = 256;

    private final Trajectory own;
    private final List<Trajectory> neighbours;
    private final Precision precision;

    /**
     * A band.
     *
     * @param own        the plan's own run
     * @param neighbours at least {@link #LEAST_NEIGHBOURS}, with readings wherever the plan's run has
     * @param precision  in which they were trained
     */
    public RoundingBand(Trajectory own, List<Trajectory> neighbours, Precision precision) {
        if (neighbours.size() < LEAST_NEIGHBOURS) {
            throw new IllegalArgumentException("neighbours: wanted at least " + LEAST_NEIGHBOURS + ", got " + neighbours.size()
                    + "; with fewer, more than one run in " + (LEAST_NEIGHBOURS + 1) + " is a false alarm");
        }
        this.own = own;
        this.neighbours = List.copyOf(neighbours);
        this.precision = precision;
    }

    /** The plan's own run. */
    public Trajectory own() {
        return own;
    }

    /** The neighbours. */
    public List<Trajectory> neighbours() {
        return neighbours;
    }

    /** The greatest probability with which a run that differs by rounding alone is taken to be different. */
    public double falseAlarm() {
        return 1.0 / (neighbours.size() + 1);
    }

    /**
     * A place where a run is outside.
     *
     * @param column   the column
     * @param epoch    the epoch
     * @param value    what the run has
     * @param wanted   what the plan's own run has
     * @param distance how far that is
     * @param most     how far rounding takes runs there, at most
     */
    public record Outside(Column column, int epoch, double value, double wanted, double distance, double most) {
    }

    /**
     * What the band says of a run.
     *
     * @param statistic its T
     * @param limit     the largest T that rounding explains
     * @param outside   the first place where it is farther than rounding explains; of columns at the same epoch the one that is
     *                  farthest beyond
     * @param distances by column and epoch
     * @param most      by column and epoch, the distance that rounding explains
     */
    public record Judgement(double statistic, double limit, Optional<Outside> outside,
            Map<Column, NavigableMap<Integer, Double>> distances, Map<Column, NavigableMap<Integer, Double>> most) {

        /** Whether rounding explains all of it. */
        public boolean isRounding() {
            return outside.isEmpty();
        }

        /** T in parts of the limit: at most 1 within rounding. */
        public double share() {
            return statistic / limit;
        }
    }

    /**
     * Judges a run.
     *
     * @throws IllegalArgumentException where it has no epoch of any column in common with the plan's run
     */
    public Judgement judge(Trajectory run) {
        int judged = neighbours.size();
        List<Trajectory> all = new ArrayList<>(neighbours);
        all.add(run);
        double[] statistics = new double[all.size()];
        Map<Column, NavigableMap<Integer, Double>> distances = new EnumMap<>(Column.class);
        Map<Column, NavigableMap<Integer, Double>> scales = new EnumMap<>(Column.class);
        for (Column column : run.columns()) {
            double[] greatest = new double[all.size()];
            for (int epoch : own.common(column, run)) {
                double[] apart = all.stream().mapToDouble(other -> other.distance(column, epoch, own)).toArray();
                Arrays.setAll(greatest, i -> Math.max(greatest[i], apart[i]));
                double scale = Math.max(secondLargest(greatest), floor(own.readings(column).get(epoch).value()));
                // Two that are infinitely far apart, as runs that diverge are, are as far as any: no more can be said.
                Arrays.setAll(statistics, i -> Math.max(statistics[i],
                        Double.isInfinite(scale) ? 1 : apart[i] / scale));
                distances.computeIfAbsent(column, key -> new TreeMap<>()).put(epoch, apart[judged]);
                scales.computeIfAbsent(column, key -> new TreeMap<>()).put(epoch, scale);
            }
        }
        if (distances.isEmpty()) {
            throw new IllegalArgumentException(run + ": wanted epochs from 0 to " + own.lastEpoch() + ", as the plan has, got from "
                    + run.columns().stream().mapToInt(column -> run.readings(column).firstKey()).min().orElseThrow() + " to "
                    + run.lastEpoch() + "; check which column counts epochs");
        }
        double limit = RESERVE * Math.max(1, IntStream.range(0, judged).mapToDouble(i -> statistics[i]).max().orElseThrow());
        scales.values().forEach(byEpoch -> byEpoch.replaceAll((epoch, scale) -> limit * scale));
        return new Judgement(statistics[judged], limit, outside(run, distances, scales), distances, scales);
    }

    private Optional<Outside> outside(Trajectory run, Map<Column, NavigableMap<Integer, Double>> distances,
            Map<Column, NavigableMap<Integer, Double>> most) {
        Outside first = null;
        for (Map.Entry<Column, NavigableMap<Integer, Double>> column : distances.entrySet()) {
            for (Map.Entry<Integer, Double> apart : column.getValue().entrySet()) {
                int epoch = apart.getKey();
                double bound = most.get(column.getKey()).get(epoch);
                if (apart.getValue() <= bound) {
                    continue;
                }
                if (first == null || epoch < first.epoch
                        || epoch == first.epoch && apart.getValue() / bound > first.distance / first.most) {
                    first = new Outside(column.getKey(), epoch, run.readings(column.getKey()).get(epoch).value(),
                            own.readings(column.getKey()).get(epoch).value(), apart.getValue(), bound);
                }
                break;
            }
        }
        return Optional.ofNullable(first);
    }

    private static double secondLargest(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length - 2];
    }

    /** Relative, of a value of the band's precision. */
    private double floor(double value) {
        boolean narrow = precision == Precision.FLOAT32;
        double units = narrow ? FLOOR_ULPS_FLOAT32 : FLOOR_ULPS_FLOAT64;
        double ulp = narrow ? Math.ulp((float) value) : Math.ulp(value);
        return units * (value > 0 && Double.isFinite(value) ? ulp / value : 2 * precision.unitRoundoff());
    }
}
