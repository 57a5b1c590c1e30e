package dev.regularisation.spec.rules.l1;

import dev.regularisation.data.LinearProblem;
import dev.regularisation.plot.Axis;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.StudyRows;
import dev.regularisation.spec.rules.Parameters;
import dev.regularisation.study.Changes;
import dev.regularisation.study.Measure;
import dev.regularisation.study.StudyCell;
import dev.regularisation.study.StudyRow;
import dev.regularisation.support.PostRuns;
import dev.regularisation.training.TrainingPlan;
import dev.regularisation.training.TrainingResult;
import java.awt.Color;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What is sparse in a network.
 *
 * @param lit      share of hidden neurons that light up (h &gt; 0) for a validation sample, on average
 * @param nearZero share of weights, biases not counted, nearer to zero than one step of the optimiser
 * @param dark     number of hidden neurons that light up for none of the samples
 */
record Sparsity(double lit, double nearZero, int dark) {

    private static final String SETTINGS = "activation_l1=0.021";
    private static final int NEURONS = 50;
    private static final int SAMPLES = 1000;

    /** Where the penalty of one strength is put. */
    enum Penalised {
        NOTHING("Plain MLP", Palette.VERMILION), PARAMETERS("L1 on parameters", Palette.GREEN),
        ACTIVATIONS("L1 on activations", Palette.BLUE);

        private final String title;
        private final Color colour;

        Penalised(String title, Color colour) {
            this.title = title;
            this.colour = colour;
        }

        private PostExperiment experiment() {
            return this == PARAMETERS ? PostExperiment.L1 : PostExperiment.MLP;
        }

        private StudyCell posts() {
            StudyCell cell = StudyCell.asInPost(experiment(), PostRuns.TRAIN_SIZE, PostRuns.SEED);
            return this == ACTIVATIONS ? cell.with(Changes.parse(SETTINGS)) : cell;
        }

        private Stream<StudyRow> seeds(Runs runs) {
            StudyRows variants = runs.variants(SETTINGS);
            StudyRows rows = this == ACTIVATIONS ? variants : runs.seeds();
            return rows.of(experiment()).stream().limit(variants.seeds().size());
        }
    }

    /** The network with the penalty on activations, at the post's seed, on a backend. */
    static TrainingResult trained(Runs runs) {
        TrainingPlan plan = Penalised.ACTIVATIONS.posts().plan();
        // Training does not see the validation samples, which elsewhere are few, for speed.
        return runs.train(runs.areReference() ? plan
                : plan.toBuilder().problem(new LinearProblem(50, PostRuns.TRAIN_SIZE, SAMPLES, 0.2)).build());
    }

    /** At the post's seed on a backend, then at other seeds, the same for each. */
    static List<Sparsity> of(Runs runs, Penalised penalised) {
        TrainingResult posts = penalised == Penalised.ACTIVATIONS ? trained(runs) : runs.of(penalised.experiment());
        return Stream.concat(Stream.of(StudyRow.of(penalised.posts(), posts)), penalised.seeds(runs)).map(run ->
                new Sparsity(run.get(Measure.LIT) / (NEURONS * SAMPLES), Parameters.withinStep(run),
                        (int) run.get(Measure.DARK))).toList();
    }

    static List<String> header() {
        return List.of("penalty", "neurons lit per sample", "weights within 0.01 of zero", "neurons lit by no sample");
    }

    List<String> row(Penalised penalised) {
        return List.of(penalised.title, Document.format("%.3f", lit), Document.format("%.3f", nearZero), dark + " of 50");
    }

    static double[] values(List<Sparsity> sparsities, ToDoubleFunction<Sparsity> value) {
        return sparsities.stream().mapToDouble(value).toArray();
    }

    static Picture picture(Map<Penalised, List<Sparsity>> all) {
        return new SeriesPicture("What is sparse: weights or activations",
                "200 samples; seed 42 and " + (all.get(Penalised.NOTHING).size() - 1) + " others",
                Axis.linear("Share of weights within 0.01 of zero").covering(0, 1),
                Axis.linear("Share of neurons lit per sample").covering(0, 0.7), all.entrySet().stream().map(entry ->
                        Series.of(entry.getKey().title, entry.getKey().colour, values(entry.getValue(), Sparsity::nearZero),
                                values(entry.getValue(), Sparsity::lit))).toList(), List.of(), List.of(), false).picture();
    }

    static Map<String, double[]> series(Map<Penalised, List<Sparsity>> all) {
        Map<String, double[]> columns = new LinkedHashMap<>();
        all.forEach((penalised, sparsities) -> {
            columns.put(penalised.title + ": lit", values(sparsities, Sparsity::lit));
            columns.put(penalised.title + ": weights near zero", values(sparsities, Sparsity::nearZero));
        });
        return columns;
    }
}
