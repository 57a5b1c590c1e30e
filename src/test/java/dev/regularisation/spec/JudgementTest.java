package dev.regularisation.spec;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.atLeast;
import static dev.regularisation.spec.Finding.atLevel;
import static dev.regularisation.spec.Finding.atMost;
import static dev.regularisation.spec.Finding.each;
import static dev.regularisation.spec.Finding.eachAtMost;
import static dev.regularisation.spec.Finding.exactly;
import static dev.regularisation.spec.Finding.most;
import static dev.regularisation.spec.Finding.not;
import static dev.regularisation.spec.Finding.within;
import static dev.regularisation.spec.Outcome.OPEN;
import static dev.regularisation.spec.Outcome.REFUTED;
import static dev.regularisation.spec.Outcome.SHOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From evidence to a verdict, and from a verdict to a build that passes or fails. */
class JudgementTest {

    private static final RuleCard RULE = new RuleCard("topic.some-rule", Section.L1, Strength.CLAIM, "It is so.",
            "It is nearly so.", "It is otherwise.", "", List.of());

    private static Finding finding(Outcome outcome) {
        return new Finding("a", outcome, "1", List.of());
    }

    private static Judgement judgement(Outcome asSaid, Outcome qualified, Outcome instead) {
        return new Judgement(RULE, finding(asSaid), Optional.ofNullable(qualified).map(JudgementTest::finding),
                Optional.ofNullable(instead).map(JudgementTest::finding));
    }

    @Test
    @DisplayName("a finding is shown or refuted by its figures, and by NaN neither")
    void findings() {
        assertThat(List.of(atLeast("a", 2, 2), atLeast("a", 2, 2, 3), atMost("a", 2, 2), within("a", 1, 2, 1),
                exactly("a", true, ""),
                each("a", new double[] {1, 2}, x -> x > 0), most("a", 0.5, new double[] {1, -1}, x -> x > 0),
                eachAtMost("a", 2, new double[] {0, 1}, new double[] {1, 2}), atLevel("a", 0.01, 0.001, true, "")))
                .extracting(Finding::outcome).containsOnly(SHOWN);
        assertThat(List.of(atLeast("a", 2, 1), atLeast("a", 2, 0, 1.9), atMost("a", 2, 3), within("a", 1, 2, 3),
                within("a", 1, 2, 0), exactly("a", false, ""), each("a", new double[] {1, -2}, x -> x > 0),
                most("a", 0.6, new double[] {1, -1}, x -> x > 0), atLevel("a", 0.01, 0.001, false, ""),
                eachAtMost("a", 2, new double[] {1, 2.1}, new double[] {3, 4})))
                .extracting(Finding::outcome).containsOnly(REFUTED);
        double nan = Double.NaN;
        assertThat(List.of(atLeast("a", 2, nan), atLeast("a", 2, 1, 2), atLeast("a", 2, 3, nan), atLeast("a", 2, nan, nan),
                atMost("a", 2, nan), within("a", 1, 2, nan), each("a", new double[] {1, nan}, x -> x > 0),
                each("a", new double[0], x -> true), most("a", 0.1, new double[] {1, nan}, x -> x > 0), atLevel("a", 0.01, nan, true, ""),
                eachAtMost("a", 2, new double[] {0, 1}, new double[] {1, 2.1}), eachAtMost("a", 2, new double[0], new double[0]),
                eachAtMost("a", 2, new double[] {0, nan}, new double[] {1, nan}),
                atLevel("a", 0.01, 0.02, true, ""), all())).extracting(Finding::outcome).containsOnly(OPEN);
        assertThat(all(finding(SHOWN), finding(OPEN), finding(REFUTED)).outcome()).isEqualTo(REFUTED);
        assertThat(all(finding(SHOWN), finding(OPEN)).outcome()).isEqualTo(OPEN);
        assertThat(all(finding(SHOWN), all(finding(SHOWN))).outcome()).isEqualTo(SHOWN);
        assertThat(List.of(not("b", finding(SHOWN)), not("b", finding(REFUTED)), not("b", finding(OPEN))))
                .extracting(Finding::outcome).containsExactly(REFUTED, SHOWN, OPEN);
        assertThat(each("a", new double[] {3, 1}, x -> x > 2).summary()).isEqualTo("a (refuted: 1 of 2, which are 1 to 3)");
        assertThat(atLeast("a", 2, 1, 3).summary()).isEqualTo("a (open: 1 to 3, at least 2)");
        assertThat(eachAtMost("a", 2, new double[] {0, 1}, new double[] {1, 2.1}).summary())
                .isEqualTo("a (open: 1 of 2 intervals, the last of which ends at 2.1, at most 2)");
    }

