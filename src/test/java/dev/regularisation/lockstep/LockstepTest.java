package dev.regularisation.lockstep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.backend.Activation;
import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Precision;
import dev.regularisation.backend.cpu.CpuProvider;
import dev.regularisation.backend.opencl.OpenClBackend;
import dev.regularisation.backend.opencl.OpenClDevice;
import dev.regularisation.backend.opencl.OpenClProvider;
import dev.regularisation.backend.opencl.WhereOpenClIs;
import dev.regularisation.data.Dataset;
import dev.regularisation.data.Draws;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.data.Problem;
import dev.regularisation.data.Problems;
import dev.regularisation.data.Table;
import dev.regularisation.data.TableProblem;
import dev.regularisation.nn.Architecture;
import dev.regularisation.nn.Dropout;
import dev.regularisation.nn.Huber;
import dev.regularisation.nn.Loss;
import dev.regularisation.optim.AdamMoments;
import dev.regularisation.optim.OptimiserPlan;
import dev.regularisation.optim.Sgd;
import dev.regularisation.parallel.Workers;
import dev.regularisation.penalty.Regularisers;
import dev.regularisation.penalty.Scope;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.random.Streams;
import dev.regularisation.setting.Setting;
import dev.regularisation.spec.BackendSheet;
import dev.regularisation.spec.Sheet;
import dev.regularisation.study.Changes;
import dev.regularisation.study.LocalThreads;
import dev.regularisation.study.Study;
import dev.regularisation.study.StudyCell;
import dev.regularisation.study.StudyEngine;
import dev.regularisation.study.StudyListener;
import dev.regularisation.study.StudyRow;
import dev.regularisation.support.PostRuns;
import dev.regularisation.support.RandomPlans;
import dev.regularisation.training.Evaluation;
import dev.regularisation.training.RunRecord;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Runs on a device, together or alone, are those of {@code cpu} to the last bit. */
@WhereOpenClIs
class LockstepTest {

    private static final int THREADS = 2;
    private static final long ROOM = 1L << 30;
    private static final int PLANS = 100;
    /** The same throughout, also in other classes, since a program is built for a shape and kept. */
    private static final int FEATURES = 4;

    private final OpenClDevice device = OpenClProvider.device(Precision.FLOAT32, null);

    @Test
    @DisplayName("the post's seven runs, in full length, end in the digests of cpu")
    void postRuns() {
        postRuns(200, BackendSheet.DIGESTS);
    }

    @Test
    @EnabledIfSystemProperty(named = "thorough", matches = "true",
            disabledReason = "every build has them at 200 samples, which takes the same kernels and choices")
    @DisplayName("so they do at 400 samples")
    void postRunsOfMoreData() {
        postRuns(400, BackendSheet.DIGESTS + " at 400 samples");
    }

    private void postRuns(int trainSize, String page) {
        List<StudyCell> cells = Study.grid(List.of(PostExperiment.values()), List.of(trainSize), List.of(PostRuns.SEED));
        Map<StudyCell, StudyRow> rows = rows(engine(Precision.FLOAT32, ROOM), LinearProblem.POST, cells);

        List<List<String>> digests = new ArrayList<>();
        boolean equal = true;
        for (StudyCell cell : cells) {
            String cpu = PostRuns.of(cell.method(), trainSize).history().sha256();
            String opencl = rows.get(cell).sha256();
            equal &= cpu.equals(opencl);
            digests.add(List.of(cell.method().title(), Integer.toString(cell.plan().epochs()), cpu,
                    opencl.equals(cpu) ? "the same" : opencl));
        }
        BackendSheet.publish(new Sheet()
                .paragraph("Setup", "The post's seven runs at its seed and " + trainSize + " training samples, trained together on "
                        + device.description() + ". A digest is the SHA-256 of both losses and all parameters after every epoch. "
                        + "What rules show of these runs on cpu holds on opencl by identity of bits; a thorough build has them at "
                        + "400 samples as well.")
                .table("Digests of whole histories", List.of("run", "epochs", "cpu", "opencl"), digests)
                .command("Reproduce", "mvn verify -Dtest=LockstepTest -Dthorough"), page, equal);

        assertThat(digests).allSatisfy(row -> assertThat(row.get(3)).as(row.toString()).isEqualTo("the same"));
    }

