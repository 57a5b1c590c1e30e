package dev.regularisation.spec.rules.remarks;

import dev.regularisation.plot.Picture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.training.History;
import dev.regularisation.training.TrainingResult;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** What pictures say in words, which is drawn from what they draw, as numbers. */
final class ReadBack {

    private static final String NUMBER = "(-?[\\d,]+(?:\\.\\d+)?(?:e[-+]\\d+)?)";
    private static final List<String> NAMES = List.of("first validation loss", "last validation loss", "least validation loss",
            "epoch of the least validation loss", "first training loss", "last training loss", "least training loss", "number of paths",
            "first L1 norm", "last L1 norm", "first squared L2 norm", "last squared L2 norm");
    private static final Pattern TRAINING = Pattern.compile(("validation loss from # to #, best: # at epoch #, marked by a vertical "
            + "line in both; training loss from # to #, least: #\\. Below, the paths of # parameters, and on a second axis the L1 "
            + "norm, from # to #, and the squared L2 norm, from # to #\\.").replace("#", NUMBER));
    private static final Pattern BEST = Pattern.compile("([^;:]+) " + NUMBER + " at epoch");
    private static final Pattern LEAST = Pattern.compile("([^;:]+) " + NUMBER + "(?=;|\\.$|\\. )");

    private ReadBack() {
    }

    /**
     * A number that a picture shows.
     *
     * @param printed  as it is printed
     * @param measured of the run that it should be of
     */
    record Shown(String printed, double measured) {

        /** The difference in units of the last digit that is printed. */
        double units() {
            BigDecimal shown = new BigDecimal(printed.replace(",", ""));
            return Math.abs(shown.doubleValue() - measured) / shown.ulp().doubleValue();
        }
    }

    /** How many quantities a picture of a run says. */
    static int quantities() {
        return NAMES.size();
    }

    /** What a picture of a run says, by name; nothing where it says anything else. */
    static Map<String, Shown> training(Picture picture, History history) {
        int last = history.epochs();
        List<Double> measured = List.of(history.validationLoss(0), history.validationLoss(last),
                history.validationLoss(history.bestEpoch()), (double) history.bestEpoch(), history.trainLoss(0), history.trainLoss(last),
                history.trainLoss(history.bestTrainEpoch()), (double) history.parameterCount(), history.l1Norm(0), history.l1Norm(last),
                history.squaredL2Norm(0), history.squaredL2Norm(last));
        Map<String, Shown> shown = new LinkedHashMap<>();
        Matcher text = TRAINING.matcher(picture.altText());
        if (text.find()) {
            IntStream.range(0, NAMES.size()).forEach(i -> shown.put(NAMES.get(i), new Shown(text.group(i + 1), measured.get(i))));
        }
        return shown;
    }

    /** What a comparison says of the runs, by their names. */
    static Map<String, Shown> comparison(Picture picture, Map<PostExperiment, TrainingResult> runs) {
        Map<String, Shown> shown = new LinkedHashMap<>();
        String[] parts = picture.altText().split("the (best validation|least training) loss of each: ", -1);
        for (PostExperiment run : runs.keySet()) {
            History history = runs.get(run).history();
            printed(BEST, parts[1], run).ifPresent(text -> shown.put(run.title() + ", least validation loss",
                    new Shown(text, history.validationLoss(history.bestEpoch()))));
            printed(LEAST, parts[2], run).ifPresent(text -> shown.put(run.title() + ", least training loss",
                    new Shown(text, history.trainLoss(history.bestTrainEpoch()))));
        }
        return shown;
    }

    private static Optional<String> printed(Pattern pattern, String part, PostExperiment run) {
        return pattern.matcher(part).results().filter(found -> found.group(1).strip().equals(run.title()))
                .map(found -> found.group(2)).findFirst();
    }
}
