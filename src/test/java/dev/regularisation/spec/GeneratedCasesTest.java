package dev.regularisation.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The line that says how generated values are distributed. */
final class GeneratedCasesTest {

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of(List.of(5, 1, 2, 3, 4, 9, 7), "1 to 9, middle 4, 7 different values"),
                Arguments.of(List.of(0.125, 0.125, 0.5, 0.125), "0.125 (75 %), 0.500 (25 %)"),
                Arguments.of(List.of(1.0, Double.NaN), "1 (50 %); 1 not finite"),
                Arguments.of(List.of(true, true, false, true), "true (75 %), false (25 %)"),
                Arguments.of(List.of(new float[3], new float[1], new float[8]), "length 1 to 8, middle 3"),
                Arguments.of(List.of(List.of(1), List.of(2)), "length 1"),
                Arguments.of(List.of("a", "b", "c", "d", "e", "ff", "g"), "7 different values, as long as 2 characters"),
                Arguments.of(List.of(new Section[] {Section.L1}[0]), "L1 (100 %)"),
                Arguments.of(List.of(Stream.class, Object.class), "2 different values"),
                Arguments.of(List.of(), ""));
    }

    @ParameterizedTest(name = "case {index}: {1}")
    @MethodSource("values")
    void summary(List<Object> values, String expected) {
        GeneratedCases cases = new GeneratedCases();
        values.forEach(cases::add);

        assertThat(cases.summary()).isEqualTo(expected);
    }
}