    @Test
    @DisplayName("random plans of every choice, an operation at a time, end in the digests of cpu, in both precisions")
    void randomPlans() {
        List<TrainingPlan> plans = RandomPlans.of(17, PLANS).toList();
        for (int i = 0; i < PLANS; i++) {
            Precision precision = i % 2 == 0 ? Precision.FLOAT32 : Precision.FLOAT64;
            try (Backend opencl = new OpenClBackend(device, precision); Backend cpu = new CpuProvider().create(precision)) {
                assertThat(TrainingLoop.train(plans.get(i), opencl).history().sha256()).as(plans.get(i).toString())
                        .isEqualTo(TrainingLoop.train(plans.get(i), cpu).history().sha256());
            }
        }
    }

    @Test
    @DisplayName("rows do not depend on precision, sizes, strengths, streams, layout of samples or how many runs go together")
    void studies() {
        Problem drawn = new LinearProblem(FEATURES, 33, 130, 0.2);
        Problem table = new TableProblem(Table.read(Path.of("src/docs/data/diabetes.csv")), "progression", 40, true);
        List<StudyCell> cells = Stream.of(
                Study.grid(List.of(PostExperiment.LINEAR), List.of(33, 64), List.of(1L, (1L << 40) + 5)),
                Study.grid(List.of(PostExperiment.L2), List.of(33), List.of(1L, (1L << 40) + 5)),
                Study.grid(List.of(PostExperiment.DROPOUT), List.of(33), List.of(1L)),
                Study.strengths(PostExperiment.MINIBATCH, List.of(7.0, 33.0), List.of(33), List.of(3L)),
                Stream.of(Streams.values()).map(streams -> new StudyCell(PostExperiment.DROPOUT, 33, 0.1,
                        Changes.parse("epochs=20").with(TrainingPlan.STREAMS, streams), 1)).toList())
                .flatMap(List::stream).toList();
        List<StudyCell> few = Study.grid(List.of(PostExperiment.LINEAR, PostExperiment.MINIBATCH), List.of(40), List.of(1L));

        // Room for some runs at a time, and not for all.
        assertThat(rows(engine(Precision.FLOAT32, 250_000), drawn, cells)).isEqualTo(rows(cpu(Precision.FLOAT32), drawn, cells));
        assertThat(rows(engine(Precision.FLOAT64, ROOM), drawn, few)).isEqualTo(rows(cpu(Precision.FLOAT64), drawn, few));
        List<StudyCell> linear = few.subList(0, 1);
        assertThat(rows(engine(Precision.FLOAT32, ROOM), table, linear)).isEqualTo(rows(cpu(Precision.FLOAT32), table, linear));
        // More features than a work-item of a processor sums side by side.
        TrainingPlan wide = small().problem(new LinearProblem(300, 12, 9, 0.2)).layers(300, 1).build();
        assertThat(digest(wide)).isEqualTo(
                TrainingLoop.train(wide, new CpuProvider().create(Precision.FLOAT32)).history().sha256());
    }

