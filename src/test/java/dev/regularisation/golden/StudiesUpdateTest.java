package dev.regularisation.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.backend.Precision;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.data.Problem;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.study.Changes;
import dev.regularisation.study.LocalThreads;
import dev.regularisation.study.Measure;
import dev.regularisation.study.Study;
import dev.regularisation.study.StudyBasis;
import dev.regularisation.study.StudyCell;
import dev.regularisation.study.StudyEngine;
import dev.regularisation.study.StudyListener;
import dev.regularisation.study.StudyLog;
import dev.regularisation.study.StudyRow;
import dev.regularisation.study.StudyTable;
import dev.regularisation.training.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An update of the studies makes the rows that a change of behaviour touches, says so before it begins, and no others. */
final class StudiesUpdateTest {

    private static final StudyBasis BASIS =
            StudyBasis.of(new LinearProblem(3, 20, 9, 0.2), Precision.FLOAT32, Optional.empty());
    private static final int SEEDS = 6;
    private static final List<StudyCell> LINEAR = grid(20);
    private static final List<StudyCell> WIDER = grid(30);
    /** The seed's own run and neighbours of it: of one plan. */
    private static final List<StudyCell> NEIGHBOURS = LongStream.rangeClosed(1, 4).mapToObj(number -> StudyCell.asInPost(
            PostExperiment.LINEAR, 20, 42).with(Changes.NONE.with(TrainingPlan.NEIGHBOUR, (int) number))).toList();

    @TempDir
    private Path folder;
    private final List<String> said = Collections.synchronizedList(new ArrayList<>());
    private final List<StudyCell> trained = Collections.synchronizedList(new ArrayList<>());

    private static List<StudyCell> grid(int trainSize) {
        return Study.grid(List.of(PostExperiment.LINEAR), List.of(trainSize), LongStream.rangeClosed(1, SEEDS).boxed().toList());
    }

    private static StudyRow changed(StudyRow row) {
        Map<Measure, Double> measures = new EnumMap<>(row.measures());
        measures.computeIfPresent(Measure.L1_LAST, (measure, norm) -> Math.nextUp(norm));
        return new StudyRow(row.cell(), measures, row.sha256());
    }

    /** Trains as the product, after which rows with so many samples are changed by a change of behaviour, if there was one. */
    private StudyEngine engine(int changedSize) {
        StudyEngine product = new LocalThreads(CpuBackend::new, 2);
        return new StudyEngine() {
            @Override
            public void run(Problem problem, List<StudyCell> cells, StudyListener listener) {
                List<StudyRow> rows = Collections.synchronizedList(new ArrayList<>());
                trained.addAll(cells);
                product.run(problem, cells, rows::add);
                rows.forEach(row -> listener.ended(row.cell().trainSize() == changedSize ? changed(row) : row));
            }
        };
    }

    private StudiesUpdate update(int changedSize) {
        said.clear();
        trained.clear();
        return new StudiesUpdate(folder.resolve("golden"), folder.resolve("made"), engine(changedSize), said::add);
    }

    private String rows(String place, String study) throws IOException {
        return Files.readString(folder.resolve(place).resolve(study).resolve(StudyLog.FILE));
    }

    @BeforeEach
    void studies() throws IOException {
        for (Map.Entry<String, List<StudyCell>> study : Map.of("sizes", Stream.concat(LINEAR.stream(), WIDER.stream()).toList(),
                "neighbours", NEIGHBOURS).entrySet()) {
            try (StudyLog log = StudyLog.open(folder.resolve("golden").resolve(study.getKey()), BASIS)) {
                Study.run(BASIS.problem(Optional.empty(), 20), study.getValue(), log, engine(0), row -> { });
            }
        }
    }

    @Test
    @DisplayName("where rows of every plan come out again, nothing is made, and nothing is left to put in place")
    void untouched() throws IOException {
        StudiesUpdate update = update(0);

        update.make();

        assertThat(said).containsExactly(folder.resolve("golden")
                + ": 2 rows of each plan tried, 6 in all; they come out again, so that no row is made anew");
        assertThat(trained).hasSize(6);
        assertThat(update.approve()).isEmpty();
    }

    @Test
    @DisplayName("the rows of a touched plan are made, those of others kept; it is said before, and in place only when approved")
    void touched() throws IOException {
        String before = rows("golden", "sizes");
        StudiesUpdate update = update(30);

        update.make();

        assertThat(said.get(0)).startsWith(folder.resolve("golden") + ": 2 rows of each plan tried, 6 in all; 6 of 16 rows are made anew, "
                + "which takes about ").endsWith(" s:");
        assertThat(said.get(1)).isEqualTo("  sizes: linear at 30 samples, 6 rows");
        assertThat(said).last().isEqualTo("  sizes: 6 of 6 rows, 0 s left");
        assertThat(trained.subList(6, trained.size())).containsExactlyElementsOf(WIDER);
        assertThat(rows("golden", "sizes")).isEqualTo(before);

        assertThat(update.approve()).containsExactly("sizes");
        StudyTable table = StudyTable.read(folder.resolve("golden/sizes"));
        assertThat(table.ended()).isTrue();
        assertThat(table.rows()).extracting(StudyRow::cell).containsExactlyElementsOf(
                Stream.concat(LINEAR.stream(), WIDER.stream()).sorted().toList());
        assertThat(update.approve()).isEmpty();
        update(30).make();
        assertThat(said).hasSize(1);
    }

    @Test
    @DisplayName("an update that did not pass goes on where it was; what a further change touches is made once more")
    void again() throws IOException {
        update(30).make();

        update(30).make();
        assertThat(trained.subList(6, trained.size())).as("the tried rows of what was made").hasSize(2);
        assertThat(said).containsExactly(folder.resolve("golden") + ": 2 rows of each plan tried, 6 in all; what does not come out again, "
                + "1 of the plans, is made already", "  sizes: linear at 30 samples, 0 rows");

        String asBefore = rows("golden", "sizes");
        update(0).make();
        assertThat(rows("made", "sizes")).as("a change that is taken back").isEqualTo(asBefore);
        update(20).make();
        assertThat(said).contains("  sizes: linear at 20 samples, 6 rows", "  neighbours: linear at 20 samples, 4 rows");
        assertThat(trained).filteredOn(WIDER::contains).as("tried alone").hasSize(2);
    }

    @Test
    @DisplayName("a study in another form is refused with the way to make it, and stays")
    void otherForm() throws IOException {
        Path file = folder.resolve("golden/sizes").resolve(StudyLog.FILE);
        Files.writeString(file, rows("golden", "sizes").replaceFirst("format \\d+", "format 1"));

        assertThatThrownBy(update(0)::make).hasMessageContaining(file + ", line 1: wanted rows of format ")
                .hasMessageEndingWith("ci/studies.sh makes all studies anew, which takes about two hours");
        assertThat(folder.resolve("made")).doesNotExist();
    }
}
