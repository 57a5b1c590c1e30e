package dev.regularisation.data;

import static dev.regularisation.support.Golden.member;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.regularisation.support.Golden;
import dev.regularisation.support.LinearArrays;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every array of a data set equals PyTorch's, bit for bit. */
class LinearProblemGoldenTest {

    @ParameterizedTest(name = "{0} training samples")
    @ValueSource(ints = {200, 400})
    @DisplayName("the post's data sets have PyTorch's bits")
    void postsData(int trainSize) {
        JsonNode section = member(Golden.read("streams.json"), "data train=" + trainSize);

        Map<String, float[]> arrays = LinearArrays.of(LinearProblem.POST.withTrainSize(trainSize).draw(42));

        assertThat(section.fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(arrays.keySet());
        arrays.forEach((name, values) -> assertThat(Golden.sha256(values)).as(name)
                .isEqualTo(member(member(section, name), "sha256").textValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("otherProblems")
    @DisplayName("so have data sets of other dimensions, sizes, noises and seeds")
    void otherData(String name, JsonNode problem) {
        LinearData data = new LinearProblem(member(problem, "dims").intValue(), member(problem, "train").intValue(),
                member(problem, "validation").intValue(), member(problem, "noise").doubleValue())
                .draw(member(problem, "s").longValue());

        LinearArrays.of(data).forEach((array, values) ->
                assertThat(Golden.sha256(values)).as(array).isEqualTo(member(problem, array).textValue()));
    }

    static Stream<Arguments> otherProblems() {
        JsonNode problems = Golden.read("cases-data.json");
        assertThat(problems).as("problems in the file").hasSize(8);
        return StreamSupport.stream(problems.spliterator(), false).map(problem -> Arguments.of(
                problem.get("dims") + " dimensions, " + problem.get("train") + " samples, noise " + problem.get("noise")
                        + ", seed " + problem.get("s"), problem));
    }
}
