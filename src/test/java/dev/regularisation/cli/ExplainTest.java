package dev.regularisation.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** {@code explain}: what it says of runs whose parting is known, and what it refuses. */
final class ExplainTest {

    private static CommandRun explain(String options) {
        return CommandRun.of(("explain " + options).split(" "));
    }

    @Test
    @DisplayName("weight decay in batches of 64 at seed 99: float32 leaves float64 at epoch 21, at a rectifier of the first layer near 0")
    void knownCase() {
        CommandRun run = explain("--weight-decay 0.02 --batch-size 64 --seed 99 --epochs 25 --against precision=float64");

        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("the plan's own run on cpu in float32 and the plan's own run on cpu in float64",
                "they part for good at epoch 21, batch 1: ", "most in layer 1, unit 3, ");
        MatchResult cause = Pattern.compile("because of a rectifier, layer 1, unit 3, sample \\d+, at (\\S+) and (\\S+)\\R")
                .matcher(run.out()).results().findFirst().orElseThrow();
        assertThat(Double.parseDouble(cause.group(1))).isBetween(-1e-6, 0.0);
        assertThat(Double.parseDouble(cause.group(2))).isBetween(0.0, 1e-6);
    }

    @Test
    @DisplayName("L1 parts neighbours at a sign of a weight; a linear run does not part, and says so")
    void causes() {
        assertThat(explain("--l1 0.021 --epochs 100").out()).contains("first decision that differs: epoch 74, batch 1: a rectifier",
                "they part for good at epoch 82, batch 1: ", "because of the sign of L1, layer 2, unit 10, weight 2, at ");
        CommandRun linear = explain("--layers 50,1 --lr 0.1 --epochs 100 --against neighbour=2");
        assertThat(linear.code()).isZero();
        assertThat(linear.out()).contains("and neighbour 2 on cpu", "no decision differs in any of 100 steps",
                "no step parts them for good", "without a cause to name");
    }

    @Test
    @DisplayName("what cannot be compared is refused in a line")
    void refuses() {
        Map.of("--against precision=float32", "against: wanted a run that is not the plan's own run on cpu in float32, got that",
                "--against colour=red", "against: wanted neighbour=N, precision=FORMAT or backend=NAME, got \"colour=red\"",
                "--against ,", "Invalid value for option '--against' (WHAT=VALUE): wanted values separated by commas, none of them empty, got \",\"",
                "--against precision=half", "against: wanted precision=float32 or precision=float64, got \"half\"",
                "--against backend=abacus", "backend: wanted one of ",
                "--against neighbour=-1", "neighbour: wanted 0 for none",
                "--patience 3", "patience: wanted none").forEach((options, message) -> {
                    CommandRun run = explain(options);
                    assertThat(run.code()).as(options).isEqualTo(2);
                    assertThat(run.out()).as(options).isEmpty();
                    assertThat(run.err()).as(options).startsWith("regularisation explain: " + message).hasLineCount(1);
                });
    }
}
