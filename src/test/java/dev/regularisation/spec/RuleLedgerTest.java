package dev.regularisation.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The account has one line for a test, whatever its message looks like. */
final class RuleLedgerTest {

    @Test
    @DisplayName("a message becomes one line that says something")
    void summary() {
        assertThat(RuleLedger.summary(catchThrowable(() -> assertThat(1).isEqualTo(2)).getMessage()))
                .isEqualTo("expected: 2 but was: 1");
        assertThat(RuleLedger.summary("a\tb\r\n\n  c  ")).isEqualTo("a b c");
        assertThat(RuleLedger.summary(null)).isEmpty();
        assertThat(RuleLedger.summary("long ".repeat(1000))).hasSizeLessThan(500).endsWith("…").doesNotContain("\n");
    }
}
