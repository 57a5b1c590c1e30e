package dev.regularisation.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.backend.Precision;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.data.Draws;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.post.PostExperiment;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Engines are found by name, and what they send elsewhere comes back as it was. */
final class StudyEnginesTest {

    private static final LinearProblem SMALL = new LinearProblem(3, 20, 9, 0.2);

    /** An engine of somebody else. */
    public static final class Elsewhere implements StudyEngineProvider {

        @Override
        public String name() {
            return "elsewhere";
        }

        @Override
        public StudyEngine create(StudyEngineOptions options) {
            return (problem, cells, listener) -> cells.forEach(cell -> {
                StudyCell there = StudyCell.parse(cell.line());
                StudyBasis basis = StudyBasis.parse(StudyBasis.of(problem, options.precision(), Optional.empty()).toString());
                StudyRow row = there.train(basis.problem(Optional.empty(), 1), new Draws(),
                        new CpuBackend());
                listener.ended(StudyRow.parse(row.line()));
            });
        }
    }

    private static List<StudyRow> rows(StudyEngineProvider provider) {
        List<StudyRow> rows = Collections.synchronizedList(new ArrayList<>());
        provider.create(new StudyEngineOptions("cpu", Precision.FLOAT32, Optional.empty(), 2, Optional.empty(), OptionalInt.empty()))
                .run(SMALL, Study.strengths(PostExperiment.L2, List.of(0.1, 1.0 / 3), List.of(10, 20), List.of(1L, -2L)).stream()
                        .map(cell -> cell.with(Changes.parse("activation=tanh epochs=3"))).toList(), rows::add);
        return rows.stream().sorted((a, b) -> a.cell().compareTo(b.cell())).toList();
    }

    @Test
    @DisplayName("local is there; an engine on the class path is found beside it, one that cannot be loaded hides none, and rows that "
            + "went over a wire as text are the same")
    void found(@TempDir Path folder) throws IOException {
        assertThat(StudyEngines.all()).extracting(StudyEngineProvider::name).containsExactly("local");

        Files.writeString(Files.createDirectories(folder.resolve("META-INF/services")).resolve(StudyEngineProvider.class.getName()),
                "no.such.Provider\n" + Elsewhere.class.getName() + "\n");
        try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            List<StudyEngineProvider> all = StudyEngines.all(loader);

            assertThat(all).extracting(StudyEngineProvider::name).containsExactly("elsewhere", "local");
            assertThat(rows(StudyEngines.named("elsewhere", all))).hasSize(8).isEqualTo(rows(StudyEngines.named("local", all)));
            assertThatThrownBy(() -> StudyEngines.named("grid", all)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("engine: wanted one of elsewhere, local, got \"grid\"");
        }
    }

    @Test
    @DisplayName("a text that is no cell, or no basis, is refused")
    void refused() {
        assertThatThrownBy(() -> StudyCell.parse("mlp,20,0.0,")).hasMessage("wanted 5 columns, got 4");
        assertThatThrownBy(() -> StudyBasis.parse("{")).hasMessageContaining("wanted JSON");
    }
}
