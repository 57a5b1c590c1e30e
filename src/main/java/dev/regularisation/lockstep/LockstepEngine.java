package dev.regularisation.lockstep;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Precision;
import dev.regularisation.backend.cpu.CpuProvider;
import dev.regularisation.backend.opencl.OpenClBackend;
import dev.regularisation.backend.opencl.OpenClDevice;
import dev.regularisation.data.Dataset;
import dev.regularisation.data.Draws;
import dev.regularisation.data.Problem;
import dev.regularisation.parallel.Workers;
import dev.regularisation.setting.Limits;
import dev.regularisation.study.LocalThreads;
import dev.regularisation.study.StudyCell;
import dev.regularisation.study.StudyEngine;
import dev.regularisation.study.StudyListener;
import dev.regularisation.study.StudyRow;
import dev.regularisation.training.Evaluation;
import dev.regularisation.training.TrainingPlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Trains the runs of a study on a device, as many at a time as keep it busy and fit its memory, to the rows of {@code cpu}.
 * What its kernels have no way to train it trains one operation at a time, and says so.
 */
public final class LockstepEngine implements StudyEngine {

    /** Runs for each compute unit: enough to hide latencies, few enough that a batch is not lost for long work. */
    private static final int RUNS_PER_UNIT = 16;
    private static final int LEAST_RUNS = 64;

    private final OpenClDevice device;
    private final Precision precision;
    private final long memory;
    private final int threads;

    /**
     * An engine.
     *
     * @param device  that is available in {@code precision}
     * @param memory  bytes of the device that it may use
     * @param threads of this machine, for draws and records
     */
    public LockstepEngine(OpenClDevice device, Precision precision, long memory, int threads) {
        this.device = device;
        this.precision = precision;
        this.memory = memory;
        this.threads = threads;
    }

    /** What it takes of a device's memory when nobody says: most of a GPU's, a quarter of what a processor shares with it. */
    public static long standardMemory(OpenClDevice device) {
        return device.isCpu() ? device.memory() / 4 : device.memory() / 4 * 3;
    }

    @Override
    public void run(Problem problem, List<StudyCell> cells, StudyListener listener) {
        Map<RunShape, List<StudyCell>> shapes = new LinkedHashMap<>();
        Map<String, List<StudyCell>> others = new LinkedHashMap<>();
        for (StudyCell cell : cells) {
            TrainingPlan plan = cell.plan(problem);
            Optional<String> obstacle = RunShape.obstacle(plan, device, precision);
            if (obstacle.isPresent()) {
                others.computeIfAbsent(obstacle.get(), reason -> new ArrayList<>()).add(cell);
            } else {
                shapes.computeIfAbsent(RunShape.of(plan), shape -> new ArrayList<>()).add(cell);
            }
        }
        try (Workers workers = new Workers(threads)) {
            Draws draws = new Draws();
            shapes.forEach((shape, members) -> runTogether(shape, problem, members, draws, workers, listener));
        }
        others.forEach((reason, members) -> {
            listener.remark(members.size() + (members.size() == 1 ? " run goes" : " runs go")
                    + " to the device one operation at a time, which is slow: its kernels do not know " + reason);
            new LocalThreads(() -> new OpenClBackend(device, precision), 1).run(problem, members, listener);
        });
    }

    private void runTogether(RunShape shape, Problem problem, List<StudyCell> cells, Draws draws, Workers workers,
            StudyListener listener) {
        List<StudyCell> left = new ArrayList<>(cells);
        // Runs of a seed share its samples.
        left.sort(Comparator.comparingLong(StudyCell::seed));
        while (!left.isEmpty()) {
            Dataset sample = draws.of(left.get(0).plan(problem).problem(), left.get(0).seed(), shape.streams());
            int count = fitting(shape, sample.validation().size(), left);
            List<StudyCell> batch = left.subList(0, count);
            runBatch(problem, List.copyOf(batch), draws, workers, listener);
            batch.clear();
        }
    }

    /** How many of the first cells go together, at least one. */
    private int fitting(RunShape shape, int validationSize, List<StudyCell> cells) {
        int most = Math.max(LEAST_RUNS, RUNS_PER_UNIT * device.computeUnits());
        Tiling tiling = Tiling.of(device);
        Set<Long> seeds = new HashSet<>();
        int count = 0;
        while (count < Math.min(most, cells.size())) {
            seeds.add(cells.get(count).seed());
            boolean fits = RunBatch.memory(shape, tiling, validationSize, precision, count + 1, seeds.size()) <= memory
                    && RunBatch.largestBuffer(shape, tiling, validationSize, precision, count + 1, seeds.size())
                            <= Math.min(device.largestBuffer(), Limits.LARGEST_ARRAY);
            if (!fits && count > 0) {
                break;
            }
            count++;
        }
        return count;
    }

    private void runBatch(Problem problem, List<StudyCell> cells, Draws draws, Workers workers, StudyListener listener) {
        List<TrainingPlan> plans = cells.stream().map(cell -> cell.plan(problem)).toList();
        try (RunBatch batch = new RunBatch(device, precision, Tiling.of(device), plans, draws, workers)) {
            int epochs = plans.get(0).epochs();
            batch.train(epoch -> listener.epochEnded(cells.size(), epoch, epochs));
            List<List<Integer>> bySeed = List.copyOf(IntStream.range(0, cells.size()).boxed()
                    .collect(Collectors.groupingBy(run -> plans.get(run).seed(), LinkedHashMap::new, Collectors.toList()))
                    .values());
            workers.each(bySeed.size(), i -> {
                TrainingPlan any = plans.get(bySeed.get(i).get(0));
                Dataset data = draws.of(any.problem(), any.seed(), any.streams());
                // Models are judged where bits are defined; it is a few passes for thousands on the device.
                try (Backend cpu = new CpuProvider().create(precision)) {
                    Evaluation evaluation = new Evaluation(cpu, any, data);
                    for (int run : bySeed.get(i)) {
                        listener.ended(StudyRow.of(cells.get(run),
                                batch.records().get(run).result(data, device.description(), evaluation)));
                    }
                }
            });
        }
    }
}
