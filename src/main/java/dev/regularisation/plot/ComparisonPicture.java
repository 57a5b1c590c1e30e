package dev.regularisation.plot;

import dev.regularisation.post.PostExperiment;
import dev.regularisation.training.History;
import dev.regularisation.training.TrainingResult;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jfree.chart.ui.Layer;

/**
 * All runs together: validation and training losses against epoch, and the least of each, beside those of the linear model as
 * benchmarks where it is among the runs.
 *
 * <p>The post's last figure pairs six labels with seven runs; here each run carries its own.
 */
public final class ComparisonPicture {

    private static final int CURVES_HEIGHT = 720;

    private ComparisonPicture() {
    }

    /**
     * One run of a comparison.
     *
     * @param name    its label
     * @param colour  its colour
     * @param line    how its curves are drawn
     * @param history what happened
     */
    public record Run(String name, Color colour, LineStyle line, History history) {

        /** A run of one of the post's experiments, with its name, colour and line. */
        public static Run of(PostExperiment experiment, History history) {
            return new Run(experiment.title(), Palette.of(experiment), Palette.line(experiment), history);
        }

        private Series curve(double[] losses) {
            return Series.byEpoch(name, colour, losses).drawn(line);
        }
    }

    /** Compares runs of the post's experiments in the map's order; an {@link java.util.EnumMap} has the post's. */
    public static Picture of(Map<PostExperiment, TrainingResult> results, String title) {
        List<Run> runs = results.entrySet().stream().map(e -> Run.of(e.getKey(), e.getValue().history())).toList();
        return of(runs, title, results.values().stream().map(result -> Texts.data(result.plan())).distinct()
                .collect(Collectors.joining("; ")));
    }

    /** Compares any runs; the subtitle says what they have in common. */
    public static Picture of(List<Run> runs, String title, String subtitle) {
        Texts.requireSome("run", runs);
        List<String> notes = new ArrayList<>();
        Panel validation = new Panel(Axis.epochs(), Axis.log("(a) Validation loss"));
        Panel training = new Panel(Axis.epochs(), Axis.log("(b) Training loss"));
        for (Run run : runs) {
            validation.curve(run.curve(run.history().validationLosses()));
            training.curve(run.curve(run.history().trainLosses()));
            notes.addAll(Texts.notes(" of " + run.name(), run.history()));
        }
        return new Composition(title, List.of(subtitle), notes).draw(altText(runs, title, notes),
                new Composition.Part(Panel.above(validation, training), CURVES_HEIGHT),
                best(runs).rows(), leastTraining(runs).rows());
    }

    private static Panel best(List<Run> runs) {
        Panel panel = Panel.ofRows(Axis.log("(c) Best validation loss (filled) and last (open), mean squared error"),
                runs.stream().map(Run::name).toList(), runs.stream().map(run -> Texts.best(run.history())).toList());
        Shape disc = Style.circle(13);
        Shape ring = new BasicStroke(2).createStrokedShape(disc);
        for (int row = 0; row < runs.size(); row++) {
            Color colour = runs.get(row).colour();
            History history = runs.get(row).history();
            double best = history.validationLoss(history.bestEpoch());
            double last = history.validationLoss(history.epochs());
            panel.bar(Style.fade(colour, 0.45), null, 3, row, best, last)
                    .point("", colour, ring, row, last).point("", colour, disc, row, best);
        }
        return panel.references(bestOfLinear(runs), Layer.BACKGROUND);
    }

    private static Panel leastTraining(List<Run> runs) {
        Panel panel = Panel.ofRows(Axis.log("(d) Least training loss, mean squared error"),
                runs.stream().map(Run::name).toList(), runs.stream().map(run -> Texts.leastTraining(run.history())).toList());
        for (int row = 0; row < runs.size(); row++) {
            History history = runs.get(row).history();
            panel.point("", runs.get(row).colour(), Style.circle(13), row, history.trainLoss(history.bestTrainEpoch()));
        }
        return panel.references(leastOfLinear(runs), Layer.BACKGROUND);
    }

    private static List<ReferenceLine> bestOfLinear(List<Run> runs) {
        return benchmark("Linear model's best validation loss", runs, history -> history.validationLoss(history.bestEpoch()));
    }

    private static List<ReferenceLine> leastOfLinear(List<Run> runs) {
        return benchmark("Linear model's least training loss", runs, history -> history.trainLoss(history.bestTrainEpoch()));
    }

    /** A line across all rows where the linear model is. */
    private static List<ReferenceLine> benchmark(String name, List<Run> runs, ToDoubleFunction<History> loss) {
        return runs.stream().filter(run -> run.name().equals(PostExperiment.LINEAR.title())).map(Run::history)
                .mapToDouble(loss).filter(Double::isFinite).mapToObj(value -> ReferenceLine.horizontal(name, value))
                .toList();
    }

    private static String altText(List<Run> runs, String title, List<String> notes) {
        String lines = Stream.of(bestOfLinear(runs), leastOfLinear(runs)).flatMap(List::stream)
                .map(line -> line.name() + " " + Numbers.of(line.value())).collect(Collectors.joining("; "));
        return title + ". Four panels: validation loss and training loss against epoch on logarithmic axes for "
                + runs.size() + " runs, and the best validation loss of each: "
                + runs.stream().map(run -> run.name() + " " + Texts.best(run.history())).collect(Collectors.joining("; "))
                + "; and the least training loss of each: "
                + runs.stream().map(run -> run.name() + " " + Texts.leastTraining(run.history())).collect(Collectors.joining("; "))
                + "." + (lines.isEmpty() ? "" : " Lines across the rows: " + lines + ".") + Texts.sentences(notes);
    }
}
