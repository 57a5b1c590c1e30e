package dev.regularisation.spec.rules.remarks;

import dev.regularisation.backend.AdamStep;
import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.data.Dataset;
import dev.regularisation.data.LinearData;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.data.Problem;
import dev.regularisation.data.Samples;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.random.Streams;
import dev.regularisation.sensitivity.RoundingBand;
import dev.regularisation.sensitivity.TorchBands;
import dev.regularisation.sensitivity.Trajectory;
import dev.regularisation.setting.Settings;
import dev.regularisation.support.ForwardingBackend;
import dev.regularisation.support.PostRuns;
import dev.regularisation.training.LastBatchKept;
import dev.regularisation.training.ProgressListener;
import dev.regularisation.training.Recording;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** What people get wrong who carry a run over to another program, made on purpose. */
enum Mistake {

    RATE("the learning rate 1 % too high", PostExperiment.MLP, plan -> plan.learningRate(0.0101)),
    DECAY("weight decay 1 % too strong", PostExperiment.WEIGHT_DECAY, plan -> plan.weightDecay(0.085 * 1.01)),
    EPSILON("Adam's epsilon inside the root", PostExperiment.MLP, () -> new ForwardingBackend(new CpuBackend()) {
        @Override
        public void adam(AdamStep step, Tensor g, Tensor m, Tensor v, Tensor theta) {
            double[] first = to.read(m);
            double[] second = to.read(v);
            double[] gradient = to.read(g);
            double[] parameters = to.read(theta);
            for (int i = 0; i < first.length; i++) {
                first[i] += step.firstMomentRate() * (gradient[i] - first[i]);
                second[i] = step.secondMomentDecay() * second[i] + step.secondMomentRate() * gradient[i] * gradient[i];
                double corrected = second[i] / (step.secondMomentScale() * step.secondMomentScale());
                parameters[i] -= step.stepSize() * first[i] / Math.sqrt(corrected + step.epsilon());
            }
            to.write(first, m);
            to.write(second, v);
            to.write(parameters, theta);
        }
    }),
    CORRECTION("Adam's moments not corrected for their bias", PostExperiment.MLP, () -> new ForwardingBackend(new CpuBackend()) {
        @Override
        public void adam(AdamStep step, Tensor g, Tensor m, Tensor v, Tensor theta) {
            to.adam(new AdamStep(step.firstMomentRate(), step.secondMomentDecay(), step.secondMomentRate(), 0.01, 1,
                    step.epsilon()), g, m, v, theta);
        }
    }),
    // Units 0 and 1 are not lit by the first sample, so that their masks change nothing.
    MASK("one bit of one mask of dropout, in the first step", PostExperiment.DROPOUT, () -> new OtherMask(2, 1)),
    LABELS("labels summed in float32, which double rounds otherwise", PostExperiment.MLP,
            plan -> plan.problem(new RoundedOtherwise(LinearProblem.POST))),
    LAST_BATCH("the incomplete last batch kept", PostExperiment.MINIBATCH, UnaryOperator.identity());

    /** All show in the first epochs but what is no more than another rounding. */
    private static final int EPOCHS = 60;

    private final String title;
    private final PostExperiment run;
    private final UnaryOperator<TrainingPlan.Builder> change;
    private final Supplier<Backend> backend;

    Mistake(String title, PostExperiment run, UnaryOperator<TrainingPlan.Builder> change) {
        this(title, run, change, CpuBackend::new);
    }

    Mistake(String title, PostExperiment run, Supplier<Backend> backend) {
        this(title, run, UnaryOperator.identity(), backend);
    }

    Mistake(String title, PostExperiment run, UnaryOperator<TrainingPlan.Builder> change, Supplier<Backend> backend) {
        this.title = title;
        this.run = run;
        this.change = change;
        this.backend = backend;
    }

    /** What is wrong. */
    String title() {
        return title;
    }

    /** Of which run. */
    PostExperiment run() {
        return run;
    }

    /** What the run's band says of it. */
    RoundingBand.Judgement judged(Map<String, RoundingBand> bands) {
        TrainingPlan plan = change.apply(run.plan(PostRuns.SEED, PostRuns.TRAIN_SIZE).toBuilder().epochs(EPOCHS)).build();
        try (Backend own = backend.get()) {
            Trajectory wrong = this == LAST_BATCH ? LastBatchKept.train(title, plan, own) : Trajectory.of(title,
                    TrainingLoop.train(plan, own, Recording.LOSSES, ProgressListener.NONE).history());
            return bands.get(TorchBands.name(run, PostRuns.TRAIN_SIZE)).judge(wrong);
        }
    }

    /** The post's samples, but for labels whose sums are rounded at every addition. */
    private record RoundedOtherwise(LinearProblem of) implements Problem {

        @Override
        public int features() {
            return of.features();
        }

        @Override
        public int trainSize() {
            return of.trainSize();
        }

        @Override
        public int validationSize() {
            return of.validationSize();
        }

        @Override
        public Settings settings() {
            return of.settings();
        }

        @Override
        public Problem withTrainSize(int samples) {
            return new RoundedOtherwise(of.withTrainSize(samples));
        }

        @Override
        public Dataset draw(long seed, Streams streams) {
            LinearData data = of.draw(seed, streams);
            return new LinearData(data.trueWeights(), data.intercept(), otherwise(data, data.train(), data.trainNoise()),
                    otherwise(data, data.validation(), data.validationNoise()), data.trainNoise(), data.validationNoise());
        }

        private static Samples otherwise(LinearData data, Samples samples, float[] noise) {
            float[] y = new float[samples.size()];
            for (int s = 0; s < y.length; s++) {
                for (int i = 0; i < samples.features(); i++) {
                    y[s] += samples.x()[s * samples.features() + i] * data.trueWeights()[i];
                }
                y[s] = y[s] + data.intercept() + noise[s];
            }
            return new Samples(y.length, samples.features(), samples.x(), y);
        }
    }
}
