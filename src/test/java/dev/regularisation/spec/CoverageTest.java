package dev.regularisation.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regularisation.spec.Coverage.Kind;
import dev.regularisation.spec.Coverage.Sentence;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Every sentence of the post is accounted for. */
class CoverageTest {

    private static Sentence sentence(Kind kind, String rule, String remark) {
        return new Sentence("L1 p1 s1", kind, "It is so.", rule.isEmpty() ? List.of() : List.of(rule), remark);
    }

    @Test
    @DisplayName("unknown ids, claims and code that nothing tries, rules that nothing leads to and gaps are found")
    void problems() {
        assertThat(Coverage.problems(List.of(sentence(Kind.CLAIM, "a.b", ""), sentence(Kind.OPINION, "", ""),
                sentence(Kind.CODE, "", "layout, as of compare.gap-shrinks")), List.of("a.b"))).isEmpty();
        assertThat(Coverage.problems(List.of(sentence(Kind.CLAIM, "c.d", ""), sentence(Kind.CODE, "", " "),
                sentence(Kind.CLAIM, "a.b", "gap (part): not tried"), sentence(Kind.CODE, "", "no rule; a Gap")),
                List.of("a.b", "e.f"))).satisfiesExactly(
                        unknown -> assertThat(unknown).contains("L1 p1 s1: wanted ids of rules, got c.d"),
                        untried -> assertThat(untried).contains("wanted a rule that tries it, or a reason why none can"),
                        gap -> assertThat(gap).contains("wanted no gap, got \"gap (part): not tried\""),
                        gap -> assertThat(gap).contains("wanted no gap, got \"no rule; a Gap\""),
                        unused -> assertThat(unused).contains("got none that leads to e.f"));
    }

    @Test
    @DisplayName("in the project's own list are none of these")
    void own() {
        assertThat(Coverage.problems(Coverage.sentences(), Rules.all().stream().map(RuleCard::id).toList())).isEmpty();
    }
}
