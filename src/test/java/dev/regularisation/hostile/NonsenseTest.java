package dev.regularisation.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regularisation.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/** Nonsense in every option of every command: done or refused in one line, never more, never endless. */
final class NonsenseTest {

    /** Where results cannot go, so that a request that makes sense ends there, before it trains. */
    private static final Path NOWHERE = Path.of("pom.xml", "results");
    private static final Path OUT = Path.of("target", "nonsense");

    /** What the commands that answer questions are asked, so that an answer is near. */
    private static final Map<String, List<String>> QUESTIONS = Map.of(
            "compare", List.of("src/docs/data/pytorch-l1.csv", "--neighbours", "7", "--epochs", "2", "--validation-size", "3",
                    "--train-size", "5", "--dims", "3", "--out", NOWHERE.toString()),
            "explain", List.of("--epochs", "2", "--validation-size", "3", "--train-size", "5", "--dims", "3"),
            "audit", List.of("--study", "golden/study/curve", "--rows", "1"),
            "predict", List.of("--data", "src/docs/data/diabetes.csv"));

    @SafeVarargs
    private static CommandRun run(List<String>... parts) {
        List<String> request = new ArrayList<>();
        for (List<String> part : parts) {
            request.addAll(part);
        }
        return CommandRun.of(request);
    }

    @Property(tries = 300)
    @Label("nonsense in any option of the commands that train: refused in one line with exit code 2 or 1, nothing is printed or trained")
    void options(@ForAll("requests") Tuple2<String, List<String>> request) {
        CommandRun run = run(List.of(request.get1(), "--out", NOWHERE.toString()), request.get2());

        assertThat(run.err()).startsWith("regularisation ").doesNotContain("Exception", "\tat ");
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.code()).isEqualTo(run.err().contains(": memory: ") ? 1 : 2);
        assertThat(run.out()).isEmpty();
    }

    @Provide
    Arbitrary<Tuple2<String, List<String>>> requests() {
        return Arbitraries.of("train", "post", "study")
                .flatMap(command -> Nonsense.options(CommandRun.options(command)).map(options -> Tuple.of(command, options)));
    }

    @Property(tries = 60)
    @Label("nonsense in any option of the commands that answer questions: an answer, or one line with exit code 2 or 1")
    void questions(@ForAll("questions") List<String> question) {
        CommandRun run = run(question);

        assertThat(run.err().lines()).hasSizeLessThanOrEqualTo(1);
        assertThat(run.err()).doesNotContain("Exception", "\tat ");
        // Answers end with 0 or 1, refusals with 2; memory that is too small is a failure.
        assertThat(run.code()).isIn(run.err().isEmpty() ? List.of(0, 1) : List.of(run.err().contains(": memory: ") ? 1 : 2));
    }

    @Provide
    Arbitrary<List<String>> questions() {
        return Arbitraries.of(QUESTIONS.entrySet()).flatMap(question -> {
            List<String> small = question.getValue();
            List<String> others = CommandRun.options(question.getKey()).stream().filter(option -> !small.contains(option)).toList();
            return Nonsense.options(others)
                    .map(options -> Stream.of(List.of(question.getKey()), small, options).flatMap(List::stream).toList());
        });
    }

    @Property(tries = 100)
    @Label("nonsense as whole arguments: help, or one line with exit code 2")
    void arguments(@ForAll("anything") List<String> arguments) {
        CommandRun run = run(arguments, List.of("--out=" + NOWHERE));

        assertThat(run.code()).isIn(0, 2);
        assertThat(run.err().lines()).hasSize(run.code() == 0 ? 0 : 1);
        assertThat(run.err()).doesNotContain("\tat ");
    }

    @Provide
    Arbitrary<List<String>> anything() {
        return Nonsense.value().filter(value -> !value.isEmpty()).list().ofMinSize(1).ofMaxSize(3);
    }

    @Property(tries = 200)
    @Label("extreme values that make sense are carried out: a run ends, and a run that diverges does not complain")
    void carriedOut(@ForAll("extremes") List<String> options) throws IOException {
        CommandRun run = run(List.of("train", "--epochs", "2", "--validation-size", "3", "--train-size", "5", "--dims", "3", "--no-plots",
                "--out", OUT.resolve("train").toString()), options);

        assertThat(run.err().lines()).hasSize(run.code() == 0 ? 0 : 1);
        assertThat(run.err()).doesNotContain("Exception", "\tat ");
        assertThat(run.code()).isIn(0, 2);
        if (run.code() == 0) {
            Results.whole(OUT.resolve("train"));
        }
    }

    @Provide
    Arbitrary<List<String>> extremes() {
        return Nonsense.options(List.of("--dropout", "--optimiser", "--lr", "--epsilon", "--weight-decay", "--l2", "--l1",
                "--activation-l1", "--batch-size", "--noise", "--seed", "--activation", "--loss", "--delta", "--momentum", "--betas",
                "--patience"));
    }

    @Property(tries = 5)
    @Label("extreme values with pictures: infinities, NaN and ranges of all floats are drawn or refused in one line")
    void drawn(@ForAll("extremes") List<String> options) {
        CommandRun run = run(List.of("train", "--epochs", "2", "--validation-size", "3", "--train-size", "5", "--dims", "3",
                "--out", OUT.resolve("drawn").toString()), options);

        assertThat(run.err().lines()).hasSize(run.code() == 0 ? 0 : 1);
        assertThat(run.code()).isIn(0, 2);
    }
}
