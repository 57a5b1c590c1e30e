package dev.regularisation.spec;

import dev.regularisation.support.BackendRuns;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A rule about training, which is judged on every backend of this machine, with the same predicates: the verdict on each must
 * be the pinned one. Of a rule that takes other backends long, in a thorough build, or when they are asked for.
 *
 * @param <E> the evidence
 */
public abstract class BackendRuleTest<E> extends RunRuleTest<E> {

    @ParameterizedTest(name = "on {0}")
    @MethodSource("others")
    final void onBackend(String backend) {
        Assumptions.assumeTrue(!isLongElsewhere() || Boolean.getBoolean("thorough") || BackendRuns.areChosen(),
                () -> "a thorough build judges this on " + backend + ", which takes long; so does -Dbackends=" + backend);
        require(evidence(new Runs(backend)));
    }

    /** Whether other backends take many seconds for it, so that they are left to a thorough build. */
    protected boolean isLongElsewhere() {
        return false;
    }

    @Override
    final String elsewhere() {
        return isLongElsewhere() ? Document.ON_BACKENDS + Document.ASKED_THOROUGHLY : Document.ON_BACKENDS;
    }

    /** All but {@code cpu}, whose verdict is the page's. */
    static Stream<String> others() {
        return BackendRuns.available().filter(name -> !name.equals(Runs.CPU.backend()));
    }
}
