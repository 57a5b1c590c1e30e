package dev.regularisation.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.regularisation.random.Streams;
import dev.regularisation.support.Golden;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rows of a table are split as PyTorch permutes them, and scaled by what the training rows say. */
class TableProblemTest {

    private static final Path DIABETES = Path.of("src/docs/data/diabetes.csv");

    @Test
    @DisplayName("the first rows of PyTorch's permutation train, in its order, and the others validate")
    void split() {
        Table table = table("row,y,twice\n" + numbered(10));
        TableProblem problem = new TableProblem(table, "y", 7, false);

        TableData data = problem.draw(42);

        // torch.manual_seed(42); torch.randperm(10) gives 2, 6, 1, 8, 4, 5, 0, 9, 3, 7.
        assertThat(data.train().y()).containsExactly(2, 6, 1, 8, 4, 5, 0);
        assertThat(data.validation().y()).containsExactly(9, 3, 7);
        assertThat(data.validation().x()).containsExactly(9, 18, 3, 6, 7, 14);
        assertThat(data.scaling().features(table, data.featureNames())).startsWith(0, 0, 1, 2, 2, 4).hasSize(20);
        assertThat(data.featureNames()).containsExactly("row", "twice");
        assertThat(List.of(problem.features(), problem.trainSize(), problem.validationSize())).containsExactly(2, 7, 3);
        assertThat(problem.withTrainSize(9).draw(42).train().y()).containsExactly(2, 6, 1, 8, 4, 5, 0, 9, 3);
        assertThat(problem.draw(42 + (1L << 32)).train().y()).isEqualTo(data.train().y());
        assertThat(problem.draw(43).train().y()).isNotEqualTo(data.train().y());
    }

    /**
     * With x and y the file's columns in float64, {@code a, b = order[:300], order[300:]} and {@code mean = x[a].mean(0)},
     * what PyTorch 2.13.0 gives as little-endian float32: {@code (x - mean) / ((x[a] - mean) ** 2).mean(0).sqrt()} and y.
     */
    @Test
    @DisplayName("samples of the diabetes data, standardised, have PyTorch's bits")
    void pyTorchsBits() {
        TableData data = new TableProblem(Table.read(DIABETES), "progression", 300, true).draw(42);

        assertThat(Stream.of(data.train().x(), data.train().y(), data.validation().x(), data.validation().y())
                .map(Golden::sha256)).containsExactly(
                        "f0a3b68430f0e12bbb2661e443750daf4cc8a5c71c25e343c13e4705cfd4c201",
                        "aff5f02b5760f33aaa9a933b042b93948fa5a1d2eb06fde2116772862706a2d3",
                        "52b957acef01d56736cde09ea63e003bb19ca6694f90d59ed5ac4ea8efadc1ea",
                        "c88b4114fd2d68336d921cf2f8be4bf7c90317dba2618fa732b2fefbfd0680b5");
    }

    @Test
    @DisplayName("features are scaled by mean and population deviation of the training rows, also those of another table")
    void standardised() {
        // Rows 2, 6 and 1 train: x is 3, 7 and 2 there, of mean 4 and deviation √(14/3).
        TableData data = new TableProblem(
                table("x,y\n1,0\n2,10\n3,20\n4,30\n5,40\n6,50\n7,60\n8,70\n9,80\n10,90\n"), "y", 3, true).draw(42);
        double deviation = Math.sqrt(14.0 / 3);

        assertThat(data.scaling().mean()).containsExactly(4);
        assertThat(data.scaling().deviation()).containsExactly(deviation);
        assertThat(data.train().x()).containsExactly(
                (float) (-1 / deviation), (float) (3 / deviation), (float) (-2 / deviation));
        assertThat(data.train().y()).containsExactly(20, 60, 10);
        assertThat(data.validation().x()).startsWith((float) (5 / deviation));
        assertThat(data.scaling().features(table("note,x\n1,4\n2,11\n"), data.featureNames())).containsExactly(0, (float) (7 / deviation));
    }

    @Test
    @DisplayName("equal bytes are equal problems, whose draws are shared")
    void equality() {
        TableProblem problem = new TableProblem(Table.read(DIABETES), "progression", 300, true);
        TableProblem again = new TableProblem(Table.read(DIABETES.toAbsolutePath()), "progression", 300, true);
        Draws draws = new Draws();

        assertThat(again).isEqualTo(problem).hasSameHashCodeAs(problem).isNotEqualTo(problem.withTrainSize(299));
        assertThat(draws.of(again, 1, Streams.TORCH)).isSameAs(draws.of(problem, 1, Streams.TORCH)).isNotSameAs(draws.of(problem, 2, Streams.TORCH));
    }

