package dev.regularisation.backend.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regularisation.backend.Precision;
import dev.regularisation.backend.kit.Contract;
import dev.regularisation.backend.kit.Strictness;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What compilers and devices do to arithmetic, and what a slip does to a kernel, is found, and the operation named.
 *
 * <p>Work-items of an operation share nothing: no local memory, no element that one of them writes. So there is no barrier to
 * forget, and a race takes a kernel that writes what is another work-item's. Where work-items do share,
 * {@link dev.regularisation.lockstep.LockstepTeethTest} forgets the barrier.
 */
@WhereOpenClIs
class KernelTeethTest {

    private final OpenClDevice device = OpenClProvider.device(Precision.FLOAT64, null);

    @Test
    @DisplayName("The self-test names the operation whose arithmetic is not Java's")
    void selfTestBites() {
        Map<String, Change> faults = new LinkedHashMap<>();
        faults.put("addition", Change.option("-cl-denorms-are-zero"));
        faults.put("product and sum", Change.of("w = x * y + z;", "w = fma(x, y, z);"));
        faults.put("division", Change.of("w = DIVIDE(x, y);", "w = x * DIVIDE((real) 1, y);"));

        faults.forEach((operation, fault) -> assertThat(selfTest(Precision.FLOAT32, fault)).as(operation).get().asString()
                .startsWith("self-test: wrong bits from " + operation + " of (").contains(", wanted ", ", got "));
        assertThat(selfTest(Precision.FLOAT64, Change.of("sum += d * d;", "sum = fma(d, d, sum);"))).get().asString()
                .startsWith("self-test: wrong bits from sum of squares in float64 of the numbers from ");
    }

    private Optional<String> selfTest(Precision precision, Change fault) {
        try (OpenClSession session = new OpenClSession(device, fault.apply(Programs.operations(device, precision)))) {
            return new SelfTest(session, precision).run();
        }
    }

    @Test
    @DisplayName("The contract kit finds each wrong kernel by the rule of its operation")
    void kitBites() {
        Map<String, Change> faults = new TreeMap<>();
        faults.put("activate.definition", Change.of("return x <= 0 ? REAL(0.0) : x;", "return fmax(x, REAL(0.0));"));
        faults.put("adam.definition", Change.of("*theta -= DIVIDE(size * first, DIVIDE(ROOT(second), scale2) + epsilon);",
                "*theta -= size * first * DIVIDE((real) 1, DIVIDE(ROOT(second), scale2) + epsilon);"));
        faults.put("addSign.definition", Change.of("y[y_at + i] += signed_as(value, alpha);",
                "y[y_at + i] += alpha * sign(value);"));
        faults.put("affine.definition", Change.of("sum = fma(w[w_at + o * inputs + i], x[x_at + i * samples + s], sum);",
                "sum = w[w_at + o * inputs + i] * x[x_at + i * samples + s] + sum;"));
        faults.put("axpy.definition", Change.of("y[y_at + i] = fma(alpha, x[x_at + i], y[y_at + i]);",
                "y[y_at + i] = fma(alpha, x[y_at], y[y_at + i]);"));
        faults.put("gather.columns", Change.of("source[source_at + r * width + columns[j]]",
                "source[source_at + r * n + columns[j]]"));
        faults.put("gemm.definition", Change.of("for (int k = 0; k < terms; k++)", "for (int k = terms - 1; k >= 0; k--)"));
        faults.put("lossGradient.definition", Change.of("factor * (p[p_at + i] - y[y_at + i])",
                "fma(factor, p[p_at + i], -(factor * y[y_at + i]))"));
        faults.put("rowSums.definition", Change.of(
                "for (int j = 0; j < columns; j++) sum += a[a_at + r * columns + j];",
                "for (int j = 0; j < columns; j += 2)"
                        + " sum += a[a_at + r * columns + j] + (j + 1 < columns ? a[a_at + r * columns + j + 1] : 0);"));
        faults.put("scale.definition", Change.of("x[x_at + i] *= alpha;",
                "{ real y = x[x_at + i] * alpha; x[x_at + i] = isnormal(y) || isnan(y) || isinf(y) ? y : y * 0; }"));
        // State that is stale: what the target held, and differences that the call before has left.
        faults.put("activate.backward", Change.of("dx[dx_at + i] = activation_gradient", "dx[dx_at + i] += activation_gradient"));
        faults.put("sumOfLosses.definition", Change.of("c[c_at + i] = a[a_at + i] - b[b_at + i]",
                "c[c_at + i] += a[a_at + i] - b[b_at + i]"));
        // A race: two work-items write one element.
        faults.put("multiply.definition", Change.of("if (i < n) c[c_at + i] = a[a_at + i] * b[b_at + i];",
                "if (i < n) c[c_at + i] = a[a_at + i] * b[b_at + i];"
                        + " if (0 < i && i < n) c[c_at + i - 1] = c[c_at + i];"));
        // One program has them all: each rule sees one kernel.
        KernelSource broken = faults.values().stream().reduce(Change::and).orElseThrow()
                .apply(Programs.operations(device, Precision.FLOAT32));

        List<String> violations = Contract.violations(
                () -> new OpenClBackend(device, Precision.FLOAT32, broken), Strictness.BITS, faults.keySet());

        assertThat(violations).extracting(message -> message.substring("rule ".length(), message.indexOf(" (")))
                .containsExactlyInAnyOrderElementsOf(faults.keySet());
        assertThat(violations).allSatisfy(message -> assertThat(message).contains("is broken by opencl (float32), "));
    }
}