    @Test
    @DisplayName("a statement holds, holds with a qualification, is not supported, or is undecided")
    void verdicts() {
        assertThat(judgement(SHOWN, REFUTED, REFUTED).verdict()).isEqualTo(Verdict.HOLDS);
        assertThat(judgement(REFUTED, SHOWN, null).verdict()).isEqualTo(Verdict.QUALIFIED);
        assertThat(judgement(REFUTED, REFUTED, SHOWN).verdict()).isEqualTo(Verdict.NOT_SUPPORTED);
        assertThat(judgement(REFUTED, null, SHOWN).verdict()).isEqualTo(Verdict.NOT_SUPPORTED);
        assertThat(List.of(judgement(OPEN, SHOWN, SHOWN), judgement(REFUTED, OPEN, SHOWN), judgement(REFUTED, REFUTED, OPEN),
                judgement(REFUTED, null, null))).extracting(Judgement::verdict).containsOnly(Verdict.UNDECIDED);
        assertThat(List.of(judgement(SHOWN, null, null), judgement(REFUTED, SHOWN, null), judgement(REFUTED, null, SHOWN)))
                .extracting(Judgement::sentence).containsExactly("It is so.", "It is nearly so.", "It is otherwise.");
    }

    @Test
    @DisplayName("counterexamples must change the verdict, refute each condition, and let what was refuted hold once")
    void teeth() {
        Judgement real = judgement(REFUTED, SHOWN, null);

        assertThat(RuleTest.biteless(real, Map.of("none", real))).hasSize(2)
                .anyMatch(line -> line.startsWith("the verdict on \"none\" is \"holds with a qualification\" as well"))
                .contains("no counterexample has the statement hold as said, so that nothing shows it could");
        assertThat(RuleTest.biteless(real, Map.of("so", judgement(SHOWN, REFUTED, null)))).isEmpty();
        assertThat(RuleTest.biteless(judgement(SHOWN, null, null), Map.of("no number", judgement(OPEN, null, null))))
                .containsExactly("no counterexample refutes \"a\"");
        assertThat(RuleTest.biteless(judgement(REFUTED, REFUTED, SHOWN), Map.of("so", judgement(SHOWN, REFUTED, REFUTED))))
                .containsExactly("no counterexample has the qualification hold, so that nothing shows it could");
    }

    @Test
    @DisplayName("a verdict that is not the pinned one fails, from what to what and on which figures, as does none")
    void pinned(@TempDir Path folder) throws IOException {
        Verdicts verdicts = new Verdicts(Files.writeString(folder.resolve("verdicts.txt"), "topic.some-rule: holds\n"));

        verdicts.require(judgement(SHOWN, null, null), false);
        assertThatThrownBy(() -> verdicts.require(judgement(REFUTED, SHOWN, null), false)).hasMessageStartingWith(
                "topic.some-rule: the verdict was \"holds\" and is \"holds with a qualification\" now; if that is meant, mvn verify "
                        + "-Dgolden=update pins it").hasMessageContaining("as said, refuted: a (refuted: 1)");
        assertThatThrownBy(() -> verdicts.require(judgement(OPEN, null, null), false)).hasMessageContaining("wanted a verdict, and ");
        assertThat(verdicts.orphans()).singleElement().asString().contains("topic.some-rule, which no class tries");
        Files.writeString(verdicts.file(), "");
        assertThatThrownBy(() -> verdicts.require(judgement(SHOWN, null, null), false)).hasMessageContaining("was \"none yet\" and is");
        verdicts.require(judgement(SHOWN, null, null), true);
        Files.writeString(verdicts.file(), "topic.some-rule holds\n");
        assertThatThrownBy(verdicts::read).hasMessageContaining("wanted lines such as");
    }
}
