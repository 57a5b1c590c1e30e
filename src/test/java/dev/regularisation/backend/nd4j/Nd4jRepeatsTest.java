package dev.regularisation.backend.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regularisation.backend.Availability;
import dev.regularisation.backend.Precision;
import dev.regularisation.parallel.ParallelRuns;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Sheet;
import dev.regularisation.support.FreshJvm;
import dev.regularisation.support.FreshJvm.Result;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Same seed, machine and number of threads: the same bits. */
class Nd4jRepeatsTest {

    private static final List<String> COLUMNS = List.of("run", "twice in one JVM", "in two JVMs, 1 thread each",
            "in two JVMs, 2 threads each", "1 thread against 2");

    @BeforeAll
    static void requireNd4j() {
        Availability here = new Nd4jProvider().availability();
        Assumptions.assumeTrue(here.available(), () -> "nd4j is not available here: " + here.detail());
    }

    @Test
    @EnabledIfSystemProperty(named = "thorough", matches = "true",
            disabledReason = "every build repeats a run in one JVM")
    @DisplayName("Where nd4j repeats and where not: the same bits in one JVM and in two, with 1 thread; with 2 it is reported")
    void repeats() {
        List<RepeatRun> first = RepeatRun.all();
        List<RepeatRun> again = RepeatRun.all();
        List<List<RepeatRun>> elsewhere = ParallelRuns.run(List.of(1, 1, 2, 2), threads -> 1, Nd4jRepeatsTest::inFreshJvm, 2);
        page(first, again, elsewhere).publish();

        // What two threads give is the page's to tell: nothing promises how a BLAS shares a sum among them.
        assertThat(lines(again)).isEqualTo(lines(first));
        assertThat(lines(elsewhere.get(1))).isEqualTo(lines(elsewhere.get(0)));
        assertThat(lines(elsewhere.get(0))).isEqualTo(lines(first));
    }

    @Test
    @DisplayName("Where nd4j repeats and where not: another seed is seen to differ, and from which epoch on")
    void differencesAreSeen() {
        RepeatRun run = RepeatRun.of(PostExperiment.MLP, Precision.FLOAT32, 42);
        RepeatRun other = RepeatRun.of(PostExperiment.MLP, Precision.FLOAT32, 43);

        assertThat(run.comparedWith(RepeatRun.parse(run.line()))).isEqualTo(RepeatRun.SAME);
        assertThat(run.comparedWith(other)).startsWith("training losses differ from epoch 0 on, by ");
    }

    /** Waiting threads sleep rather than spin, or two on a busy processor take minutes; what they compute is the same. */
    private static List<RepeatRun> inFreshJvm(int threads) {
        Result result = FreshJvm.run(List.of("-XX:TieredStopAtLevel=1"),
                Map.of("OMP_NUM_THREADS", String.valueOf(threads), "OMP_WAIT_POLICY", "PASSIVE"), jar -> true,
                RepeatRun.class);
        assertThat(result.code()).as(result.output()).isZero();
        return result.output().lines().map(RepeatRun::parse).toList();
    }

    private static List<String> lines(List<RepeatRun> runs) {
        return runs.stream().map(RepeatRun::line).toList();
    }

    private static Sheet page(List<RepeatRun> first, List<RepeatRun> again, List<List<RepeatRun>> elsewhere) {
        List<List<String>> rows = IntStream.range(0, first.size()).mapToObj(i -> List.of(first.get(i).name(),
                first.get(i).comparedWith(again.get(i)),
                elsewhere.get(0).get(i).comparedWith(elsewhere.get(1).get(i)),
                elsewhere.get(2).get(i).comparedWith(elsewhere.get(3).get(i)),
                elsewhere.get(0).get(i).comparedWith(elsewhere.get(2).get(i)))).toList();
        long differ = rows.stream().filter(row -> !row.get(4).equals(RepeatRun.SAME)).count();
        long trained = IntStream.range(0, first.size())
                .filter(i -> !elsewhere.get(0).get(i).trainsLike(elsewhere.get(2).get(i))).count();
        return new Sheet()
                .paragraph("Setup", "Each of the post's seven experiments, " + RepeatRun.EPOCHS + " epochs at seed 42 with 1,000 validation "
                        + "samples, on ND4J. Compared are the bits of every loss, norm and parameter of every epoch.")
                .table("The same run again", COLUMNS, rows)
                .paragraph("Where it repeats", "With the same seed on the same machine with one thread, always: this is "
                        + "asserted. With two threads it is only reported, above.")
                .paragraph("Where not", differ + " of " + rows.size() + " runs differ between one thread and two, " + trained
                        + " of them in training too. Threads divide the samples among them where there are many, as in "
                        + "validation, and an element at the edge of a part may be summed in another order. Another "
                        + "processor may differ as well, since OpenBLAS chooses its kernels by it. The cpu backend has the "
                        + "same bits in all these cases.")
                .command("Reproduce", "mvn verify -Dtest=Nd4jRepeatsTest")
                .series("losses.csv", losses(first, elsewhere.get(2)));
    }

    private static String losses(List<RepeatRun> one, List<RepeatRun> two) {
        StringBuilder csv = new StringBuilder(
                "run,epoch,training loss with 1 thread,with 2,validation loss with 1 thread,with 2\n");
        for (int i = 0; i < one.size(); i++) {
            for (int epoch = 0; epoch <= RepeatRun.EPOCHS; epoch++) {
                csv.append('"').append(one.get(i).name()).append('"');
                Stream.of(epoch, one.get(i).trainLosses().get(epoch), two.get(i).trainLosses().get(epoch),
                        one.get(i).validationLosses().get(epoch), two.get(i).validationLosses().get(epoch))
                        .forEach(value -> csv.append(',').append(value));
                csv.append('\n');
            }
        }
        return csv.toString();
    }
}
