package dev.regularisation.spec.rules.comparison;

import dev.regularisation.plot.Axis;
import dev.regularisation.plot.BarPicture;
import dev.regularisation.plot.BarPicture.Bar;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.StudyRows;
import dev.regularisation.spec.rules.Methods;
import dev.regularisation.spec.rules.PairedSeeds;
import dev.regularisation.study.Measure;
import dev.regularisation.theory.PairedComparison;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.stat.StatUtils;

/** Gaps by method: at the post's seed, over seeds, and against the plain network's. */
final class GapTable {

    private static final double CONFIDENCE = 0.99;

    private GapTable() {
    }

    /** Gaps between the least losses at each seed. */
    static double[] of(StudyRows rows, PostExperiment method) {
        double[] gaps = rows.bestValidationLosses(method);
        double[] train = rows.of(method, Measure.BEST_TRAIN_LOSS);
        Arrays.setAll(gaps, seed -> gaps[seed] - train[seed]);
        return gaps;
    }

    /** Those against the plain network's. */
    static PairedSeeds paired(StudyRows rows, PostExperiment method) {
        return new PairedSeeds("validation minus training loss", method.id(), of(rows, method), PostExperiment.MLP.id(),
                of(rows, PostExperiment.MLP));
    }

    /** How much of the plain network's gap a method closes, by their means over seeds. */
    static double closed(PostExperiment method) {
        StudyRows rows = Runs.CPU.seeds();
        return 1 - StatUtils.mean(of(rows, method)) / StatUtils.mean(of(rows, PostExperiment.MLP));
    }

    /** The gaps of all networks. */
    static Picture picture() {
        List<Bar> bars = Methods.MLPS.stream().map(method -> {
            double[] gaps = of(Runs.CPU.seeds(), method);
            PairedComparison.Interval interval = PairedComparison.of(gaps, new double[gaps.length], CONFIDENCE).meanInterval();
            return Bar.of(method.title(), Palette.of(method), StatUtils.mean(gaps))
                    .within(interval.from(), interval.to());
        }).toList();
        return new BarPicture("The gap between validation and training loss, by method",
                "Mean over seeds, 200 samples; whiskers: 99 % interval of the mean",
                Axis.linear("Least validation loss minus least training loss"), bars, List.of()).picture();
    }

    static List<String> header() {
        return List.of("method", "gap, the post's seed", "gap, mean of seeds", "change from plain, 99 % interval", "smaller at",
                "p (Wilcoxon)", "above the linear model, mean of seeds", "of that closed");
    }

    /** Rows of all networks; the plain one is compared with nothing. */
    static List<List<String>> rows(List<PairedSeeds> gaps, List<PairedSeeds> losses) {
        Losses post = Losses.of(Runs.CPU, 200);
        double linear = StatUtils.mean(Runs.CPU.seeds().bestValidationLosses(PostExperiment.LINEAR));
        double plain = StatUtils.mean(losses.get(0).others()) - linear;
        List<List<String>> rows = new ArrayList<>(List.of(List.of(PostExperiment.MLP.title(),
                number(post.gap(PostExperiment.MLP)),
                number(StatUtils.mean(gaps.get(0).others())), "", "", "", number(plain), "")));
        for (int i = 0; i < gaps.size(); i++) {
            PostExperiment method = Methods.REGULARISED.get(i);
            PairedComparison c = gaps.get(i).comparison();
            double above = StatUtils.mean(losses.get(i).values()) - linear;
            rows.add(List.of(method.title(), number(post.gap(method)), number(StatUtils.mean(gaps.get(i).values())),
                    change(c), Document.format("%d of %d", c.lower(), c.count()), Document.format("%.1e", c.wilcoxonP()),
                    number(above), Document.format("%.0f %%", 100 * (1 - above / plain))));
        }
        return rows;
    }

    /** The mean difference and its interval. */
    static String change(PairedComparison c) {
        return Document.format("%.3f [%.3f, %.3f]", c.meanDifference(), c.meanInterval().from(), c.meanInterval().to());
    }

    private static String number(double value) {
        return Document.format("%.4f", value);
    }
}
