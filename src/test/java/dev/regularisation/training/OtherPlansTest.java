package dev.regularisation.training;

import static dev.regularisation.support.Golden.member;
import static org.assertj.core.api.Assertions.assertThat;

import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.support.Golden;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plans that the post does not have follow PyTorch too: nothing is fitted to the seven published runs. */
class OtherPlansTest {

    /** Room above what was measured; a run's bits never change, so what it covers is a change of the product. */
    private static final double FACTOR = 2;

    /** Second column: largest relative deviation from PyTorch's float32 curves over 30 epochs, as measured. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
        "deep and narrow | 1.9e-7",
        "shallow and wide | 3.5e-7",
        "bottleneck without noise | 1.3e-7",
        "three dimensions | 2.4e-7",
        "one dimension, AdamW | 1.6e-7",
        "linear by gradient descent | 2.1e-7",
        "gradient descent, decay, 20 left over | 5.6e-7",
        "AdamW decays apart | 6.2e-7",
        "Adam, decay, 15 left over | 3.3e-6",
        "L1 and L2 together | 2.3e-7",
        "dropout 0.3 in minibatches | 2.1e-7",
        "dropout 0.5, seed above 32 bits | 1.4e-7",
        "a sample at a time | 3.4e-6",
        "everything at once | 1.3e-7",
    })
    @DisplayName("losses and norms follow PyTorch's over 30 epochs")
    void followsPyTorch(String name, double measured) {
        GoldenCurve golden = new GoldenCurve(member(Golden.read("cases-training.json"), name + " float32"));

        TrainingResult result = TrainingLoop.train(golden.plan(), new CpuBackend());

        assertThat(golden.deviation(result.history())).isLessThanOrEqualTo(FACTOR * measured);
        assertThat(result.best().epoch()).isEqualTo(member(golden.run(), "best_epoch").intValue());
    }

    @Test
    @DisplayName("every plan of the file is in the table above")
    void everyPlanIsTested() throws NoSuchMethodException {
        String[] table = getClass().getDeclaredMethod("followsPyTorch", String.class, double.class)
                .getAnnotation(CsvSource.class).value();

        assertThat(table).extracting(row -> row.split(" \\| ")[0])
                .containsExactlyElementsOf(() -> Golden.read("cases.json").fieldNames());
    }
}
