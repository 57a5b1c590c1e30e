package dev.regularisation.backend.kit.teeth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Precision;
import dev.regularisation.backend.Tensor;
import dev.regularisation.backend.kit.Contract;
import dev.regularisation.backend.kit.NaiveBackend;
import dev.regularisation.backend.kit.Strictness;
import dev.regularisation.support.ForwardingBackend;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract rejects what it is there to reject, and nothing else. */
class ContractTeethTest {

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("A broken backend is rejected with a message that names the rule, even where roundings are forgiven")
    void brokenBackendIsRejected(BrokenBackend broken) {
        for (Strictness strictness : Strictness.values()) {
            List<String> violations = Contract.violations(
                    () -> broken.breaking(new NaiveBackend(Precision.FLOAT32)), strictness, Set.of(broken.rule()));
            assertThat(violations).as(strictness + ": " + broken)
                    .singleElement().asString().startsWith("rule " + broken.rule() + " (");
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("The reference itself breaks no rule")
    void referencePasses(Precision precision) {
        assertThat(Contract.violations(() -> new NaiveBackend(precision), Strictness.BITS, Contract.rules())).isEmpty();
    }

    @Test
    @DisplayName("A sum in another order is accepted by every rule but that of bits")
    void anotherOrderIsRejectedByBitsAlone() {
        assertThat(Contract.violations(ContractTeethTest::descending, Strictness.ROUNDING, Contract.rules())).isEmpty();
        assertThat(Contract.violations(ContractTeethTest::descending, Strictness.BITS, Set.of("gemm.definition")))
                .singleElement().asString().startsWith("rule gemm.definition (");
    }

    @Test
    @DisplayName("Every rule has a broken backend that it must reject")
    void everyRuleHasTeeth() {
        assertThat(Arrays.stream(BrokenBackend.values()).map(BrokenBackend::rule)).containsAll(Contract.rules());
    }

    private static Backend descending() {
        return new ForwardingBackend(new NaiveBackend(Precision.FLOAT32)) {
            @Override
            public void gemm(boolean transposeA, Tensor a, boolean transposeB, Tensor b, Tensor c) {
                to.gemm(transposeA, reversed(a, !transposeA), transposeB, reversed(b, transposeB), c);
            }

            /** The matrix with its columns, or its rows, in reverse order. */
            private Tensor reversed(Tensor tensor, boolean columns) {
                double[] from = to.read(tensor);
                double[] values = new double[from.length];
                int width = tensor.columns();
                for (int r = 0; r < tensor.rows(); r++) {
                    for (int j = 0; j < width; j++) {
                        int source = columns ? r * width + width - 1 - j : (tensor.rows() - 1 - r) * width + j;
                        values[r * width + j] = from[source];
                    }
                }
                return to.tensor(tensor.rows(), width, values);
            }
        };
    }
}
