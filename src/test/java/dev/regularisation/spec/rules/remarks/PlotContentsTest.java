package dev.regularisation.spec.rules.remarks;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.exactly;

import dev.regularisation.plot.ComparisonPicture;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.TrainingPicture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.RuleTest;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import dev.regularisation.spec.rules.Methods;
import dev.regularisation.spec.rules.remarks.ReadBack.Shown;
import dev.regularisation.training.TrainingResult;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

@Rule(id = "plot.contents", section = Section.REMARKS, strength = Strength.CLAIM,
        statement = "A picture of a run holds both losses, the least of each, the epoch of the least validation loss, the path of every "
                + "parameter and both norms; the comparison holds the least losses of every run beside the linear model's.",
        related = {"erratum.comparison-labels", "erratum.l2-norm-is-squared"})
final class PlotContentsTest extends RuleTest<PlotContentsTest.Evidence> {

    private static final List<PostExperiment> RUNS = List.of(PostExperiment.values());

    /** What the pictures say, read back: of the plain network's run; of each run in the comparison, and of its lines. */
    record Evidence(Map<String, Shown> training, Map<String, Shown> comparison, Map<String, Shown> lines) {

        static Evidence of(TrainingResult run, Map<PostExperiment, TrainingResult> drawn) {
            Picture comparison = ComparisonPicture.of(drawn, "All runs");
            return new Evidence(ReadBack.training(TrainingPicture.of(run, "The plain network"), run.history()),
                    ReadBack.comparison(comparison, Runs.CPU.of(RUNS)),
                    ReadBack.lines(comparison, Runs.CPU.of(PostExperiment.LINEAR)));
        }

        Evidence with(String name, String shown) {
            Map<String, Shown> other = new LinkedHashMap<>(training);
            other.computeIfPresent(name, (key, was) -> new Shown(shown, was.measured()));
            return new Evidence(other, comparison, lines);
        }
    }

    @Override
    protected Evidence evidence() {
        return Evidence.of(Runs.CPU.of(PostExperiment.MLP), Runs.CPU.of(RUNS));
    }

    @Override
    protected Finding asSaid(Evidence e) {
        return all(exactly("the picture of a run has all of its quantities", e.training.size() == ReadBack.quantities(), "%d",
                        e.training.size()),
                ReadBack.areRounded("each is that of the run, rounded", e.training),
                exactly("the comparison has two losses of every run", e.comparison.size() == 2 * RUNS.size(), "%d", e.comparison.size()),
                ReadBack.areRounded("each stands under the name of its run, rounded", e.comparison),
                exactly("beside them are lines of two losses", e.lines.size() == 2, "%d", e.lines.size()),
                ReadBack.areRounded("which are the linear model's, rounded", e.lines));
    }

    @Override
    protected Map<String, Evidence> counterexamples(Evidence e) {
        Map<PostExperiment, TrainingResult> swapped = new EnumMap<>(Runs.CPU.of(RUNS));
        swapped.put(PostExperiment.L1, Runs.CPU.of(PostExperiment.DROPOUT));
        Map<PostExperiment, TrainingResult> another = new EnumMap<>(Runs.CPU.of(RUNS));
        another.put(PostExperiment.LINEAR, Runs.CPU.of(PostExperiment.MLP));
        return Map.of("losses that are swapped", e.with("least training loss", e.training.get("least validation loss").printed()),
                "a best epoch that is the last", e.with("epoch of the least validation loss", "1,000"),
                "a norm in the place of another", e.with("last squared L2 norm", e.training.get("last L1 norm").printed()),
                "a picture without paths", new Evidence(Map.of(), e.comparison, e.lines),
                "dropout under the name of L1", Evidence.of(Runs.CPU.of(PostExperiment.MLP), swapped),
                "lines of another network", Evidence.of(Runs.CPU.of(PostExperiment.MLP), another),
                "a comparison of networks only", Evidence.of(Runs.CPU.of(PostExperiment.MLP), Runs.CPU.of(Methods.MLPS)));
    }

    @Override
    protected void describe(Document page, Evidence e) {
        page.figure("%d quantities of a run and %d losses of the comparison read back", e.training.size(),
                        e.comparison.size() + e.lines.size())
                .table("training", List.of("quantity", "in the picture", "of the run"), e.training.entrySet().stream().map(q -> List.of(
                        q.getKey(), q.getValue().printed(), Document.format("%.6g", q.getValue().measured())))
                        .toList())
                .picture("run", TrainingPicture.of(Runs.CPU.of(PostExperiment.MLP), "The plain network"));
    }
}
