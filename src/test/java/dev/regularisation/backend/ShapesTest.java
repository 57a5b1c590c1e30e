package dev.regularisation.backend;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.regularisation.backend.cpu.CpuBackend;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Shapes that do not fit are refused by name: the operation, what came, what was expected. */
class ShapesTest {

    private static final Backend BACKEND = new CpuBackend();

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    @DisplayName("mistakes are named")
    void mistakesAreNamed(String message, Runnable mistake) {
        assertThatIllegalArgumentException().isThrownBy(mistake::run).withMessage(message);
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of("tensor: wanted at least 0 rows and columns, got [-1 x 3]", mistake(() -> zeros(-1, 3))),
                Arguments.of("tensor: wanted at most 2147483583 elements, got [65536 x 65536]; ask for fewer units"
                        + " or smaller batches", mistake(() -> zeros(65536, 65536))),
                Arguments.of("affine: wanted an input of [50 x samples] for weights [25 x 50], got [49 x 32]",
                        mistake(() -> BACKEND.affine(zeros(25, 50), zeros(25, 1), zeros(49, 32), zeros(25, 32)))),
                Arguments.of("affine: bias: wanted [25 x 1], got [24 x 1]",
                        mistake(() -> BACKEND.affine(zeros(25, 50), zeros(24, 1), zeros(50, 32), zeros(25, 32)))),
                Arguments.of("affine: output: wanted [25 x 32], got [25 x 31]",
                        mistake(() -> BACKEND.affine(zeros(25, 50), zeros(25, 1), zeros(50, 32), zeros(25, 31)))),
                Arguments.of("gemm: wanted as many columns on the left as rows on the right, got [2 x 3] and [4 x 5]: 3 and 4",
                        mistake(() -> BACKEND.gemm(false, zeros(2, 3), false, zeros(4, 5), zeros(2, 5)))),
                Arguments.of("gemm: wanted as many columns on the left as rows on the right, got the transpose of "
                        + "[2 x 3] and the transpose of [4 x 5]: 2 and 5",
                        mistake(() -> BACKEND.gemm(true, zeros(2, 3), true, zeros(4, 5), zeros(3, 4)))),
                Arguments.of("gemm: C: wanted [2 x 5], got [3 x 3]",
                        mistake(() -> BACKEND.gemm(false, zeros(2, 3), false, zeros(3, 5), zeros(3, 3)))),
                Arguments.of("view: wanted a window inside a column vector, got [2 x 3] at offset 5 of [10 x 1]",
                        mistake(() -> BACKEND.view(zeros(10, 1), 5, 2, 3))),
                Arguments.of("view: wanted a window inside a column vector, got [1 x 1] at offset 0 of [5 x 2]",
                        mistake(() -> BACKEND.view(zeros(5, 2), 0, 1, 1))),
                Arguments.of("write: wanted an array of 6 elements, as the tensor [2 x 3] has, got 5",
                        mistake(() -> BACKEND.write(new double[5], zeros(2, 3)))),
                Arguments.of("gatherColumns: wanted an index from 0 to 3, a column of the source, got 4",
                        mistake(() -> BACKEND.gatherColumns(zeros(2, 4), new int[] {0, 4}, 0, zeros(2, 2)))),
                Arguments.of("gatherColumns: wanted as many rows as the source has and an index for each column, got source "
                        + "[2 x 4], target [2 x 2] from index 1 of 2",
                        mistake(() -> BACKEND.gatherColumns(zeros(2, 4), new int[] {0, 3}, 1, zeros(2, 2)))),
                Arguments.of("activate: wanted tensors of one shape, got [2 x 3] and [3 x 2]",
                        mistake(() -> BACKEND.activate(Activation.RELU, zeros(2, 3), zeros(3, 2)))),
                Arguments.of("rowSums: sums: wanted [2 x 1], got [3 x 1]",
                        mistake(() -> BACKEND.rowSums(zeros(2, 3), zeros(3, 1)))));
    }

    private static Runnable mistake(Runnable mistake) {
        return mistake;
    }

    private static Tensor zeros(int rows, int columns) {
        return BACKEND.zeros(rows, columns);
    }
}
