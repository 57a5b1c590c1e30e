package dev.regularisation.spec;

import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.study.Changes;
import dev.regularisation.support.BackendRuns;
import dev.regularisation.support.PostRuns;
import dev.regularisation.training.History;
import dev.regularisation.training.TrainingPlan;
import dev.regularisation.training.TrainingResult;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/**
 * Where a rule's evidence comes from: the post's runs at its seed on a backend, which are trained once however many rules ask,
 * and rows of the study over seeds, which are always of {@code cpu}.
 */
public final class Runs {

    /** Those of the reference, with all seeds. */
    public static final Runs CPU = new Runs(CpuBackend.NAME);

    private final String backend;
    private final int most;
    private final AtomicBoolean asked = new AtomicBoolean();

    /** Runs of a backend, and all seeds. */
    public Runs(String backend) {
        this(backend, Integer.MAX_VALUE);
    }

    private Runs(String backend, int most) {
        this.backend = backend;
        this.most = most;
    }

    /** Those of the reference, with the study's first seeds alone. */
    static Runs first(int seeds) {
        return new Runs(CpuBackend.NAME, seeds);
    }

    /** Name of the backend. */
    public String backend() {
        return backend;
    }

    /** Whether they are those of the reference. */
    public boolean areReference() {
        return backend.equals(CpuBackend.NAME);
    }

    /** Whether anybody asked for seeds. */
    boolean askedForSeeds() {
        return asked.get();
    }

    /** A run at 200 training samples. */
    public TrainingResult of(PostExperiment experiment) {
        return of(experiment, PostRuns.TRAIN_SIZE);
    }

    /** A run at another training size; the post's are 200 and 400. */
    public TrainingResult of(PostExperiment experiment, int trainSize) {
        return BackendRuns.of(backend, experiment, trainSize);
    }

    /** Several runs at 200 training samples. */
    public Map<PostExperiment, TrainingResult> of(List<PostExperiment> experiments) {
        Map<PostExperiment, TrainingResult> runs = new EnumMap<>(PostExperiment.class);
        experiments.forEach(experiment -> runs.put(experiment, of(experiment)));
        return runs;
    }

    /** The parameters with which the post's network begins. */
    public static double[] initialParameters() {
        History history = CPU.of(PostExperiment.MLP).history();
        return IntStream.range(0, history.parameterCount()).mapToDouble(i -> history.parameter(0, i)).toArray();
    }

    /** Another run, trained anew. */
    public TrainingResult train(TrainingPlan plan) {
        return BackendRuns.train(backend, plan);
    }

    public dev.regularisation.support.Ensemble<PostExperiment> trained() {
        return dev.regularisation.support.Ensembles.post(PostRuns.TRAIN_SIZE);
    }

    public java.util.List<double[]> last(PostExperiment experiment) {
        return java.util.stream.Stream.concat(java.util.stream.Stream.of(of(experiment).last().parameters()),
                trained().of(experiment).stream().map(dev.regularisation.support.Ensemble.Member::last)).toList();
    }

    /** The seven experiments at 200 training samples over seeds. */
    public StudyRows seeds() {
        return seeds(PostRuns.TRAIN_SIZE);
    }

    /** The seven experiments over seeds, at 200 or 400 training samples. */
    public StudyRows seeds(int trainSize) {
        asked.set(true);
        return StudyRows.ofPost(trainSize, most);
    }

    /** Other plans over seeds, of the study {@code golden/study/variants}, judged on 1,000 validation samples. */
    public StudyRows variants(String settings) {
        asked.set(true);
        return StudyRows.variants(Changes.parse(settings), most);
    }

    /** The learning curve's sizes, 100, 800 and 1,600, or the post's, over the seeds that all sizes have. */
    public StudyRows curve(int trainSize) {
        asked.set(true);
        return StudyRows.curve(trainSize, most);
    }
}
