package dev.regularisation.spec.rules;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.plot.ComparisonPicture;
import dev.regularisation.plot.Picture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.post.PublishedFigures.Quantity;
import dev.regularisation.spec.Page;
import dev.regularisation.spec.OldRule;
import dev.regularisation.spec.Shows;
import dev.regularisation.spec.Teeth;
import dev.regularisation.support.PostRuns;
import dev.regularisation.training.TrainingResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class ErratumComparisonLabelsTest {

    /** The six names of the last figure's code: L2 by hand, the fourth run, has none. */
    private static final List<PostExperiment> SIX_NAMES =
            Arrays.stream(PostExperiment.values()).filter(experiment -> experiment != PostExperiment.L2).toList();
    private static final List<PostExperiment> SEVEN_RUNS = List.of(PostExperiment.values());
    private static final Pattern RUN = Pattern.compile("(.+) (\\d+\\.\\d+) at epoch [\\d,]+");

    /** Python's {@code zip}: pairs, as far as the shorter list goes, and no complaint about the rest. */
    private static <A, B> Map<A, B> zip(List<A> keys, List<B> values) {
        Map<A, B> pairs = new LinkedHashMap<>();
        for (int i = 0; i < Math.min(keys.size(), values.size()); i++) {
            pairs.put(keys.get(i), values.get(i));
        }
        return pairs;
    }

    /** The best validation loss of a run, as pictures print it. */
    private static String best(PostExperiment experiment) {
        return String.format(Locale.ROOT, "%.4f", Quantity.BEST_VALIDATION_LOSS.of(PostRuns.of(experiment)));
    }

    /** Every run is there, under its own name: names with the best validation loss shown for each. */
    static void requireEveryRunUnderItsName(Map<String, String> shown) {
        for (PostExperiment experiment : SEVEN_RUNS) {
            String loss = shown.get(experiment.title());
            if (loss == null) {
                throw new AssertionError("\"" + experiment.title() + "\" is not shown; shown are " + shown.keySet());
            }
            if (!loss.equals(best(experiment))) {
                throw new AssertionError("under \"" + experiment.title() + "\" stands " + loss + ", its own run has "
                        + best(experiment));
            }
        }
        if (shown.size() != SEVEN_RUNS.size()) {
            throw new AssertionError("wanted the seven runs, shown are " + shown.keySet());
        }
    }

    private static Picture ours() {
        Map<PostExperiment, TrainingResult> results = new EnumMap<>(PostExperiment.class);
        SEVEN_RUNS.forEach(experiment -> results.put(experiment, PostRuns.of(experiment)));
        return ComparisonPicture.of(results, "The post's runs compared");
    }

    /** What a picture says of its runs, in the order drawn. */
    private static Map<String, String> read(Picture picture) {
        String list = picture.altText().split("the best validation loss of each: ", 2)[1];
        Map<String, String> shown = new LinkedHashMap<>();
        for (String run : list.split("; ")) {
            Matcher matcher = RUN.matcher(run);
            if (!matcher.lookingAt()) {
                throw new AssertionError("wanted a name and its best validation loss, got \"" + run + "\"");
            }
            shown.put(matcher.group(1), matcher.group(2));
        }
        return shown;
    }

    @Shows(OldRule.ERRATUM_COMPARISON_LABELS)
    @Test
    @DisplayName("erratum.comparison-labels: ours shows seven runs, each under its own name")
    void showcase() {
        Picture picture = ours();
        Map<PostExperiment, PostExperiment> asPublished = zip(SIX_NAMES, SEVEN_RUNS);
        List<List<String>> rows = new ArrayList<>();
        asPublished.forEach((name, run) -> rows.add(List.of(name.title(), run.title(), best(run), best(name),
                name == run ? "right" : "another run's curve")));
        rows.add(List.of("(no label)", "Dropout is not drawn", "", best(PostExperiment.DROPOUT), "missing"));

        Page.of(OldRule.ERRATUM_COMPARISON_LABELS)
                .setup("The code of the post's last figure walks over pairs of a name and a run. There are six names, "
                        + "without one for L2 by hand, and seven runs; Python's zip stops at the shorter list and says "
                        + "nothing.")
                .table("What the published figure therefore shows, with our runs at seed 42",
                        List.of("label", "curve under it", "best validation loss under it", "the method's own", ""), rows)
                .paragraph("What follows", "The first three labels are right. The curve labelled L1 is L2 by hand, the "
                        + "one labelled minibatches is L1, the one labelled dropout is minibatches, and dropout, the "
                        + "best of the networks, is not there. The figures printed beside the single runs are not "
                        + "affected.")
                .picture(picture)
                .figure("3 labels right, 3 one off, 1 run missing; ours: 7 of 7")
                .sure("Exact: read back from our picture, every run stands under its own name.")
                .reproduce("mvn -q compile exec:java -Dexec.args=\"post\"")
                .publish();

        requireEveryRunUnderItsName(read(picture));
    }

    @Teeth(OldRule.ERRATUM_COMPARISON_LABELS)
    @Test
    @DisplayName("erratum.comparison-labels: six names zipped with seven runs, and two labels exchanged, are rejected")
    void teeth() {
        Map<String, String> zipped = new LinkedHashMap<>();
        zip(SIX_NAMES, SEVEN_RUNS).forEach((name, run) -> zipped.put(name.title(), best(run)));
        Map<String, String> exchanged = read(ours());
        exchanged.put(PostExperiment.MLP.title(), best(PostExperiment.L1));
        exchanged.put(PostExperiment.L1.title(), best(PostExperiment.MLP));
        Map<String, String> shifted = new LinkedHashMap<>(zipped);
        shifted.put(PostExperiment.L2.title(), best(PostExperiment.L2));

        assertThatThrownBy(() -> requireEveryRunUnderItsName(zipped)).isInstanceOf(AssertionError.class)
                .hasMessageContaining("\"L2 by hand\" is not shown");
        assertThatThrownBy(() -> requireEveryRunUnderItsName(shifted)).hasMessageContaining("under \"L1\" stands 0.4996");
        assertThatThrownBy(() -> requireEveryRunUnderItsName(exchanged)).hasMessageContaining("under \"Plain MLP\" "
                + "stands");
    }
}
