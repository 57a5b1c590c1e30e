package dev.regularisation.spec;

import dev.regularisation.support.BackendRuns;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A rule about training, which is judged on every backend of this machine, with the same predicates: the verdict on each must
 * be the pinned one. Other backends than {@code cpu} are asked where {@link BackendRuns#areAsked} says so.
 *
 * @param <E> the evidence
 */
public abstract class BackendRuleTest<E> extends RunRuleTest<E> {

    @ParameterizedTest(name = "on {0}")
    @MethodSource("others")
    final void onBackend(String backend) {
        BackendRuns.require(backend);
        require(evidence(new Runs(backend)));
    }

    @Override
    final String elsewhere() {
        return Document.onBackends(BackendRuns.areAsked());
    }

    /** All but {@code cpu}, whose verdict is the page's. */
    static Stream<String> others() {
        return BackendRuns.available().filter(name -> !name.equals(Runs.CPU.backend()));
    }
}
