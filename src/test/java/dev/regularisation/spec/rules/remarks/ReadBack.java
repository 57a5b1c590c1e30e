package dev.regularisation.spec.rules.remarks;

import dev.regularisation.plot.Picture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Finding;
import dev.regularisation.training.History;
import dev.regularisation.training.TrainingResult;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
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
    private static final Pattern COMPARISON = Pattern.compile("the best validation loss of each: (.*); and the least training loss "
            + "of each: (.*?)\\.(?: Lines across the rows: (.*?)\\.)?(?= |$)");
    private static final Pattern BEST = Pattern.compile("(.+) " + NUMBER + " at epoch " + NUMBER);
    private static final Pattern LEAST = Pattern.compile("(.+) " + NUMBER);
    /** Rounded to the digits that are printed, in units of the last one. */
    private static final double ROUNDED = 0.5 + 1e-6;

    private ReadBack() {
    }

    /**
     * A number that a picture shows.
     *
     * @param printed  as it is printed
     * @param measured of the run that it should be of
     */
    record Shown(String printed, double measured) {

        /** The difference in units of the last digit that is printed; infinite where no number is. */
        double units() {
            if (printed.isEmpty()) {
                return Double.POSITIVE_INFINITY;
            }
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

    /** That all is as it was measured, but for having been rounded. */
    static Finding areRounded(String what, Map<String, Shown> shown) {
        return Finding.atMost(what, ROUNDED, shown.values().stream().mapToDouble(Shown::units).reduce(0, Math::max));
    }

    /** What a comparison says of the runs, by their names; what it says of anything else, under its words and as no number. */
    static Map<String, Shown> comparison(Picture picture, Map<PostExperiment, TrainingResult> runs) {
        Map<String, Shown> shown = new LinkedHashMap<>();
        Matcher text = COMPARISON.matcher(picture.altText());
        if (text.find()) {
            put(shown, text.group(1), BEST, runs, ", least validation loss", ReadBack::best);
            put(shown, text.group(2), LEAST, runs, ", least training loss", ReadBack::least);
        }
        return shown;
    }

    /** What a comparison says of its lines, which are the linear model's. */
    static Map<String, Shown> lines(Picture picture, TrainingResult linear) {
        Map<String, Shown> shown = new LinkedHashMap<>();
        Matcher text = COMPARISON.matcher(picture.altText());
        if (text.find() && text.group(3) != null) {
            Map<String, Double> measured = Map.of("Linear model's best validation loss", best(linear.history()),
                    "Linear model's least training loss", least(linear.history()));
            for (String entry : text.group(3).split("; ")) {
                Matcher line = LEAST.matcher(entry);
                shown.put(entry, line.matches() && measured.containsKey(line.group(1))
                        ? new Shown(line.group(2), measured.get(line.group(1))) : new Shown("", Double.NaN));
            }
        }
        return shown;
    }

    private static double best(History history) {
        return history.validationLoss(history.bestEpoch());
    }

    private static double least(History history) {
        return history.trainLoss(history.bestTrainEpoch());
    }

    private static void put(Map<String, Shown> shown, String entries, Pattern pattern, Map<PostExperiment, TrainingResult> runs,
            String quantity, ToDoubleFunction<History> loss) {
        for (String entry : entries.split("; ")) {
            Matcher said = pattern.matcher(entry);
            Optional<PostExperiment> run = runs.keySet().stream()
                    .filter(method -> said.matches() && said.group(1).equals(method.title())).findFirst();
            shown.put(run.map(method -> method.title() + quantity).orElse(entry), run.map(method -> new Shown(said.group(2),
                    loss.applyAsDouble(runs.get(method).history()))).orElse(new Shown("", Double.NaN)));
        }
    }
}
