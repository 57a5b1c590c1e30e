package dev.regularisation.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regularisation.golden.StudiesUpdate;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.study.StudyCell;
import dev.regularisation.study.StudyRow;
import dev.regularisation.training.TrainingPlan;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What rules over seeds are judged on, and what their pages say of it. */
class SeedsTest {

    private static final RuleCard RULE = new RuleCard("topic.some-rule", Section.L1, Strength.CLAIM, "It is so.", "", "", "",
            List.of());

    @Test
    @DisplayName("rows are those of the study's file, seed by seed from 1; the first few are the first of all")
    void rows() {
        List<StudyRow> file = StudiesUpdate.table("post").rows();
        StudyRows all = Runs.CPU.seeds(400);
        StudyRows few = Runs.CPU.first(20).seeds(400);

        assertThat(all.seeds()).isEqualTo(LongStream.rangeClosed(1, all.seeds().size()).boxed().toList()).hasSizeGreaterThan(20);
        assertThat(few.seeds()).isEqualTo(all.seeds().subList(0, 20));
        assertThat(few.of(PostExperiment.L1)).isEqualTo(all.of(PostExperiment.L1).subList(0, 20)).isEqualTo(few.seeds().stream()
                .map(seed -> StudyCell.asInPost(PostExperiment.L1, 400, seed)).map(cell -> file.stream()
                        .filter(row -> row.cell().equals(cell)).findFirst().orElseThrow()).toList());
    }

    @Test
    @DisplayName("a row that a study lacks is named in one line, with the folder, and so are settings of which it has few seeds")
    void missing() {
        StudyRows longer = Runs.CPU.variants("epochs=3000");

        assertThatThrownBy(() -> longer.of(PostExperiment.L1)).hasMessage("golden/study/variants: wanted a row of mlp-l1 at 200 "
                + "samples, strength 0.021, epochs=3000, seed 1, got none");
        assertThatThrownBy(() -> Runs.CPU.variants("epochs=7")).hasMessage("golden/study/variants: wanted at least 100 seeds of "
                + "epochs=7 with 200 samples, got 0; make the rest with study");
    }

    @Test
    @DisplayName("runs know which studies were asked, and train nothing again for fewer seeds")
    void runs() {
        Runs runs = Runs.remembering();
        TrainingPlan plan = PostExperiment.LINEAR.plan(1, 20).toBuilder().epochs(2).build();

        assertThat(runs.studies()).isEmpty();
        runs.variants("");
        runs.curve(100);
        assertThat(runs.studies()).containsExactly("curve", "variants");
        assertThat(runs.first(2).train(plan)).isSameAs(runs.train(plan));
        assertThat(new Runs(runs.backend()).train(plan)).isNotSameAs(runs.train(plan));
    }

    @Test
    @DisplayName("a page names the folder and the command, and what few seeds alone would leave open")
    void page() {
        Seeds seeds = new Seeds(Set.of("post"), 20, judgement(Outcome.OPEN, "at 12 of 20 seeds"));

        assertThat(seeds.rows()).contains("golden/study/post").contains("audit --study golden/study/post --rows 20");
        assertThat(seeds.fewer(judgement(Outcome.SHOWN, "at 900 of 1000 seeds"))).isEqualTo("The verdict would be: undecided. "
                + "\u201cit is so\u201d would be open, at 12 of 20 seeds.");
        assertThat(seeds.fewer(judgement(Outcome.OPEN, "at 700 of 1000 seeds"))).isEqualTo("The verdict would be the same.");
    }

    @Test
    @DisplayName("the page of a rule that trains its own seeds names no study, and says what few show")
    void ownSeeds() {
        Seeds seeds = new Seeds(Set.of(), 20, judgement(Outcome.OPEN, "at 12 of 20 seeds"));

        assertThat(seeds.rows()).isEmpty();
        assertThat(seeds.fewer(judgement(Outcome.SHOWN, "at 90 of 100 seeds"))).contains("would be open");
    }

    private static Judgement judgement(Outcome outcome, String figures) {
        return new Judgement(RULE, new Finding("it is so", outcome, figures, List.of()), Optional.empty(), Optional.empty());
    }
}
