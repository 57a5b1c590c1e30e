package dev.regularisation.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regularisation.backend.Precision;
import dev.regularisation.results.TrainedModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Accidents to the file of a model: read as something that is a model, or refused in one line. */
final class NonsenseModelTest {

    private static final TrainedModel MODEL = new TrainedModel(List.of(1, 1), "relu", true, List.of("x"), "y", List.of(0.5),
            List.of(2.0), Precision.FLOAT32, new double[] {3, -1});
    private static final Path FILE = Path.of("target", "nonsense", "model.safetensors");

    @Property(tries = 500)
    @Label("a model's file that an accident happened to: read, or refused in one line that names it")
    void accidents(@ForAll("damaged") byte[] bytes) throws IOException {
        Files.createDirectories(FILE.getParent());
        Files.write(FILE, bytes);

        try {
            assertThat(TrainedModel.read(FILE).parameters()).isNotEmpty();
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageStartingWith(FILE + ": ").hasMessageContaining("wanted ").hasMessageContaining("; name a ");
            assertThat(e.getMessage()).hasLineCount(1).doesNotContainPattern("\\p{Cntrl}");
        }
    }

    @Provide
    Arbitrary<byte[]> damaged() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        try {
            MODEL.toSafeTensors().writeTo(whole);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Nonsense.damaged(whole.toByteArray());
    }
}