    @Test
    @DisplayName("an interrupt ends the runs between two epochs")
    void interrupted() {
        List<TrainingPlan> plans = List.of(TrainingPlan.builder().problem(new LinearProblem(FEATURES, 8, 5, 0.2)).build());
        List<Integer> seen = new ArrayList<>();
        try (Workers workers = new Workers(1);
                RunBatch batch = new RunBatch(device, Precision.FLOAT32, Tiling.of(device), plans, new Draws(), workers)) {
            assertThatThrownBy(() -> batch.train(epoch -> {
                seen.add(epoch);
                if (epoch == 3) {
                    Thread.currentThread().interrupt();
                }
            })).isInstanceOf(CancellationException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(seen).endsWith(3);
            assertThat(batch.records()).hasSize(1).hasOnlyElementsOfType(RunRecord.class);
        }
    }

    @Test
    @DisplayName("what the kernels do not know is told apart, in words")
    void obstacles() {
        TrainingPlan.Builder post = TrainingPlan.builder();

        assertThat(RunShape.obstacle(post.build(), device, Precision.FLOAT32)).isEmpty();
        assertThat(RunShape.obstacle(post.layers(50, 20, 1).build(), device, Precision.FLOAT32))
                .hasValue("layers [50, 20, 1], and not two hidden ones or none");
        int wide = Math.toIntExact(device.localMemory() / 8);
        TrainingPlan large = TrainingPlan.builder().problem(new LinearProblem(wide, 2, 1, 0)).build();
        assertThat(RunShape.obstacle(large, device, Precision.FLOAT64)).hasValueSatisfying(reason ->
                assertThat(reason).contains("of which a work-group holds " + device.localMemory()));
    }

    @Test
    @DisplayName("whatever a plan chooses, the kernels either refuse it or follow cpu: nothing is left out in silence")
    void everySetting() {
        Map<Setting<?>, TrainingPlan.Builder> chosen = new LinkedHashMap<>();
        choose(chosen, TrainingPlan.LAYERS, List.of(FEATURES, 3, 5, 1));
        choose(chosen, Architecture.NO_BIAS, true);
        choose(chosen, Architecture.ACTIVATION, Activation.TANH);
        choose(chosen, Loss.Of.SETTING, Loss.Of.MAE);
        chosen.put(Huber.DELTA, small().set(Loss.Of.SETTING, Loss.Of.HUBER).set(Huber.DELTA, 0.5));
        choose(chosen, OptimiserPlan.RULE, OptimiserPlan.UpdateRule.ADAMW);
        choose(chosen, OptimiserPlan.LEARNING_RATE, 0.03);
        choose(chosen, OptimiserPlan.WEIGHT_DECAY, 0.2);
        choose(chosen, AdamMoments.BETAS, List.of(0.7, 0.9));
        choose(chosen, AdamMoments.EPSILON, 0.01);
        chosen.put(Sgd.MOMENTUM, small().rule(OptimiserPlan.UpdateRule.SGD).set(Sgd.MOMENTUM, 0.5));
        chosen.put(Sgd.NESTEROV, small().rule(OptimiserPlan.UpdateRule.SGD).set(Sgd.MOMENTUM, 0.5).set(Sgd.NESTEROV, true));
        Regularisers.strengths().forEach(strength -> choose(chosen, strength, 0.1));
        chosen.put(Regularisers.SCOPE, small().l1(0.1).set(Regularisers.SCOPE, Scope.WEIGHTS));
        choose(chosen, Dropout.PROBABILITY, 0.4);
        choose(chosen, TrainingPlan.BATCH_SIZE, 5);
        choose(chosen, TrainingPlan.EPOCHS, 3);
        choose(chosen, TrainingPlan.PATIENCE, 1);
        choose(chosen, TrainingPlan.SEED, 5L);
        chosen.put(TrainingPlan.STREAMS, small().dropout(0.4).set(TrainingPlan.STREAMS, Streams.TORCH_MKL));
        choose(chosen, TrainingPlan.NEIGHBOUR, 3);

        assertThat(TrainingPlan.SETTINGS).filteredOn(setting -> !Problems.settings().contains(setting))
                .as("a choice that this test does not make yet").isSubsetOf(chosen.keySet());
        chosen.forEach((setting, builder) -> {
            TrainingPlan plan = builder.build();
            if (RunShape.obstacle(plan, device, Precision.FLOAT32).isEmpty()) {
                assertThat(digest(plan)).as(setting.title()).isEqualTo(
                        TrainingLoop.train(plan, new CpuProvider().create(Precision.FLOAT32)).history().sha256());
            }
        });
    }

    private static TrainingPlan.Builder small() {
        return TrainingPlan.builder().problem(new LinearProblem(FEATURES, 12, 9, 0.2)).epochs(6);
    }

    private static <T> void choose(Map<Setting<?>, TrainingPlan.Builder> chosen, Setting<T> setting, T value) {
        chosen.put(setting, small().set(setting, value));
    }

    private String digest(TrainingPlan plan) {
        Draws draws = new Draws();
        try (Workers workers = new Workers(1);
                Backend cpu = new CpuProvider().create(Precision.FLOAT32);
                RunBatch batch = new RunBatch(device, Precision.FLOAT32, Tiling.of(device), List.of(plan), draws, workers)) {
            batch.train(epoch -> {
            });
            Dataset data = draws.of(plan.problem(), plan.seed(), plan.streams());
            return batch.records().get(0).result(data, "opencl", new Evaluation(cpu, plan, data)).history().sha256();
        }
    }

    private StudyEngine engine(Precision precision, long memory) {
        return new LockstepEngine(device, precision, memory, THREADS);
    }

    private static StudyEngine cpu(Precision precision) {
        return new LocalThreads(() -> new CpuProvider().create(precision), THREADS);
    }

    private static Map<StudyCell, StudyRow> rows(StudyEngine engine, Problem problem, List<StudyCell> cells) {
        Map<StudyCell, StudyRow> rows = new ConcurrentHashMap<>();
        StudyListener listener = row -> rows.put(row.cell(), row);
        engine.run(problem, cells, listener);
        assertThat(rows).containsOnlyKeys(cells);
        return rows;
    }
}
