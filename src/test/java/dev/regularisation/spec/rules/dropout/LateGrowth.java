package dev.regularisation.spec.rules.dropout;

import dev.regularisation.data.LinearProblem;
import dev.regularisation.plot.Axis;
import dev.regularisation.plot.DistributionPicture;
import dev.regularisation.plot.DistributionPicture.Group;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.ReferenceLine;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.StudyRows;
import dev.regularisation.spec.rules.Norms;
import dev.regularisation.study.Measure;
import dev.regularisation.study.StudyRow;
import dev.regularisation.support.PostRuns;
import dev.regularisation.training.History;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.StatUtils;

/** By what factors Σθ² rises late in runs over seeds: of the post's, and of dropout over 3,000 epochs with several decays. */
final class LateGrowth {

    /** Weight decays of the longer runs. */
    private static final List<String> DECAYS = List.of("0", "1e-4", "1e-3");

    private LateGrowth() {
    }

    /** Runs with dropout over 3,000 epochs. */
    static StudyRows longer(Runs runs, double decay) {
        return runs.variants((decay == 0 ? "" : "weight_decay=" + decay + " ") + "epochs=3000");
    }

    /** In the second quarter, and then in the second half, at every seed. */
    static double[] of(StudyRows rows, PostExperiment method) {
        return Stream.<ToDoubleFunction<StudyRow>>of(Norms::earlyGrowth, Norms::lateGrowth)
                .flatMapToDouble(growth -> rows.of(method).stream().mapToDouble(growth)).toArray();
    }

    /** The same of the post's run at its seed on a backend, and then at every other seed. */
    static double[] ofPost(Runs runs, PostExperiment method) {
        History h = runs.of(method).history();
        return DoubleStream.concat(DoubleStream.of(Norms.earlyGrowth(h), Norms.lateGrowth(h)),
                Arrays.stream(of(runs.seeds(), method))).toArray();
    }

    /** In the second half of the post's dropout run with a decay, which the notebook does not have. */
    static double atPosts(Runs runs, double decay) {
        return Norms.lateGrowth(runs.train(PostExperiment.DROPOUT.plan(PostRuns.SEED, PostRuns.TRAIN_SIZE).toBuilder()
                .problem(new LinearProblem(50, PostRuns.TRAIN_SIZE, 100, 0.2)).weightDecay(decay).build()).history());
    }

    /** In the second half of longer runs with dropout, at every seed. */
    static double[] half(Runs runs, double decay) {
        return longer(runs, decay).of(PostExperiment.DROPOUT).stream().mapToDouble(Norms::lateGrowth).toArray();
    }

    private static double[] half(String decay) {
        return half(Runs.CPU, Double.parseDouble(decay));
    }

    static List<String> header() {
        return List.of("weight decay", "seeds", "Σθ² at first", "half way", "at the end", "end / half way, least", "median",
                "greatest", "best validation loss");
    }

    /** Medians over the seeds of the longer runs. */
    static List<List<String>> rows() {
        return DECAYS.stream().map(decay -> {
            StudyRows rows = longer(Runs.CPU, Double.parseDouble(decay));
            double[] factors = half(decay);
            return List.of(decay, Document.format("%d", factors.length), median("%.1f", rows, Measure.L2_FIRST),
                    median("%.1f", rows, Measure.L2_HALF), median("%.1f", rows, Measure.L2_LAST),
                    Document.format("%.2f", StatUtils.min(factors)), Document.format("%.2f", StatUtils.percentile(factors, 50)),
                    Document.format("%.2f", StatUtils.max(factors)), median("%.4f", rows, Measure.BEST_VALIDATION_LOSS));
        }).toList();
    }

    private static String median(String format, StudyRows rows, Measure measure) {
        return Document.format(format, StatUtils.percentile(rows.of(PostExperiment.DROPOUT, measure), 50));
    }

    /** Norms of the post's runs at its seed. */
    static Picture paths() {
        return SeriesPicture.ofCurves("The parameters with and without dropout", "200 training samples, the post's seed",
                Axis.linear("Epoch"), Axis.linear("Squared L2 norm Σθ² of all parameters").covering(0, 0),
                Stream.of(PostExperiment.MLP, PostExperiment.DROPOUT).map(method -> Series.byEpoch(method.title(),
                        Palette.of(method), Norms.squared(Runs.CPU.of(method).history()))).toList(), List.of()).picture();
    }

    /** The factors of the longer runs' second half. */
    static Picture distribution() {
        return new DistributionPicture("How the parameters grow on, by weight decay",
                "Dropout, 3,000 epochs, 200 training samples; a point is a seed", Axis.log("Σθ² at the end over Σθ² half way"),
                DECAYS.stream().map(decay -> Group.of("decay " + decay, Palette.series(DECAYS.indexOf(decay)),
                        half(decay))).toList(), "",
                List.of(ReferenceLine.vertical("A tenth more", Norms.STEADY))).picture();
    }

    /** The factors behind {@link #distribution}. */
    static Map<String, double[]> series() {
        Map<String, double[]> columns = new LinkedHashMap<>();
        DECAYS.forEach(decay -> columns.put("decay " + decay, half(decay)));
        return columns;
    }
}
