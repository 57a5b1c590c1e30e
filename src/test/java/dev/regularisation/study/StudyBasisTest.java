package dev.regularisation.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.backend.Precision;
import dev.regularisation.data.LinearProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What all runs of a study share is kept beside its rows, and makes the same problem again. */
final class StudyBasisTest {

    @TempDir
    private Path folder;

    @Test
    @DisplayName("samples, precision and a backend with bits of its own come back; of the post's nothing is kept")
    void roundTrip() throws IOException {
        LinearProblem problem = new LinearProblem(7, 20, 30, 0.5);
        StudyBasis basis = StudyBasis.of(problem, Precision.FLOAT64, Optional.of("nd4j"));
        basis.write(folder);
        StudyBasis read = StudyBasis.read(folder);

        assertThat(read).isEqualTo(basis).isNotEqualTo(StudyBasis.POST);
        assertThat(read.problem(Optional.empty(), 20)).isEqualTo(problem);
        assertThat(read.precision()).isEqualTo(Precision.FLOAT64);
        assertThat(read.backend()).hasValue("nd4j");
        assertThat(read.data()).isEmpty();
        StudyBasis.of(LinearProblem.POST, Precision.FLOAT32, Optional.empty()).write(folder);
        assertThat(folder.resolve(StudyBasis.FILE)).doesNotExist();
        assertThat(StudyBasis.read(folder)).isEqualTo(StudyBasis.POST);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{ | study.json: wanted JSON, got text that is none at line 1; mend or move the file",
        "[1] | study.json: wanted a JSON object, got array; mend or move the file",
        "{\"precision\": \"float16\"} | study.json: wanted a precision of float32 or float64, got ",
    })
    @DisplayName("nonsense in its file is refused in one line that names it")
    void nonsense(String text, String message) throws IOException {
        Files.writeString(folder.resolve(StudyBasis.FILE), text);

        assertThatThrownBy(() -> StudyBasis.read(folder)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message)
                .satisfies(problem -> assertThat(problem.getMessage()).doesNotContain("\n"));
    }

    @Test
    @DisplayName("a setting in it that makes no sense is refused by its name")
    void setting() throws IOException {
        Files.writeString(folder.resolve(StudyBasis.FILE), "{\"validation_size\": \"many\"}");

        assertThatThrownBy(() -> StudyBasis.read(folder).problem(Optional.empty(), 20)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("validation size: wanted a whole number");
    }
}
