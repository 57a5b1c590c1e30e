package dev.regularisation.spec.rules;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.data.Samples;
import dev.regularisation.nn.Activations;
import dev.regularisation.nn.Dropout;
import dev.regularisation.nn.DropoutMasks;
import dev.regularisation.nn.MeanSquaredError;
import dev.regularisation.nn.Mlp;
import dev.regularisation.plot.Axis;
import dev.regularisation.plot.DistributionPicture;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.post.PublishedFigures;
import dev.regularisation.random.TorchGenerator;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.StudyRows;
import dev.regularisation.support.PostRuns;
import dev.regularisation.training.TrainingResult;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Best validation losses: at the post's seed against the published ones, and paired over seeds. */
public final class Validation {

    /** The variance of the labels' noise, below which no model's loss is but by chance. */
    public static final double NOISE = 0.04;

    private Validation() {
    }

    /** The least validation loss of all epochs. */
    public static double best(TrainingResult result) {
        return PublishedFigures.Quantity.BEST_VALIDATION_LOSS.of(result);
    }

    /** Best validation losses of two methods at the same seeds. */
    public static PairedSeeds paired(StudyRows rows, PostExperiment candidate, PostExperiment baseline) {
        return new PairedSeeds("best validation loss", candidate.id(), rows.bestValidationLosses(candidate),
                baseline.id(), rows.bestValidationLosses(baseline));
    }

    /** The header of {@link #published}. */
    public static List<String> header() {
        return List.of("Quantity", "Published", "Ours", "Source");
    }

    /** Published figures beside ours, at the post's seed. */
    public static List<List<String>> published(PostExperiment experiment) {
        TrainingResult result = PostRuns.of(experiment);
        return PublishedFigures.of(experiment).stream()
                .map(figure -> List.of(figure.quantity().title(), figure.printed(),
                figure.round(figure.quantity().of(result)), figure.source())).toList();
    }

    /** The distribution over seeds, one row for each method, the post's seed beside it. */
    public static Picture distribution(StudyRows rows, String title, PostExperiment... methods) {
        List<DistributionPicture.Group> groups = Arrays.stream(methods)
                .map(method -> new DistributionPicture.Group(method.title(), Palette.of(method),
                        rows.bestValidationLosses(method), best(PostRuns.of(method)))).toList();
        return new DistributionPicture(title, Document.format("%d seeds, 200 training samples", rows.seeds().size()),
                Axis.linear("Best validation loss").covering(0, 0), groups, "the post's seed", List.of()).picture();
    }

    /** What the notebook prints. */
    public static String printed(PostExperiment method, PublishedFigures.Quantity quantity) {
        return PublishedFigures.of(method).stream().filter(figure -> figure.quantity() == quantity).findFirst().orElseThrow().printed();
    }

    /** The best validation loss that the notebook prints. */
    public static double publishedBest(PostExperiment method) {
        return Double.parseDouble(printed(method, PublishedFigures.Quantity.BEST_VALIDATION_LOSS));
    }

    /** That the figure which the notebook prints lies in a band of best losses, of runs a last place apart. */
    public static Finding publishedWithin(PostExperiment method, double... band) {
        return Finding.within("the published figure lies among the best losses of runs within rounding of the post's",
                Arrays.stream(band).min().orElse(Double.NaN), Arrays.stream(band).max().orElse(Double.NaN),
                publishedBest(method));
    }

    /** Best validation losses at each seed, by method. */
    public static Map<String, double[]> series(StudyRows rows, PostExperiment... methods) {
        Map<String, double[]> columns = new LinkedHashMap<>();
        columns.put("seed", rows.seeds().stream().mapToDouble(Long::doubleValue).toArray());
        for (PostExperiment method : methods) {
            columns.put(method.id(), rows.bestValidationLosses(method));
        }
        return columns;
    }

    /** Validation loss of a best model when masks are drawn as in training. */
    public static double withDropoutOn(TrainingResult result) {
        Backend backend = new CpuBackend();
        Samples samples = result.data().validation();
        Mlp network = new Mlp(backend, result.plan().layers());
        backend.write(result.best().parameters(), network.parameters());
        Activations activations = network.activations(samples.size());
        network.forward(Inputs.of(backend, samples, samples.size()), activations, DropoutMasks.draw(
                new Dropout(result.plan().dropout()), network, samples.size(), new TorchGenerator(PostRuns.SEED)), 0);
        return new MeanSquaredError().value(backend, activations.prediction(),
                backend.tensor(1, samples.size(), Inputs.labels(samples, samples.size())));
    }
}
