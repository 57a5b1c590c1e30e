package dev.regularisation.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.random.Streams;
import dev.regularisation.spec.BackendSheet;
import dev.regularisation.spec.Sheet;
import dev.regularisation.study.Audit;
import dev.regularisation.study.Changes;
import dev.regularisation.study.LocalThreads;
import dev.regularisation.study.Study;
import dev.regularisation.study.StudyCell;
import dev.regularisation.study.StudyLog;
import dev.regularisation.study.StudyRow;
import dev.regularisation.study.StudyTable;
import dev.regularisation.training.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The studies in {@code golden/study} have every row that they should and no other, and rows drawn at random come out again. */
final class GoldenStudiesTest {

    private static final List<String> STUDIES = List.of("post", "curve", "variants", "neighbours");
    private static final int ROWS = Integer.getInteger("audit.rows", 100);
    /** What a clone of the project should not grow beyond. */
    private static final long LARGEST = 10_000_000;

    private static List<Long> seeds(int count) {
        return LongStream.rangeClosed(1, count).boxed().toList();
    }

    private static List<StudyCell> cells(String name) {
        return StudiesUpdate.table(name).rows().stream().map(StudyRow::cell).toList();
    }

    @Test
    @DisplayName("seven methods at 200 and 400 samples over 1,000 seeds, at three more sizes over 200, other plans over 100, 100 neighbours, other streams")
    void whole() {
        List<PostExperiment> methods = List.of(PostExperiment.values());

        assertThat(cells("post")).containsExactlyElementsOf(Study.grid(methods, List.of(200, 400), seeds(1000)));
        assertThat(cells("curve")).containsExactlyElementsOf(Study.grid(methods, List.of(100, 800, 1600), seeds(200)));
        List<StudyCell> variants = new ArrayList<>();
        for (PostExperiment method : List.of(PostExperiment.MLP, PostExperiment.MINIBATCH)) {
            variants.addAll(Study.grid(List.of(method), List.of(200), seeds(100)));
        }
        Stream.of("80", "668", "167", "2004").forEach(epochs -> variants.addAll(changed(PostExperiment.MLP, 0, "epochs=" + epochs)));
        variants.addAll(changed(PostExperiment.MLP, 0, "activation_l1=0.021"));
        for (String plan : List.of("8 80", "8 167", "16 167", "32 167", "32 334", "64 167", "64 668", "32 3000")) {
            String[] sizeAndEpochs = plan.split(" ");
            variants.addAll(changed(PostExperiment.MINIBATCH, Integer.parseInt(sizeAndEpochs[0]), "epochs=" + sizeAndEpochs[1]));
        }
        variants.addAll(changed(PostExperiment.MINIBATCH, 32, "weight_decay=1.0E-4"));
        variants.addAll(changed(PostExperiment.MINIBATCH, 32, "weight_decay=1.0E-4 epochs=3000"));
        for (String decay : List.of("", "weight_decay=1.0E-4 ", "weight_decay=0.001 ")) {
            variants.addAll(changed(PostExperiment.DROPOUT, 0.1, decay + "epochs=3000"));
        }
        assertThat(cells("variants")).containsExactlyElementsOf(variants.stream().sorted().toList());
        List<Changes> neighbours = Stream.concat(Stream.of(Changes.NONE, Changes.NONE.with(TrainingPlan.STREAMS, Streams.TORCH_LIBM)),
                IntStream.rangeClosed(1, 100).mapToObj(number -> Changes.NONE.with(TrainingPlan.NEIGHBOUR, number))).toList();
        Changes mkl = Changes.NONE.with(TrainingPlan.STREAMS, Streams.TORCH_MKL);
        assertThat(cells("neighbours")).containsExactlyElementsOf(Stream.of(PostExperiment.values())
                .filter(method -> method != PostExperiment.L2).map(method -> StudyCell.asInPost(method, 200, TrainingPlan.POST_SEED))
                .flatMap(own -> Stream.concat(neighbours.stream(), Stream.of(mkl).filter(any -> own.method() == PostExperiment.DROPOUT))
                        .map(own::with)).sorted().toList());
        for (String name : STUDIES) {
            assertThat(StudiesUpdate.table(name).ended()).as(name).isTrue();
        }
    }

    private static List<StudyCell> changed(PostExperiment method, double strength, String settings) {
        return seeds(100).stream().map(seed -> new StudyCell(method, 200, strength, Changes.parse(settings), seed)).toList();
    }

    @Test
    @DisplayName("all studies together are small enough to be cloned")
    void size() throws IOException {
        long bytes = 0;
        for (String name : STUDIES) {
            bytes += Files.size(StudiesUpdate.folder(name).resolve(StudyLog.FILE));
        }
        assertThat(bytes).isLessThanOrEqualTo(LARGEST);
    }

    /** Rows are fresh in each build, so that builds together see more and more of them; the seed repeats an audit. */
    @Test
    @DisplayName("rows drawn at random come out again to the last bit")
    void audit() {
        long seed = Optional.ofNullable(Long.getLong("audit.seed")).orElseGet(() -> (long) new Random().nextInt(Integer.MAX_VALUE));
        long all = 0;
        for (String name : STUDIES) {
            all += StudiesUpdate.table(name).rows().size();
        }
        List<Audit.Difference> differences = new ArrayList<>();
        List<List<String>> table = new ArrayList<>();
        int audited = 0;
        for (String name : STUDIES) {
            StudyTable study = StudiesUpdate.table(name);
            int rows = (int) Math.max(1, (long) ROWS * study.rows().size() / all);
            List<StudyRow> sample = Audit.sample(study.rows(), rows, seed);
            List<Audit.Difference> found = Audit.run(study.basis().problem(Optional.empty(), 200), sample,
                    new LocalThreads(CpuBackend::new, 2), row -> { });
            differences.addAll(found);
            audited += sample.size();
            table.add(List.of("golden/study/" + name, String.format(Locale.ROOT, "%,d", study.rows().size()),
                    Integer.toString(sample.size()), Integer.toString(found.size())));
        }
        System.out.printf(Locale.ROOT, "audit of golden/study: %d rows, %d differ; repeat with -Daudit.seed=%d%n", audited,
                differences.size(), seed);
        BackendSheet.publish(new Sheet()
                .paragraph("Setup", "Rows of the committed studies, drawn at random, are trained again on cpu, and every column is "
                        + "compared to the last bit, the digest of all losses and parameters included. Were more than "
                        + String.format(Locale.ROOT, "%.1f %%", 100 * Audit.missedShare(0.01, audited)) + " of the rows wrong, such a "
                        + "sample would show one with probability 99 %. Each build draws others.")
                .table("Studies", List.of("study", "rows", "trained again", "differ"), table)
                .command("Reproduce", "mvn verify -Dtest=GoldenStudiesTest -Daudit.seed=" + seed),
                "rows of studies come out again", differences.isEmpty());

        assertThat(differences).as("rows that do not come out again; -Daudit.seed=%d repeats it", seed).isEmpty();
    }
}
