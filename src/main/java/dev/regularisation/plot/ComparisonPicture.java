package dev.regularisation.plot;

import dev.regularisation.post.PostExperiment;
import dev.regularisation.training.History;
import dev.regularisation.training.TrainingResult;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * All runs together: validation and training losses against epoch, and the best validation loss of each.
 *
 * <p>The post's last figure pairs six labels with seven runs; here each run carries its own.
 */
public final class ComparisonPicture {

    private static final int CURVES_HEIGHT = 500;
    private static final int AROUND_ROWS = 100;

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
    public record Run(String name, Color colour, Line line, History history) {

        /** A run of one of the post's experiments, with its name, colour and line. */
        public static Run of(PostExperiment experiment, History history) {
            return new Run(experiment.title(), Palette.of(experiment), Palette.line(experiment), history);
        }
    }

    /** Compares runs of the post's experiments in the map's order; an {@link java.util.EnumMap} has the post's. */
    public static Picture of(Map<PostExperiment, TrainingResult> results, String title) {
        List<Run> runs = results.entrySet().stream().map(e -> Run.of(e.getKey(), e.getValue().history())).toList();
        String data = results.values().stream().map(result -> PlanLine.data(result.plan())).distinct()
                .collect(Collectors.joining("; "));
        return of(runs, title, data);
    }

    /** Compares any runs; the subtitle says what they have in common. */
    public static Picture of(List<Run> runs, String title, String subtitle) {
        Texts.requireSome("run", runs);
        List<String> notes = new ArrayList<>();
        List<LineMark> validation = new ArrayList<>();
        List<LineMark> training = new ArrayList<>();
        for (Run run : runs) {
            double[] epochs = Losses.epochs(run.history());
            training.add(line(run, epochs, run.history().trainLosses()));
            validation.add(line(run, epochs, run.history().validationLosses()));
            notes.addAll(Losses.notes(" of " + run.name(), run.history()));
        }
        Axis loss = Axis.log("Mean squared error");
        Panel left = Panel.of("(a) Validation loss", Axis.epochs(), loss, validation);
        Panel right = Panel.of("(b) Training loss", Axis.epochs(), loss, training);
        return new Page(title, subtitle, notes, List.of(
                Page.Row.of(CURVES_HEIGHT, left, right),
                Page.Row.of(AROUND_ROWS + runs.size() * Rows.HEIGHT, best(runs)))).draw(altText(runs, title, notes));
    }

    private static LineMark line(Run run, double[] epochs, double[] losses) {
        return new LineMark(run.name(), run.colour(), run.line(), epochs, losses);
    }

    private static PointsMark point(Run run, Key.Symbol symbol, int row, double loss) {
        return new PointsMark("", run.colour(), symbol, 13, 1, new double[] {loss}, new double[] {row});
    }

    private static Panel best(List<Run> runs) {
        List<Mark> marks = new ArrayList<>();
        for (int row = 0; row < runs.size(); row++) {
            Run run = runs.get(row);
            History history = run.history();
            double best = history.validationLoss(history.bestEpoch());
            double last = history.validationLoss(history.epochs());
            marks.add(new SpanMark(Style.fade(run.colour(), 0.45), 3, row, best, last));
            marks.add(point(run, Key.Symbol.RING, row, last));
            marks.add(point(run, Key.Symbol.DOT, row, best));
        }
        return Panel.of("(c) Best validation loss (filled) and last (open)", Axis.log("Mean squared error"),
                new Rows(runs.stream().map(Run::name).toList(),
                        runs.stream().map(run -> Losses.best(run.history())).toList()), marks);
    }

    private static String altText(List<Run> runs, String title, List<String> notes) {
        return title + ". Three panels: validation loss and training loss against epoch on logarithmic axes for "
                + runs.size() + " runs, and the best validation loss of each: "
                + runs.stream().map(run -> run.name() + " " + Losses.best(run.history()))
                        .collect(Collectors.joining("; "))
                + "." + Texts.sentences(notes);
    }
}
