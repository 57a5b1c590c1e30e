package dev.regularisation.lockstep;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Precision;
import dev.regularisation.backend.cpu.CpuProvider;
import dev.regularisation.backend.kit.Contract;
import dev.regularisation.backend.kit.Strictness;
import dev.regularisation.backend.opencl.OpenClBackend;
import dev.regularisation.backend.opencl.OpenClDevice;
import dev.regularisation.backend.opencl.OpenClProvider;
import dev.regularisation.backend.opencl.OpenClSession;
import dev.regularisation.backend.opencl.Programs;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.study.LocalThreads;
import dev.regularisation.study.Study;
import dev.regularisation.study.StudyCell;
import dev.regularisation.study.StudyEngine;
import dev.regularisation.study.StudyListener;
import dev.regularisation.study.StudyLog;
import dev.regularisation.study.StudyRow;
import dev.regularisation.support.RandomPlans;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Proves an OpenCL device, and measures it: the contract kit at the strictness of bits, the post's runs and random plans against
 * {@code cpu}'s digests, and a study of many seeds, rows of which are trained on {@code cpu} too. What {@code ci/gpu.sh} runs.
 *
 * <p>Arguments: number of seeds, 1000 on a GPU if there is none; a folder for the study.csv, if it is to be kept.
 */
public final class DeviceCheck {

    private static final int PLANS = 100;
    private static final long PLAN_SEED = 17;
    /** Rows for each thread that are trained on {@code cpu} too. */
    private static final int ROWS_PER_THREAD = 14;
    private static final int SEEDS_ON_GPU = 1000;
    /** What a processor does in minutes. */
    private static final int SEEDS_ON_CPU = 5;
    private static final int PEAK_GROUP = 256;
    private static final int PEAK_TRIALS = 5;
    private static final int PEAK_ITEMS = 1 << 20;
    private static final int PEAK_ROUNDS = 1 << 14;
    private static final int PEAK_CHAINS = 16;
    private static final double TERA = 1e-12;
    private static final int THREADS = Runtime.getRuntime().availableProcessors();

    private final OpenClDevice device = OpenClProvider.device(Precision.FLOAT32, null);
    private final List<String> counts = new ArrayList<>();
    private int wrong;

    private DeviceCheck() {
    }

    public static void main(String[] args) throws IOException {
        if (args.length > 2 || args.length > 0 && !args[0].matches("[1-9]\\d{0,5}")) {
            System.err.println("run.sh: wanted a number of seeds above 0, and a folder if study.csv is to be kept, got "
                    + String.join(" ", args));
            System.exit(2);
        }
        DeviceCheck check = new DeviceCheck();
        int seeds = args.length > 0 ? Integer.parseInt(args[0]) : check.device.isGpu() ? SEEDS_ON_GPU : SEEDS_ON_CPU;
        Path folder = args.length > 1 ? Path.of(args[1]) : Files.createTempDirectory("study");
        check.say("seeds: " + seeds + "; study.csv in " + folder);
        check.say(check.device + ", on a machine of " + THREADS + " threads, Java " + Runtime.version());
        check.kit(Precision.FLOAT32);
        if (check.device.hasBinary64()) {
            check.kit(Precision.FLOAT64);
        }
        check.randomPlans();
        check.digests();
        check.study(seeds, folder);
        check.say("OpenCL on " + check.device.name() + ": " + String.join("; ", check.counts));
        if (check.wrong > 0) {
            System.exit(1);
        }
    }

    private void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    private void kit(Precision precision) {
        List<String> violations = Contract.violations(
                () -> new OpenClBackend(device, precision), Strictness.BITS, Contract.rules());
        violations.forEach(this::say);
        wrong += violations.size();
        counts.add("kit in " + precision.name().toLowerCase(Locale.ROOT) + ", " + Contract.rules().size() + " rules, "
                + violations.size() + " broken");
        say(counts.get(counts.size() - 1));
    }

    private void randomPlans() {
        List<TrainingPlan> plans = RandomPlans.of(PLAN_SEED, PLANS).toList();
        int differing = 0;
        for (int i = 0; i < plans.size(); i++) {
            Precision precision = i % 2 == 0 || !device.hasBinary64() ? Precision.FLOAT32 : Precision.FLOAT64;
            try (Backend here = new OpenClBackend(device, precision); Backend cpu = new CpuProvider().create(precision)) {
                String want = TrainingLoop.train(plans.get(i), cpu).history().sha256();
                String got = TrainingLoop.train(plans.get(i), here).history().sha256();
                if (!want.equals(got)) {
                    differing++;
                    say("random plan " + i + " differs: " + plans.get(i));
                }
            }
        }
        wrong += differing;
        counts.add(plans.size() + " random plans, " + differing + " differ");
        say(counts.get(counts.size() - 1));
    }

