package dev.regularisation.spec;

import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.study.Changes;
import dev.regularisation.support.BackendRuns;
import dev.regularisation.support.PostRuns;
import dev.regularisation.training.History;
import dev.regularisation.training.TrainingPlan;
import dev.regularisation.training.TrainingResult;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
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
    private final Optional<Map<TrainingPlan, TrainingResult>> remembered;
    private final Set<String> studies = new ConcurrentSkipListSet<>();

    /** Runs of a backend, and all seeds. */
    public Runs(String backend) {
        this(backend, Integer.MAX_VALUE, Optional.empty());
    }

    private Runs(String backend, int most, Optional<Map<TrainingPlan, TrainingResult>> remembered) {
        this.backend = backend;
        this.most = most;
        this.remembered = remembered;
    }

    /** Those of the reference, with all seeds; what is trained is not trained again for {@link #first}. */
    static Runs remembering() {
        return new Runs(CpuBackend.NAME, Integer.MAX_VALUE, Optional.of(new ConcurrentHashMap<>()));
    }

    /** These with the study's first seeds alone. */
    Runs first(int seeds) {
        return new Runs(backend, seeds, remembered);
    }

    /** Name of the backend. */
    public String backend() {
        return backend;
    }

    /** Whether they are those of the reference. */
    public boolean areReference() {
        return backend.equals(CpuBackend.NAME);
    }

    /** The studies from which anybody asked for seeds, in order. */
    Set<String> studies() {
        return Collections.unmodifiableSet(studies);
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

    /** Another run, trained anew but where these remember it. */
    public TrainingResult train(TrainingPlan plan) {
        return remembered.map(runs -> runs.computeIfAbsent(plan, key -> BackendRuns.train(backend, key)))
                .orElseGet(() -> BackendRuns.train(backend, plan));
    }

    /** The seven experiments at 200 training samples over seeds. */
    public StudyRows seeds() {
        return seeds(PostRuns.TRAIN_SIZE);
    }

    /** The seven experiments over seeds, at 200 or 400 training samples. */
    public StudyRows seeds(int trainSize) {
        studies.add(StudyRows.POST);
        return StudyRows.ofPost(trainSize, most);
    }

    /** Other plans over seeds, of the study {@code golden/study/variants}, judged on 1,000 validation samples. */
    public StudyRows variants(String settings) {
        studies.add(StudyRows.VARIANTS);
        return StudyRows.variants(Changes.parse(settings), most);
    }

    /** The learning curve's sizes, 100, 800 and 1,600, or the post's, over the seeds that all sizes have. */
    public StudyRows curve(int trainSize) {
        StudyRows rows = StudyRows.curve(trainSize, most);
        studies.add(rows.study());
        return rows;
    }
}
