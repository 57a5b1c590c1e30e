package dev.regularisation.spec.rules.setup;

import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.nn.Dropout;
import dev.regularisation.nn.Mlp;
import dev.regularisation.plot.Axis;
import dev.regularisation.plot.LineStyle;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.random.LoaderOrder;
import dev.regularisation.random.TorchGenerator;
import dev.regularisation.support.Golden;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import dev.regularisation.training.TrainingResult;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What a run draws and does, stage by stage, as digests. */
final class Stages {

    /** Everything that draws: shuffled minibatches and dropout, on top of data and initial weights. */
    private static final LinearProblem PROBLEM = new LinearProblem(50, 200, 1000, 0.2);
    private static final TrainingPlan PLAN = TrainingPlan.builder().problem(PROBLEM)
            .batchSize(32).dropout(0.1).l1(0.021).epochs(60).build();

    private Stages() {
    }

    /** How a stage resets the stream; the right way is {@code TorchGenerator::seed}. */
    interface Reset {
        void reset(TorchGenerator stream, long seed);
    }

    /** A reset that works once. */
    static Reset onlyAtFirst() {
        return new Reset() {
            private boolean done;

            @Override
            public void reset(TorchGenerator stream, long seed) {
                if (!done) {
                    stream.seed(seed);
                    done = true;
                }
            }
        };
    }

    static TrainingResult trained(long seed) {
        return TrainingLoop.train(PLAN.toBuilder().seed(seed).build(), new CpuBackend());
    }

    /** Validation losses of three runs. */
    static Picture picture() {
        return SeriesPicture.ofCurves("The same seed repeats the run, another does not",
                "Validation loss; minibatches of 32, dropout 0.1, L1 0.021", Axis.epochs(), Axis.log("Validation loss"),
                List.of(curve("seed 42", 42, 0).drawn(LineStyle.WIDE), curve("seed 42 again", 42, 1).drawn(LineStyle.DASHED),
                        curve("seed 43", 43, 2)), List.of()).picture();
    }

    private static Series curve(String name, long seed, int colour) {
        return Series.byEpoch(name, Palette.series(colour), trained(seed).history().validationLosses());
    }

    /** Of a run that is trained anew. */
    static Map<String, String> of(long seed) {
        TrainingResult run = trained(seed);
        double[] initial = new double[run.history().parameterCount()];
        Arrays.setAll(initial, i -> run.history().parameter(0, i));
        Map<String, String> stages = drawn(seed, 0, TorchGenerator::seed);
        stages.put("training data", Golden.sha256(run.data().train().x())
                + Golden.sha256(PROBLEM.draw(run.plan().seed()).trainNoise()));
        stages.put("initial weights", Golden.sha256(initial));
        stages.put("training labels", Golden.sha256(run.data().train().y()));
        stages.put("losses and parameters of all epochs", run.history().sha256());
        stages.put("predictions", Golden.sha256(run.last().validationPredictions()));
        return stages;
    }

    /** What the three stages draw from one stream, in the post's order, with extra draws before each. */
    static Map<String, String> drawn(long seed, int extra, Reset reset) {
        TorchGenerator stream = new TorchGenerator(0);
        Map<String, String> stages = new LinkedHashMap<>();
        disturb(stream, extra);
        reset.reset(stream, seed);
        stream.randn(50);
        stream.randn(1);
        stages.put("training data", Golden.sha256(stream.randn(200 * 50)) + noise(stream));
        disturb(stream, extra);
        reset.reset(stream, seed);
        CpuBackend backend = new CpuBackend();
        Mlp network = new Mlp(backend, PLAN.layers());
        network.initialise(stream);
        stages.put("initial weights", Golden.sha256(backend.read(network.parameters())));
        disturb(stream, extra);
        reset.reset(stream, seed);
        stages.put("shuffles", digest(LoaderOrder.shuffledPass(stream, 200)));
        boolean[] kept = new Dropout(0.1).draw(stream, 32, 25);
        stages.put("dropout masks", digest(IntStream.range(0, kept.length).map(i -> kept[i] ? 1 : 0).toArray()));
        return stages;
    }

    private static String digest(int[] values) {
        return Golden.sha256(Arrays.stream(values).asDoubleStream().toArray());
    }

    private static String noise(TorchGenerator stream) {
        float[] e = stream.randn(200);
        for (int s = 0; s < e.length; s++) {
            e[s] *= 0.2f;
        }
        return Golden.sha256(e);
    }

    /** One normal at a time: an odd number of them leaves a second one waiting in the generator. */
    private static void disturb(TorchGenerator stream, int extra) {
        for (int i = 0; i < extra; i++) {
            stream.randn(1);
        }
    }
}
