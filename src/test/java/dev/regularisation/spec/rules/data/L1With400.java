package dev.regularisation.spec.rules.data;

import dev.regularisation.plot.Axis;
import dev.regularisation.plot.ComparisonPicture;
import dev.regularisation.plot.DistributionPicture;
import dev.regularisation.plot.DistributionPicture.Group;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.ReferenceLine;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.rules.Methods;
import dev.regularisation.study.Measure;
import dev.regularisation.support.Golden;
import dev.regularisation.training.TrainingResult;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** L1 and the linear model with 400 samples over seeds, and all methods with as many at the post's. */
final class L1With400 {

    private L1With400() {
    }

    /** L1's best validation losses as multiples of the linear model's at the same seed. */
    static double[] ratios(Runs runs) {
        return runs.seeds(400).ratios(PostExperiment.L1, PostExperiment.LINEAR, Measure.BEST_VALIDATION_LOSS);
    }

    static List<String> header() {
        return List.of("method", "ours, 200", "ours, 400", "400: times the linear model's", "PyTorch, 400",
                "PyTorch in float64, 400");
    }

    static List<List<String>> rows() {
        Map<PostExperiment, Double> at200 = Methods.validation(Runs.CPU.backend(), 200);
        Map<PostExperiment, Double> at400 = Methods.validation(Runs.CPU.backend(), 400);
        return Stream.of(PostExperiment.values()).map(method -> List.of(method.title(),
                Document.format("%.4f", at200.get(method)),
                Document.format("%.4f", at400.get(method)),
                Document.format("%.2f", at400.get(method) / at400.get(PostExperiment.LINEAR)), torch(method, "float32"),
                torch(method, "float64"))).toList();
    }

    /** L1's best validation loss over the linear model's, of PyTorch at the post's seed in float32 and in float64. */
    static double[] ofPyTorch(int trainSize) {
        return Stream.of("float32", "float64").mapToDouble(precision -> torch(PostExperiment.L1, trainSize, precision)
                / torch(PostExperiment.LINEAR, trainSize, precision)).toArray();
    }

    private static String torch(PostExperiment method, String precision) {
        return Document.format("%.4f", torch(method, 400, precision));
    }

    private static double torch(PostExperiment method, int trainSize, String precision) {
        return Golden.member(Golden.member(Golden.read("training.json"), method.id() + " train=" + trainSize + " " + precision),
                "best_val").doubleValue();
    }

    static Picture picture() {
        Map<PostExperiment, TrainingResult> runs = new EnumMap<>(PostExperiment.class);
        Stream.of(PostExperiment.values()).forEach(method -> runs.put(method, Runs.CPU.of(method, 400)));
        return ComparisonPicture.of(runs, "All methods with 400 samples");
    }

    static Picture distribution(double[] ratios, double post) {
        return new DistributionPicture("L1 against the linear model, both with 400 samples", "A point is a seed",
                Axis.log("L1's best validation loss over the linear model's"),
                List.of(new Group("L1, 400", Palette.of(PostExperiment.L1), ratios, post)), "the post's seed",
                List.of(ReferenceLine.vertical("Linear model", 1))).picture();
    }
}
