package dev.regularisation.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.offset;

import dev.regularisation.backend.Precision;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.support.PostRuns;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A history tells which epoch was best, what the norms were and, in one digest, every bit. */
class HistoryTest {

    @ParameterizedTest
    @CsvSource({
        "3 1 2 1, 1",
        "NaN 5 4 NaN, 2",
        "NaN NaN, 0",
        "2 NaN 1, 2",
        "1 NaN, 0",
        "Infinity NaN 7, 2",
        "NaN Infinity, 1",
        "0 -0.0, 0",
        "4, 0",
    })
    @DisplayName("the best epoch has the least loss, the first of equals, and never not-a-number while there is a number")
    void bestEpoch(String losses, int best) {
        String[] values = losses.split(" ");
        HistoryRecorder validation = new HistoryRecorder(Precision.FLOAT32, values.length - 1, 1, Recording.LOSSES);
        HistoryRecorder train = new HistoryRecorder(Precision.FLOAT32, values.length - 1, 1, Recording.LOSSES);
        for (String value : values) {
            validation.add(-1, Double.parseDouble(value), new double[1]);
            train.add(Double.parseDouble(value), -1, new double[1]);
        }

        assertThat(new History(validation).bestEpoch()).isEqualTo(best);
        assertThat(new History(train).bestTrainEpoch()).isEqualTo(best);
    }

    @Test
    @DisplayName("norms are of all parameters, the second one squared")
    void norms() {
        HistoryRecorder recorder = new HistoryRecorder(Precision.FLOAT32, 0, 3, Recording.PARAMETERS);

        recorder.add(1, 2, new double[] {3, -4, 0.5});

        History history = new History(recorder);
        assertThat(history.l1Norm(0)).isEqualTo(7.5);
        assertThat(history.squaredL2Norm(0)).isEqualTo(25.25);
        assertThat(history.trainLosses()).containsExactly(1);
        assertThat(history.validationLosses()).containsExactly(2);
        assertThat(history.parameter(0, 1)).isEqualTo(-4);
        assertThat(history.epochs()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    @DisplayName("the digest is SHA-256 over losses and parameters of every epoch, in the backend's precision")
    void digest(Precision precision) throws NoSuchAlgorithmException {
        double[][] parameters = {{1, -0.0, 0.5}, {Math.PI, Double.NaN, 1e-40}};
        HistoryRecorder recorder = new HistoryRecorder(precision, 1, 3, Recording.LOSSES);
        ByteBuffer bytes = ByteBuffer.allocate(2 * (16 + 3 * precision.bytes())).order(ByteOrder.LITTLE_ENDIAN);
        for (int epoch = 0; epoch < 2; epoch++) {
            recorder.add(epoch + 0.1, epoch + 0.2, parameters[epoch]);
            bytes.putDouble(epoch + 0.1).putDouble(epoch + 0.2);
            for (double theta : parameters[epoch]) {
                if (precision == Precision.FLOAT32) {
                    bytes.putFloat((float) theta);
                } else {
                    bytes.putDouble(theta);
                }
            }
        }

        byte[] expected = MessageDigest.getInstance("SHA-256").digest(bytes.array());
        assertThat(new History(recorder).sha256()).isEqualTo(HexFormat.of().formatHex(expected));
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    @DisplayName("which bits a NaN has, by the processor's choice, is no part of the digest; where it stands is")
    void everyNaNIsTheSame(Precision precision) {
        double other = precision == Precision.FLOAT32 ? Float.intBitsToFloat(0xffc12345) : Double.longBitsToDouble(0xfff8000000012345L);

        assertThat(digest(precision, other, other, 1)).isEqualTo(digest(precision, Double.NaN, Double.NaN, 1))
                .isNotEqualTo(digest(precision, 1, Double.NaN, other)).isNotEqualTo(digest(precision, other, 1, other));
    }

    private static String digest(Precision precision, double loss, double first, double second) {
        HistoryRecorder recorder = new HistoryRecorder(precision, 0, 2, Recording.PARAMETERS);
        recorder.add(loss, loss, new double[] {first, second});
        return new History(recorder).sha256();
    }

    @Test
    @Tag(PostRuns.TAG)
    @DisplayName("the norms on record are those of the parameters on record")
    void normsOfARun() {
        History history = PostRuns.of(PostExperiment.L1).history();
        double absolute = 0;
        double squared = 0;
        for (int i = 0; i < history.parameterCount(); i++) {
            absolute += Math.abs(history.parameter(1000, i));
            squared += history.parameter(1000, i) * history.parameter(1000, i);
        }

        assertThat(history.l1Norm(1000)).isEqualTo(absolute);
        assertThat(history.squaredL2Norm(1000)).isEqualTo(squared);
    }

    @Test
    @DisplayName("parameters that were not recorded are refused with the remedy")
    void unrecordedParameters() {
        History history = new History(new HistoryRecorder(Precision.FLOAT32, 0, 1, Recording.LOSSES));

        assertThat(history.hasParameters()).isFalse();
        assertThatIllegalStateException().isThrownBy(() -> history.parameter(0, 0))
                .withMessage("history: parameters were not recorded; train with Recording.PARAMETERS");
        assertThatIllegalStateException().isThrownBy(history::parameterCount);
    }

    @Test
    @DisplayName("losses handed out are copies")
    void lossesAreCopies() {
        HistoryRecorder recorder = new HistoryRecorder(Precision.FLOAT64, 0, 1, Recording.PARAMETERS);
        recorder.add(1, 2, new double[] {0.1});
        History history = new History(recorder);

        history.trainLosses()[0] = 9;
        history.validationLosses()[0] = 9;

        assertThat(history.trainLoss(0)).isEqualTo(1);
        assertThat(history.validationLoss(0)).isEqualTo(2);
        assertThat(history.parameter(0, 0)).isEqualTo(0.1);
    }

    @Test
    @DisplayName("R2 is 1 for a perfect fit, 0 for the mean, negative below it")
    void coefficientOfDetermination() {
        float[] y = {1, 2, 3, 6};

        assertThat(Fit.r2(y, new double[] {1, 2, 3, 6})).isEqualTo(1);
        assertThat(Fit.r2(y, new double[] {3, 3, 3, 3})).isZero();
        // Residuals 1, 1, 1, 1 against deviations of 4, 1, 0, 9.
        assertThat(Fit.r2(y, new double[] {2, 1, 4, 5})).isCloseTo(1 - 4 / 14.0, offset(1e-15));
        assertThat(Fit.r2(y, new double[] {6, 3, 2, 1})).isNegative();
        // Labels far from 0: deviations of -32/3, -8/3 and 40/3 from a mean of 1e8 whose own rounding is 1e-8.
        assertThat(Fit.r2(new float[] {1e8f, 1e8f + 8, 1e8f + 24}, new double[] {1e8, 1e8 + 8, 1e8 + 23}))
                .isCloseTo(1 - 1 / (2688 / 9.0), offset(1e-10));
        assertThatIllegalArgumentException().isThrownBy(() -> Fit.r2(y, new double[3]))
                .withMessage("predictions: wanted as many as labels, 4, got 3");
    }
}
