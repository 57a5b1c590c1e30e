package dev.regularisation.backend.kit;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Precision;
import dev.regularisation.training.History;
import dev.regularisation.training.TrainingLoop;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Rules for whole runs, short ones: what no single operation shows. */
public final class TrainingRules {

    /** What the reference trains, which is the same for all backends of a precision. */
    private static final Map<Wanted, History> REFERENCE = new ConcurrentHashMap<>();

    private record Wanted(Precision precision, ShortRun run) {
    }

    static final ContractRule<ShortRun> FOLLOWS = new ContractRule<>("training.follows",
            "a run has the losses of the reference, epoch by epoch",
            (bench, run) -> {
                History got = train(bench.backend(), run);
                History want = REFERENCE.computeIfAbsent(new Wanted(bench.precision(), run),
                        key -> train(bench.reference(), run));
                Tolerance tolerance = bench.bitsOr(drift(bench.precision()));
                for (int epoch = 0; epoch <= run.plan().epochs(); epoch++) {
                    bench.same("training loss", " of epoch " + epoch,
                            got.trainLoss(epoch), want.trainLoss(epoch), tolerance, want.trainLoss(epoch));
                    bench.same("validation loss", " of epoch " + epoch,
                            got.validationLoss(epoch), want.validationLoss(epoch), tolerance, want.validationLoss(epoch));
                }
                if (bench.strictness() == Strictness.BITS) {
                    Bench.equal("digest of losses and parameters", want.sha256(), got.sha256());
                }
            });

    static final ContractRule<ShortRun> REPEATS = new ContractRule<>("training.repeats",
            "the same plan gives the same bits again, whatever the backend did in between",
            (bench, run) -> {
                String first = train(bench.backend(), run).sha256();
                train(bench.backend(), ShortRun.MINIBATCH);
                Bench.equal("digest of the second run", first, train(bench.backend(), run).sha256());
            });

    private TrainingRules() {
    }

    static List<ContractRule<ShortRun>> all() {
        return List.of(FOLLOWS, REPEATS);
    }

    private static History train(Backend backend, ShortRun run) {
        return TrainingLoop.train(run.plan(), backend).history();
    }

    /**
     * Losses of two runs drift apart as roundings do: after 20 epochs by up to 1.5e-6 in float32 and 3.3e-15 in float64
     * between these loops and native BLAS on AVX-512, and less than twice that with libtorch. Other orders of summation are
     * allowed some fifteen times that.
     */
    private static Tolerance drift(Precision precision) {
        return precision == Precision.FLOAT32
                ? Tolerance.relative(2e-5, "1.5e-6 was measured over 20 epochs")
                : Tolerance.relative(5e-14, "3.3e-15 was measured over 20 epochs");
    }
}
