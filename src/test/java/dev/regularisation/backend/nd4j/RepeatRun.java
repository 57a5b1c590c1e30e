package dev.regularisation.backend.nd4j;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Precision;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.training.History;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A short run of one of the post's experiments on nd4j, to be compared with the same one elsewhere.
 *
 * @param experiment       the experiment
 * @param precision        the precision
 * @param digest           of every loss, norm and parameter of every epoch
 * @param trainLosses      of every epoch
 * @param validationLosses of every epoch
 */
record RepeatRun(PostExperiment experiment, Precision precision, String digest, List<Double> trainLosses,
        List<Double> validationLosses) {

    static final int EPOCHS = 20;
    /** What {@link #comparedWith} says of equals. */
    static final String SAME = "the same bits";
    private static final long SEED = 42;
    private static final LinearProblem PROBLEM = new LinearProblem(50, 200, 1000, 0.2);

    /** Prints the runs of all experiments in both precisions, in a JVM of its own. */
    public static void main(String[] args) {
        all().forEach(run -> System.out.println(run.line()));
    }

    /** Every experiment in every precision. */
    static List<RepeatRun> all() {
        List<RepeatRun> runs = new ArrayList<>();
        for (PostExperiment experiment : PostExperiment.values()) {
            for (Precision precision : Precision.values()) {
                runs.add(of(experiment, precision, SEED));
            }
        }
        return runs;
    }

    static RepeatRun of(PostExperiment experiment, Precision precision, long seed) {
        TrainingPlan plan = experiment.plan(seed, PROBLEM.trainSize()).toBuilder().problem(PROBLEM).epochs(EPOCHS).build();
        try (Backend backend = new Nd4jBackend(precision)) {
            History history = TrainingLoop.train(plan, backend).history();
            return new RepeatRun(experiment, precision, history.sha256(),
                    IntStream.rangeClosed(0, EPOCHS).mapToObj(history::trainLoss).toList(),
                    IntStream.rangeClosed(0, EPOCHS).mapToObj(history::validationLoss).toList());
        }
    }

    /** The name under which it is compared. */
    String name() {
        return experiment.title() + ", " + (precision == Precision.FLOAT32 ? "float32" : "float64");
    }

    /** This run as one line of text, to the bit. */
    String line() {
        return String.join(" ", experiment.name(), precision.name(), digest, text(trainLosses), text(validationLosses));
    }

    private static String text(List<Double> losses) {
        return losses.stream().map(Double::toHexString).collect(Collectors.joining(","));
    }

    /** The run of a {@link #line}. */
    static RepeatRun parse(String line) {
        String[] words = line.split(" ");
        return new RepeatRun(PostExperiment.valueOf(words[0]), Precision.valueOf(words[1]), words[2], losses(words[3]),
                losses(words[4]));
    }

    private static List<Double> losses(String text) {
        return Arrays.stream(text.split(",")).map(Double::valueOf).toList();
    }

    /** Whether the other run of the same plan took the same path, whatever was measured of it. */
    boolean trainsLike(RepeatRun other) {
        return trainLosses.equals(other.trainLosses);
    }

    /** How another run of the same plan compares with this one, for a reader. */
    String comparedWith(RepeatRun other) {
        if (digest.equals(other.digest)) {
            return SAME;
        }
        return trainsLike(other)
                ? "training the same; validation losses " + parting(validationLosses, other.validationLosses)
                : "training losses " + parting(trainLosses, other.trainLosses);
    }

    private static String parting(List<Double> ours, List<Double> theirs) {
        IntStream parted = IntStream.rangeClosed(0, EPOCHS).filter(epoch -> !ours.get(epoch).equals(theirs.get(epoch)));
        double most = IntStream.rangeClosed(0, EPOCHS)
                .mapToDouble(epoch -> Math.abs(ours.get(epoch) - theirs.get(epoch)) / ours.get(epoch)).max().orElseThrow();
        OptionalInt first = parted.findFirst();
        return first.isEmpty() ? "the same, parameters differ"
                : String.format(Locale.ROOT, "differ from epoch %d on, by up to %.0e", first.getAsInt(), most);
    }
}
