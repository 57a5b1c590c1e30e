package dev.regularisation.spec;

import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.support.BackendRuns;
import dev.regularisation.support.Ensemble;
import dev.regularisation.support.Ensembles;
import dev.regularisation.support.PostRuns;
import dev.regularisation.training.History;
import dev.regularisation.training.TrainingPlan;
import dev.regularisation.training.TrainingResult;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Where a rule's evidence comes from: the post's runs at its seed on a backend, and those over seeds, which are always of
 * {@code cpu}. Whatever is asked for is trained once.
 *
 * @param backend name of the backend
 */
public record Runs(String backend) {

    /** Those of the reference. */
    public static final Runs CPU = new Runs(CpuBackend.NAME);

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

    /** The last parameters of an experiment at 200 training samples: the post's seed first, then the others. */
    public List<double[]> last(PostExperiment experiment) {
        return Stream.concat(Stream.of(of(experiment).last().parameters()),
                seeds().of(experiment).stream().map(Ensemble.Member::last)).toList();
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

    /** The seven experiments at 200 training samples over seeds. */
    public Ensemble<PostExperiment> seeds() {
        return seeds(PostRuns.TRAIN_SIZE);
    }

    /** The seven experiments over seeds. */
    public Ensemble<PostExperiment> seeds(int trainSize) {
        return Ensembles.post(trainSize);
    }
}
