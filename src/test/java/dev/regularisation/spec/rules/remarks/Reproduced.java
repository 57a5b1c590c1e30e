package dev.regularisation.spec.rules.remarks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.regularisation.plot.Axis;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.ReferenceLine;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.post.PublishedFigures;
import dev.regularisation.post.PublishedFigures.Figure;
import dev.regularisation.post.PublishedFigures.Quantity;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Runs;
import dev.regularisation.support.Golden;
import dev.regularisation.training.TrainingResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The figures that the notebook prints, and ours.
 *
 * @param backend that computed ours
 * @param ours    our value of each printed figure
 */
record Reproduced(String backend, Map<Figure, Double> ours) {

    /** Those of a backend's runs, each changed first. */
    static Reproduced of(Runs runs, UnaryOperator<TrainingResult> change) {
        Map<Figure, Double> ours = new LinkedHashMap<>();
        PublishedFigures.all().forEach(f -> ours.put(f, f.quantity().of(change.apply(runs.of(f.experiment())))));
        return new Reproduced(runs.backend(), ours);
    }

    /** The same with one value changed. */
    Reproduced with(PostExperiment experiment, Quantity quantity, double value) {
        Map<Figure, Double> other = new LinkedHashMap<>(ours);
        other.replaceAll((f, was) -> f.experiment() == experiment && f.quantity() == quantity ? value : was);
        return new Reproduced(backend, other);
    }

    /** What a repetition would give that no rounding moves. */
    Reproduced asPrinted() {
        Map<Figure, Double> other = new LinkedHashMap<>(ours);
        other.replaceAll((f, was) -> Double.parseDouble(f.printed()));
        return new Reproduced(backend, other);
    }

    /** That some figures agree in every printed digit. */
    Finding agree(String what, Predicate<Figure> which) {
        List<Figure> asked = ours.keySet().stream().filter(which).toList();
        List<String> different = asked.stream().filter(f -> !f.agrees(ours.get(f))).map(f -> f.experiment().title() + ", "
                + f.quantity().title() + ": printed " + f.printed() + ", ours " + f.round(ours.get(f))).toList();
        return Finding.exactly(what, different.isEmpty(), "%d of %d agree%s", asked.size() - different.size(), asked.size(),
                different.isEmpty() ? "" : "; " + different.get(0));
    }

    long count() {
        return ours.keySet().stream().filter(f -> f.agrees(ours.get(f))).count();
    }

    static long countOfPyTorch() {
        return PublishedFigures.all().stream().filter(f -> pyTorch(f).equals(f.printed())).count();
    }

    /** Figures of a run of which PyTorch, run again, has other digits. */
    static String differencesOfPyTorch(PostExperiment run) {
        List<String> different = PublishedFigures.of(run).stream().filter(f -> !pyTorch(f).equals(f.printed()))
                .map(f -> f.quantity().title() + " " + pyTorch(f) + " for " + f.printed()).toList();
        return different.isEmpty() ? "no other digit" : String.join(", ", different);
    }

    static List<String> header() {
        return List.of("method", "quantity", "published", "ours", "PyTorch run again", "every digit agrees");
    }

    List<List<String>> rows() {
        return ours.keySet().stream().map(f -> List.of(f.experiment().title(), f.quantity().title(), f.printed(),
                f.round(ours.get(f)), pyTorch(f), f.agrees(ours.get(f)) ? "yes" : "no")).toList();
    }

    private static String pyTorch(Figure figure) {
        JsonNode run = Golden.member(Golden.read("training.json"), figure.experiment() + " train=200 float32");
        return figure.round(switch (figure.quantity()) {
            case BEST_TRAIN_LOSS -> Golden.member(run, "best_train").doubleValue();
            case BEST_VALIDATION_LOSS -> Golden.member(run, "best_val").doubleValue();
            case TRAIN_R2 -> Golden.member(run, "final_r2").get(0).doubleValue();
            case VALIDATION_R2 -> Golden.member(run, "final_r2").get(1).doubleValue();
        });
    }

    Picture picture() {
        List<Series> clouds = Stream.of(PostExperiment.values()).map(method -> ours.keySet().stream()
                .filter(f -> f.experiment() == method && f.quantity() == Quantity.BEST_VALIDATION_LOSS)
                .map(f -> Series.of(method.title(), Palette.of(method), new double[] {Double.parseDouble(f.printed())},
                        new double[] {ours.get(f)})).findFirst().orElseThrow()).toList();
        return new SeriesPicture("Best validation loss: published against ours", "The post's seed, 200 training samples",
                Axis.log("Published"), Axis.log("Ours"), clouds, List.of(), List.of(ReferenceLine.identity("Equal")), true).picture();
    }
}