    private void digests() {
        List<StudyCell> cells = Study.grid(List.of(PostExperiment.values()), List.of(200, 400), List.of(TrainingPlan.POST_SEED));
        Map<StudyCell, StudyRow> want = rows(new LocalThreads(() -> new CpuProvider().create(Precision.FLOAT32), THREADS), cells);
        Map<StudyCell, StudyRow> got = rows(engine(), cells);
        long differing = cells.stream().filter(cell -> !want.get(cell).equals(got.get(cell)))
                .peek(cell -> say("differs: " + cell)).count();
        wrong += (int) differing;
        counts.add(cells.size() + " runs of the post in full length, " + differing + " differ");
        say(counts.get(counts.size() - 1));
    }

    private void study(int seeds, Path folder) throws IOException {
        List<StudyCell> cells = Study.grid(List.of(PostExperiment.values()), List.of(200),
                LongStream.rangeClosed(1, seeds).boxed().toList());
        Map<StudyCell, StudyRow> got = new HashMap<>();
        long start = System.nanoTime();
        try (StudyLog log = StudyLog.open(folder)) {
            Study.run(LinearProblem.POST, cells, log, engine(), row -> {
                synchronized (got) {
                    got.put(row.cell(), row);
                }
            });
        }
        double seconds = (System.nanoTime() - start) * 1e-9;
        List<StudyCell> drawn = new ArrayList<>(cells);
        Collections.shuffle(drawn, new Random(1));
        // As many of each method, so that the sample costs what the study does.
        List<StudyCell> sample = new ArrayList<>();
        for (PostExperiment method : PostExperiment.values()) {
            drawn.stream().filter(cell -> cell.method() == method)
                    .limit((long) ROWS_PER_THREAD * THREADS / PostExperiment.values().length).forEach(sample::add);
        }
        start = System.nanoTime();
        Map<StudyCell, StudyRow> want = rows(new LocalThreads(() -> new CpuProvider().create(Precision.FLOAT32), THREADS), sample);
        double cpuSeconds = (System.nanoTime() - start) * 1e-9;
        long differing = sample.stream().filter(cell -> !want.get(cell).equals(got.get(cell)))
                .peek(cell -> say("differs: " + cell)).count();
        wrong += (int) differing;
        double cpuRate = sample.size() / cpuSeconds;
        counts.add(String.format(Locale.ROOT, "study of %d runs in %.1f s, %d rows trained on cpu too, %d differ; "
                + "%.2f times as fast as cpu on %d threads, which trains %.1f runs a second", cells.size(), seconds, sample.size(), differing,
                cells.size() / seconds / cpuRate, THREADS, cpuRate));
        say(counts.get(counts.size() - 1));
        if (device.isGpu()) {
            double operations = cells.stream().mapToDouble(cell -> operations(cell.plan())).sum() / seconds;
            double peak = peak();
            counts.add(String.format(Locale.ROOT, "%.2f TFLOP/s, %.0f %% of the %.1f TFLOP/s that fused multiply-adds alone reach",
                    operations * TERA, 100 * operations / peak, peak * TERA));
            say(counts.get(counts.size() - 1));
        }
    }

    private StudyEngine engine() {
        return new LockstepEngine(device, Precision.FLOAT32, LockstepEngine.standardMemory(device), THREADS);
    }

    private Map<StudyCell, StudyRow> rows(StudyEngine engine, List<StudyCell> cells) {
        Map<StudyCell, StudyRow> rows = new HashMap<>();
        engine.run(LinearProblem.POST, cells, new StudyListener() {
            @Override
            public synchronized void ended(StudyRow row) {
                rows.put(row.cell(), row);
            }

            @Override
            public void remark(String line) {
                say(line);
            }
        });
        return rows;
    }

    /** Two for each fused multiply-add of products; the rest is small beside them. */
    private static double operations(TrainingPlan plan) {
        List<Integer> layers = plan.layers();
        double weights = IntStream.range(1, layers.size()).mapToDouble(i -> (double) layers.get(i - 1) * layers.get(i)).sum();
        double below = weights - (double) layers.get(0) * layers.get(1);
        int trained = plan.problem().trainSize() / plan.batchSize() * plan.batchSize();
        return 2 * plan.epochs() * (LinearProblem.POST.validationSize() * weights + trained * (2 * weights + below));
    }

    /** Operations a second of nothing but fused multiply-adds, the best of a few trials. */
    private double peak() {
        try (OpenClSession session = new OpenClSession(device, Programs.onArithmetic(
                device, Precision.FLOAT32, Map.of(), Programs.read(DeviceCheck.class, "peak.cl")))) {
            long result = session.buffer((long) PEAK_ITEMS * Float.BYTES);
            double best = 0;
            for (int trial = 0; trial < PEAK_TRIALS; trial++) {
                long start = System.nanoTime();
                session.runGroups("peak", PEAK_ITEMS / PEAK_GROUP, 1, PEAK_GROUP, result, PEAK_ROUNDS);
                session.finish();
                best = Math.max(best, 2.0 * PEAK_CHAINS * PEAK_ITEMS * PEAK_ROUNDS / ((System.nanoTime() - start) * 1e-9));
            }
            return best;
        }
    }
}
