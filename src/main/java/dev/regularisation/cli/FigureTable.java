package dev.regularisation.cli;

import dev.regularisation.data.LinearProblem;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.post.PublishedFigures.Figure;
import dev.regularisation.post.PublishedFigures.Quantity;
import dev.regularisation.post.PublishedFigures;
import dev.regularisation.results.Baselines;
import dev.regularisation.training.TrainingPlan;
import dev.regularisation.training.TrainingResult;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** The figures of runs as text; beside the post's where the runs are the post's. */
final class FigureTable {


    private final List<PostExperiment> experiments;
    private final List<TrainingResult> results;

    FigureTable(List<PostExperiment> experiments, List<TrainingResult> results) {
        this.experiments = experiments;
        this.results = results;
    }

    void print(PrintWriter out) {
        out.println();
        TrainingPlan plan = results.get(0).plan();
        boolean published = plan.seed() == TrainingPlan.POST_SEED && plan.problem().equals(LinearProblem.POST);
        if (published) {
            printBesidePublished(out);
        } else {
            printOurs(out, plan);
        }
        printBaselines(out);
        printRemarks(out);
        out.println();
    }

    /** The experiments of a table share their samples, and with them what linear models in closed form reach there. */
    private void printBaselines(PrintWriter out) {
        FitLines lines = new FitLines();
        for (TrainingResult result : results) {
            Baselines baselines = Baselines.of(result);
            lines.add(baselines.leastSquares());
            baselines.ridge().ifPresent(lines::add);
        }
        lines.print(out);
    }

    private void printRemarks(PrintWriter out) {
        for (int i = 0; i < experiments.size(); i++) {
            for (String remark : results.get(i).remarks()) {
                out.println(experiments.get(i).id() + ": " + remark);
            }
        }
    }

    private void printBesidePublished(PrintWriter out) {
        String row = "%-17s %-21s %10s %10s   %s%n";
        out.printf(Locale.ROOT, row, "experiment", "quantity", "published", "ours", "every printed digit agrees");
        int agreeing = 0;
        int total = 0;
        for (int i = 0; i < experiments.size(); i++) {
            for (Figure figure : PublishedFigures.of(experiments.get(i))) {
                double ours = figure.quantity().of(results.get(i));
                boolean agrees = figure.agrees(ours);
                agreeing += agrees ? 1 : 0;
                total++;
                out.printf(Locale.ROOT, row, experiments.get(i).id(),
                        figure.quantity().title(),
                        figure.printed(), figure.round(ours), agrees ? "yes" : "no");
            }
        }
        out.printf(Locale.ROOT, "%d of %d figures agree to every printed digit.%n", agreeing, total);
        out.println("R2 is of the final model, as in the post. L1 and minibatches amplify rounding from the start, weight "
                + "decay and L2 after their best epoch: the digits that differ depend on the order of float32 sums.");
    }

    private void printOurs(PrintWriter out, TrainingPlan plan) {
        out.printf(Locale.ROOT, "%d training samples, seed %d; the post's notebook prints figures for %d and %d.%n",
                plan.problem().trainSize(), plan.seed(), LinearProblem.POST.trainSize(), TrainingPlan.POST_SEED);
        out.printf(Locale.ROOT, "%-17s %16s %21s %6s %10s %14s%n", "experiment", "best train loss",
                "best validation loss", "epoch", "R2 train", "R2 validation");
        for (int i = 0; i < experiments.size(); i++) {
            TrainingResult result = results.get(i);
            out.printf(Locale.ROOT, "%-17s %16.4g %21.4f %6d %10.4f %14.4f%n", experiments.get(i).id(),
                    Quantity.BEST_TRAIN_LOSS.of(result), Quantity.BEST_VALIDATION_LOSS.of(result),
                    result.history().bestEpoch(), Quantity.TRAIN_R2.of(result), Quantity.VALIDATION_R2.of(result));
        }
    }
}