    @Test
    @DisplayName("what cannot be split, standardised or told apart is refused with the remedy")
    void refusals() {
        Table table = table("x,c,y\n1,0.1,1\n2,0.1,2\n4,0.1,3\n");
        String wide = IntStream.range(0, 30).mapToObj(i -> "c" + i).reduce((a, b) -> a + "," + b).orElseThrow();
        String constant = ": wanted values that differ, to standardise them, got a column that is constant among the training"
                + " rows of seed 9; drop the column or leave out --standardise";
        Scaling tiny = new Scaling(new double[1], new double[] {0x1p-200});
        Map<ThrowingCallable, String> wanted = new LinkedHashMap<>();
        wanted.put(() -> new TableProblem(table, "z", 1, false),
                "t.csv: wanted a column \"z\", got \"x\", \"c\", \"y\"; check the name or add the column");
        wanted.put(() -> table(wide + "\n" + "1,".repeat(29) + "1\n").column("z"),
                "t.csv: wanted a column \"z\", got \"c0\", \"c1\", \"c2\", \"c3\", \"c4\", \"c5\", \"c6\", \"c7\", \"c8\","
                        + " \"c9\", \"c10\", \"c11\" and 18 more; check the name or add the column");
        wanted.put(() -> new TableProblem(table("y\n1\n2\n"), "y", 1, false),
                "t.csv: wanted a feature beside the target \"y\", got no other column; add one");
        wanted.put(() -> new TableProblem(table("x,y\n1,2\n"), "y", 1, false),
                "t.csv: wanted at least 2 rows, one to train on and one to validate with, got 1; add rows");
        for (int size : new int[] {0, 3}) {
            wanted.put(() -> new TableProblem(table, "y", size, false), "training samples: wanted between 1 and 2, as t.csv has"
                    + " 3 rows and those left over validate, got " + size + "; ask for others or add rows");
        }
        // The mean of three 0.1 is rounded to another number, so that their deviation is not 0.
        wanted.put(() -> new TableProblem(table("x,c\n1,0.1\n2,0.1\n4,0.1\n7,0.1\n"), "x", 3, true).draw(9), "t.csv, column"
                + " \"c\"" + constant);
        wanted.put(() -> new TableProblem(table("x,y\n1e-200,1\n2e-200,2\n3e-200,3\n"), "y", 2, true).draw(9), "t.csv, column"
                + " \"x\"" + constant);
        wanted.put(() -> tiny.features(table, List.of("x")), "t.csv, line 2, column \"x\": wanted a number that float32 can"
                + " hold once standardised, got 1.6069380442589903E60; remove the row or leave out --standardise");
        wanted.put(() -> new TableProblem(table, "y", 2, false).draw(9).scaling()
                        .features(table("x,y\n1,1\n"), new TableProblem(table, "y", 2, false).featureNames()),
                "t.csv: wanted a column \"c\", got \"x\", \"y\"; check the name or add the column");
        wanted.put(() -> tiny.features(table, List.of("x", "c")), "scaling: wanted 1 names of features, got 2");
        wanted.put(() -> new Scaling(new double[1], new double[2]),
                "scaling: wanted a mean and a deviation for each feature, got 1 means and 2 deviations");
        wanted.put(() -> new Scaling(new double[] {Double.NaN}, new double[] {1}),
                "scaling: wanted a finite mean and a positive, finite deviation, got NaN and 1.0 for feature 1");
        wanted.put(() -> new Scaling(new double[1], new double[1]),
                "scaling: wanted a finite mean and a positive, finite deviation, got 0.0 and 0.0 for feature 1");

        wanted.forEach((asked, message) -> assertThatIllegalArgumentException().as(message).isThrownBy(asked)
                .withMessage(message));
        assertThat(new TableProblem(table, "y", 2, false).draw(9).scaling().deviation()).containsExactly(1, 1);
    }

    private static String numbered(int rows) {
        StringBuilder text = new StringBuilder();
        IntStream.range(0, rows).forEach(i -> text.append("%d,%d,%d%n".formatted(i, i, 2 * i)));
        return text.toString();
    }

    private static Table table(String text) {
        return TableReader.parse(Path.of("t.csv"), text.getBytes(UTF_8), 1 << 20);
    }
}
