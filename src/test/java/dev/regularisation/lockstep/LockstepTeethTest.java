package dev.regularisation.lockstep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Precision;
import dev.regularisation.backend.cpu.CpuProvider;
import dev.regularisation.backend.opencl.Change;
import dev.regularisation.backend.opencl.OpenClDevice;
import dev.regularisation.backend.opencl.OpenClProvider;
import dev.regularisation.backend.opencl.KernelSource;
import dev.regularisation.backend.opencl.WhereOpenClIs;
import dev.regularisation.data.Dataset;
import dev.regularisation.data.Draws;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.parallel.Workers;
import dev.regularisation.training.Evaluation;
import dev.regularisation.training.History;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What goes wrong in kernels that train many runs at once shows in the digests of the runs that are concerned, and the first
 * number that differs tells which kernel it was. The kernels are those of a GPU, wherever they run, since other tests have
 * those that suit the device.
 */
@WhereOpenClIs
class LockstepTeethTest {

    private static final TrainingPlan PLAN = TrainingPlan.builder().problem(new LinearProblem(3, 40, 50, 0.2))
            .layers(3, 2, 2, 1).batchSize(16).epochs(3).seed(7).build();
    private static final List<TrainingPlan> PLANS =
            List.of(PLAN, PLAN, PLAN, PLAN.toBuilder().dropout(0.2).build(), PLAN.toBuilder().seed(8).build());

    private final OpenClDevice device = OpenClProvider.device(Precision.FLOAT32, null);

    @Test
    @DisplayName("Kernels as they are train every run to the digest of cpu, a broken one none that it concerns, and is named")
    void digestsBite() {
        assertThat(wrong(UnaryOperator.identity())).isEmpty();
        // One program, a fault in all runs but the first: a moment, what the gradients are made of, masks, labels.
        Map<Integer, String> several = wrong(Change.of("first[k + j] = m;", "if (run != 1) first[k + j] = m;")
                .and(Change.of("gradients(k, train_x, order + from, batch, scratch, sum)",
                        "gradients(k, train_x, order + (run == 2 ? 0 : from), batch, scratch, sum)"))
                .and(Change.of("mask + (size_t) from * MASK_WORDS", "mask + from"))
                .and(Change.of("train_y += (size_t) whole[DATA] * n;", "")));
        assertThat(several).containsOnlyKeys(1, 2, 3, 4).containsEntry(4, "train_epoch: training loss of epoch 0");
        assertThat(several.values()).allMatch(first -> first.startsWith("train_epoch: "));
        assertThat(wrong(Change.of("p = ALL(w[BIAS3]);", "p = ALL(0);")).values())
                .containsOnly("validate: validation loss of epoch 0");
        // A processor takes the work-items between barriers one after the other; on a GPU a race shows when it likes.
        if (device.isCpu()) {
            String barrier = "scratch, differences + from);\n        barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);";
            Map<Integer, String> race = wrong(Change.of(barrier, "scratch, differences + from);"));
            assertThat(race).containsOnlyKeys(0, 1, 2, 3, 4);
            assertThat(race.values()).allMatch(first -> first.startsWith("train_epoch: "));
        }
    }

    /** The runs whose digest is not that of {@code cpu}, each with the kernel and the number that departs first. */
    private Map<Integer, String> wrong(UnaryOperator<KernelSource> change) {
        Map<Integer, String> wrong = new TreeMap<>();
        Draws draws = new Draws();
        try (Workers workers = new Workers(1); Backend cpu = new CpuProvider().create(Precision.FLOAT32);
                RunBatch batch = new RunBatch(device, Precision.FLOAT32, Tiling.GPU, PLANS, draws, workers, change)) {
            batch.train(epoch -> { });
            for (int run = 0; run < PLANS.size(); run++) {
                TrainingPlan plan = PLANS.get(run);
                Dataset data = draws.of(plan.problem(), plan.seed(), plan.streams());
                History got = batch.records().get(run).result(data, "", new Evaluation(cpu, plan, data)).history();
                History want = TrainingLoop.train(plan, cpu).history();
                if (!got.sha256().equals(want.sha256())) {
                    wrong.put(run, departure(got, want));
                }
            }
        }
        return wrong;
    }

    /** Training losses and parameters are of one kernel, validation losses of another, from parameters that still are right. */
    private static String departure(History got, History want) {
        for (int epoch = 0; epoch <= want.epochs(); epoch++) {
            if (got.trainLoss(epoch) != want.trainLoss(epoch)) {
                return "train_epoch: training loss of epoch " + epoch;
            }
            if (got.l1Norm(epoch) != want.l1Norm(epoch) || got.squaredL2Norm(epoch) != want.squaredL2Norm(epoch)) {
                return "train_epoch: parameters after epoch " + epoch;
            }
            if (got.validationLoss(epoch) != want.validationLoss(epoch)) {
                return "validate: validation loss of epoch " + epoch;
            }
        }
        return "train_epoch: parameters of the same norms";
    }
}
