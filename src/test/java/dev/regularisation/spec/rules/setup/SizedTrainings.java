package dev.regularisation.spec.rules.setup;

import dev.regularisation.data.LinearProblem;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.rules.setup.ReferenceLoop.Variant;
import dev.regularisation.support.Golden;
import dev.regularisation.support.PostRuns;
import dev.regularisation.training.History;
import dev.regularisation.training.TrainingPlan;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Training beside three numbers of validation samples.
 *
 * @param others    methods without dropout of which training differs
 * @param dropout   different trainings with dropout
 * @param firstPass different first passes with it, which come before any mask of a validation sample
 */
record SizedTrainings(double others, double dropout, double firstPass) {

    private static final int[] SIZES = {100, 1000, 10_000};
    private static final int EPOCHS = 5;

    /** What a method's training is by a number of validation samples, up to an epoch. */
    @FunctionalInterface
    interface Training {
        String digest(PostExperiment method, int size, int epochs);
    }

    static SizedTrainings of(Training training) {
        return new SizedTrainings(Stream.of(PostExperiment.values()).filter(method -> method != PostExperiment.DROPOUT)
                .mapToInt(method -> different(training, method, EPOCHS) > 1 ? 1 : 0).sum(),
                different(training, PostExperiment.DROPOUT, EPOCHS), different(training, PostExperiment.DROPOUT, 0));
    }

    private static int different(Training training, PostExperiment method, int epochs) {
        return (int) IntStream.of(SIZES).mapToObj(size -> training.digest(method, size, epochs)).distinct().count();
    }

    private static TrainingPlan plan(PostExperiment method, int size, long seed) {
        return method.plan(seed, PostRuns.TRAIN_SIZE).toBuilder()
                .problem(new LinearProblem(50, PostRuns.TRAIN_SIZE, size, 0.2)).epochs(EPOCHS).build();
    }

    /** As the product trains. */
    static String digest(PostExperiment method, int size, int epochs) {
        return digest(plan(method, size, PostRuns.SEED), epochs);
    }

    /** Of training losses and parameters up to an epoch. */
    private static String digest(TrainingPlan plan, int epochs) {
        History history = Runs.CPU.train(plan).history();
        return Golden.sha256(IntStream.rangeClosed(0, epochs).boxed().flatMapToDouble(epoch -> DoubleStream.concat(
                DoubleStream.of(history.trainLoss(epoch)), IntStream.range(0, history.parameterCount())
                        .mapToDouble(i -> history.parameter(epoch, i)))).toArray());
    }

    /** Training losses of a loop that validates without masks from the beginning. */
    static String withoutMasks(PostExperiment method, int size, int epochs) {
        return Golden.sha256(Arrays.copyOf(ReferenceLoop.run(plan(method, size, PostRuns.SEED),
                Variant.VALIDATES_AT_FIRST_IN_EVALUATION_MODE).train(), epochs + 1));
    }

    static String seededBySize(PostExperiment method, int size, int epochs) {
        return digest(plan(method, size, size), epochs);
    }

    static List<String> header() {
        return List.of("method", "100 samples", "1,000", "10,000");
    }

    static List<List<String>> rows() {
        return Stream.of(PostExperiment.values()).map(method -> Stream.concat(Stream.of(method.title()),
                IntStream.of(SIZES).mapToObj(size -> digest(method, size, EPOCHS).substring(0, 12) + "…")).toList()).toList();
    }
}
