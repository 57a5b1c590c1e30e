package dev.regularisation.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.post.PostExperiment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An audit finds what does not come out again, whatever column it is in, and draws its rows fairly. */
final class AuditTest {

    private static final LinearProblem SMALL = new LinearProblem(3, 20, 9, 0.2);
    private static final StudyEngine ENGINE = new LocalThreads(CpuBackend::new, 2);

    private static List<StudyRow> trained() {
        List<StudyRow> rows = Collections.synchronizedList(new ArrayList<>());
        ENGINE.run(SMALL, Study.grid(List.of(PostExperiment.LINEAR, PostExperiment.MLP), List.of(20), List.of(1L, 2L)), rows::add);
        return rows.stream().sorted((a, b) -> a.cell().compareTo(b.cell())).toList();
    }

    private static StudyRow with(StudyRow row, Measure measure, double value) {
        Map<Measure, Double> measures = new EnumMap<>(row.measures());
        measures.put(measure, value);
        return new StudyRow(row.cell(), measures, row.sha256());
    }

    @Test
    @DisplayName("rows that come out again are no finding; a last digit, a missing value and a foreign digest are, with the column")
    void finds() {
        List<StudyRow> rows = trained();
        List<String> heard = Collections.synchronizedList(new ArrayList<>());
        assertThat(Audit.run(SMALL, rows, ENGINE, row -> heard.add(row.cell().toString()))).isEmpty();
        assertThat(heard).hasSize(rows.size());

        StudyRow digit = with(rows.get(0), Measure.L1_LAST, Math.nextUp(rows.get(0).get(Measure.L1_LAST)));
        StudyRow foreign = new StudyRow(rows.get(1).cell(), rows.get(1).measures(), rows.get(2).sha256());
        Map<Measure, Double> fewer = new EnumMap<>(rows.get(2).measures());
        fewer.remove(Measure.LIT);
        StudyRow missing = new StudyRow(rows.get(2).cell(), fewer, rows.get(2).sha256());
        List<Audit.Difference> found = Audit.run(SMALL, List.of(missing, rows.get(3), foreign, digit), ENGINE, row -> { });

        assertThat(found).extracting(Audit.Difference::recorded).containsExactly(digit, foreign, missing);
        assertThat(found).extracting(Audit.Difference::again).containsExactlyElementsOf(rows.subList(0, 3));
        assertThat(found).extracting(Audit.Difference::columns).containsExactly(List.of("l1_norm"), List.of("history_sha256"),
                List.of("lit_units"));
    }

    @Test
    @DisplayName("a sample has no row twice, is its seed's alone, and every row has the same chance to be in it")
    void fair() {
        List<StudyRow> rows = LongStream.range(0, 10).mapToObj(seed -> new StudyRow(
                StudyCell.asInPost(PostExperiment.LINEAR, 20, seed), Map.of(), "0".repeat(64))).toList();
        int[] drawn = new int[10];
        for (long seed = 0; seed < 3000; seed++) {
            List<StudyRow> sample = Audit.sample(rows, 3, seed);
            assertThat(new HashSet<>(sample)).hasSize(3);
            assertThat(Audit.sample(rows, 3, seed)).isEqualTo(sample);
            sample.forEach(row -> drawn[(int) row.cell().seed()]++);
        }
        // 900 of 3,000 each, binomially: 25 is a standard deviation, and five of them happen once in a million.
        assertThat(IntStream.of(drawn).asDoubleStream().boxed()).allSatisfy(count -> assertThat(count).isCloseTo(900, within(125.0)));
        assertThat(Audit.sample(rows, 11, 1)).containsExactlyInAnyOrderElementsOf(rows);
    }

    @Test
    @DisplayName("what a sample proves: a twentieth of wrong rows escapes 90 rows once in a hundred times")
    void proves() {
        assertThat(Audit.missedShare(0.00989, 90)).isCloseTo(0.05, within(1e-5));
        // Of one row, and of the formula's own definition: (1 − f)⁹⁰ = 0.01.
        assertThat(Audit.missedShare(0.01, 1)).isCloseTo(0.99, within(1e-15));
        assertThat(Math.pow(1 - Audit.missedShare(0.01, 90), 90)).isCloseTo(0.01, within(1e-15));
    }
}
