package dev.regularisation.training;

import static dev.regularisation.training.SmallPlans.PLAIN;
import static dev.regularisation.training.SmallPlans.train;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.backend.cpu.Kernel;
import dev.regularisation.penalty.ActivationL1;
import dev.regularisation.random.Streams;
import dev.regularisation.random.TorchGenerator;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A plan determines every bit of a run, and the digest tells every bit. */
class SeedTest {

    private static final TrainingPlan EVERYTHING = PLAIN.toBuilder()
            .dropout(0.3).l1(0.01).l2(0.02).set(ActivationL1.STRENGTH, 0.03).weightDecay(0.04).batchSize(7).build();

    @Property(tries = 30)
    @Label("setup.seed-reproduces: the same seed gives the same bits of the whole run, another seed others")
    void seedReproduces(@ForAll int seed) {
        String digest = train(EVERYTHING.toBuilder().seed(seed)).history().sha256();

        assertThat(digest).hasSize(64);
        assertThat(train(EVERYTHING.toBuilder().seed(seed)).history().sha256()).isEqualTo(digest);
        assertThat(train(EVERYTHING.toBuilder().seed(seed + (1L << 32))).history().sha256()).isEqualTo(digest);
        assertThat(train(EVERYTHING.toBuilder().seed(seed + 1L)).history().sha256()).isNotEqualTo(digest);
    }

    @Test
    @DisplayName("MKL's streams are other masks and nothing else; the C library's normals are other last bits of samples")
    void streams() {
        TrainingPlan.Builder mkl = EVERYTHING.toBuilder().set(TrainingPlan.STREAMS, Streams.TORCH_MKL);
        assertThat(train(mkl).history().sha256()).isNotEqualTo(train(EVERYTHING).history().sha256());
        assertThat(train(mkl.dropout(0)).history().sha256())
                .isEqualTo(train(EVERYTHING.toBuilder().dropout(0)).history().sha256());

        TrainingPlan.Builder scalar = PLAIN.toBuilder().set(TrainingPlan.STREAMS, Streams.TORCH_LIBM);
        assertThat(train(scalar).data().train().x()).isNotEqualTo(train(PLAIN).data().train().x())
                .containsExactly(train(PLAIN).data().train().x(), within(3e-6f));
        assertThat(scalar.build().changed()).containsEntry("streams", "torch-libm");
    }

    @Test
    @DisplayName("draws between the stages change nothing: each stage has its own stream from the seed")
    void drawsBetweenStagesChangeNothing() {
        TorchGenerator other = new TorchGenerator(EVERYTHING.seed());
        String digest = train(EVERYTHING).history().sha256();

        String disturbed = TrainingLoop.train(EVERYTHING, new CpuBackend(), Recording.PARAMETERS,
                (epoch, train, validation) -> other.randn(100), parameters -> {
                    other.randn(33);
                    train(PLAIN);
                    return parameters;
                }).history().sha256();

        assertThat(disturbed).isEqualTo(digest);
    }

    @Test
    @DisplayName("a backend that has run before gives the same bits")
    void backendKeepsNothing() {
        Backend backend = new CpuBackend();
        TrainingLoop.train(PLAIN, backend);

        String again = TrainingLoop.train(EVERYTHING, backend).history().sha256();

        assertThat(again).isEqualTo(train(EVERYTHING).history().sha256());
    }

    @Test
    @DisplayName("both kernels give the same bits")
    void kernelsAgree() {
        String loops = TrainingLoop.train(EVERYTHING, new CpuBackend(Kernel.LOOPS)).history().sha256();
        String vectors = TrainingLoop.train(EVERYTHING, new CpuBackend(Kernel.VECTOR)).history().sha256();

        assertThat(loops).isEqualTo(vectors);
    }

    @Test
    @DisplayName("what is recorded does not change the digest")
    void recordingDoesNotChangeTheDigest() {
        String losses = TrainingLoop.train(
                EVERYTHING, new CpuBackend(), Recording.LOSSES, ProgressListener.NONE).history().sha256();

        assertThat(losses).isEqualTo(train(EVERYTHING).history().sha256());
    }

    @Test
    @DisplayName("one bit of one initial parameter changes the digest")
    void oneBitChangesTheDigest() {
        String digest = train(PLAIN).history().sha256();

        assertThat(perturbed(parameters -> parameters)).isEqualTo(digest);
        assertThat(perturbed(parameters -> {
            parameters[0] = Math.nextUp((float) parameters[0]);
            return parameters;
        })).isNotEqualTo(digest);
    }

    private static String perturbed(UnaryOperator<double[]> perturbation) {
        return TrainingLoop.train(PLAIN, new CpuBackend(), Recording.LOSSES, ProgressListener.NONE, perturbation)
                .history().sha256();
    }
}
