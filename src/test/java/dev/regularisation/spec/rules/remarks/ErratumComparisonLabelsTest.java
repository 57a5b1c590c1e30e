package dev.regularisation.spec.rules.remarks;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.exactly;

import dev.regularisation.plot.ComparisonPicture;
import dev.regularisation.plot.Picture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.RuleTest;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import dev.regularisation.spec.rules.Validation;
import dev.regularisation.spec.rules.remarks.ReadBack.Shown;
import dev.regularisation.training.TrainingResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

@Rule(id = "erratum.comparison-labels", section = Section.REMARKS, strength = Strength.FINDING,
        statement = "The code of the post's last figure pairs six names with seven runs, so that the labels after the third are one "
                + "off and dropout is not drawn.",
        related = {"compare.l1-and-dropout-strongest", "figures.reproduced"})
final class ErratumComparisonLabelsTest extends RuleTest<ErratumComparisonLabelsTest.Evidence> {

    private static final List<PostExperiment> RUNS = List.of(PostExperiment.values());
    /** The names of the last figure's code: L2 by hand, the fourth run, has none. */
    private static final List<PostExperiment> NAMES = RUNS.stream().filter(run -> run != PostExperiment.L2).toList();

    /**
     * Names, each with what is under it.
     *
     * @param published as the code pairs them, by the run that is drawn under a name
     * @param ours      as our picture says them
     */
    record Evidence(Map<PostExperiment, PostExperiment> published, Map<String, Shown> ours) {
    }

    /** Python's {@code zip}: pairs, as far as the shorter list goes, and no complaint about the rest. */
    private static Map<PostExperiment, PostExperiment> zip(List<PostExperiment> names, List<PostExperiment> runs) {
        Map<PostExperiment, PostExperiment> pairs = new LinkedHashMap<>();
        IntStream.range(0, Math.min(names.size(), runs.size())).forEach(i -> pairs.put(names.get(i), runs.get(i)));
        return pairs;
    }

    @Override
    protected Evidence evidence() {
        return new Evidence(zip(NAMES, RUNS), readBack(zip(RUNS, RUNS)));
    }

    /** A picture of runs under names, read back against the runs of those names. */
    private static Map<String, Shown> readBack(Map<PostExperiment, PostExperiment> pairs) {
        return ReadBack.comparison(picture(pairs), Runs.CPU.of(RUNS));
    }

    private static Picture picture(Map<PostExperiment, PostExperiment> pairs) {
        Map<PostExperiment, TrainingResult> runs = new LinkedHashMap<>();
        pairs.forEach((name, run) -> runs.put(name, Runs.CPU.of(run)));
        return ComparisonPicture.of(runs, "The post's runs compared");
    }

    private static String best(PostExperiment run) {
        return Document.format("%.4f", Validation.best(Runs.CPU.of(run)));
    }

    @Override
    protected Finding asSaid(Evidence e) {
        long right = e.published.entrySet().stream().filter(pair -> pair.getKey() == pair.getValue()).count();
        boolean oneOff = e.published.entrySet().stream().skip(right)
                .allMatch(pair -> RUNS.indexOf(pair.getValue()) == RUNS.indexOf(pair.getKey()) - 1);
        return all(exactly("as published, three names are right and those after them one off", right == 3 && oneOff, "%d are right", right),
                exactly("as published, dropout is not drawn", !e.published.containsValue(PostExperiment.DROPOUT), "%d of %d runs are",
                        e.published.size(), RUNS.size()),
                exactly("read back, our picture has two losses of every run and nothing else", e.ours.size() == 2 * RUNS.size(),
                        "%d", e.ours.size()),
                ReadBack.areRounded("each is that of the run of its name, rounded", e.ours));
    }

    @Override
    protected Map<String, Evidence> counterexamples(Evidence e) {
        Map<PostExperiment, PostExperiment> exchanged = zip(RUNS, RUNS);
        exchanged.put(PostExperiment.MLP, exchanged.put(PostExperiment.L1, PostExperiment.MLP));
        return Map.of("a name for each run", new Evidence(zip(RUNS, RUNS), e.ours), "labels exchanged in our picture",
                new Evidence(e.published, readBack(exchanged)), "a picture of six", new Evidence(e.published, readBack(e.published)));
    }

    @Override
    protected void describe(Document page, Evidence e) {
        page.figure("%d of %d labels are another run's; ours: none", e.published.entrySet().stream()
                        .filter(pair -> pair.getKey() != pair.getValue()).count(), e.published.size())
                .table("pairs", List.of("label", "curve under it", "best validation loss under it", "the method's own"), Stream.concat(
                        e.published.entrySet().stream().map(pair -> List.of(pair.getKey().title(), pair.getValue().title(),
                                best(pair.getValue()), best(pair.getKey()))),
                        Stream.of(List.of("none", PostExperiment.DROPOUT.title() + ", not drawn", "", best(PostExperiment.DROPOUT))))
                        .toList())
                .picture("ours", picture(zip(RUNS, RUNS)));
    }
}
