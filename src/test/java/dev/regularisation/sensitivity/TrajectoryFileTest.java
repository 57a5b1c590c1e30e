package dev.regularisation.sensitivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as people have them, and what is refused. */
class TrajectoryFileTest {

    @TempDir
    private Path folder;

    private Trajectory read(String text, String... names) throws IOException {
        Path file = folder.resolve("run.csv");
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        Map<String, String> columns = new LinkedHashMap<>();
        for (String name : names) {
            columns.put(name.substring(0, name.indexOf('=')), name.substring(name.indexOf('=') + 1));
        }
        return TrajectoryFile.read(file, columns);
    }

    private static double validation(Trajectory run, int epoch) {
        return run.readings(Column.VALIDATION_LOSS).get(epoch).value();
    }

    @Test
    @DisplayName("columns of other programs by their usual names or by --columns, others left out, a mark of byte order, any order")
    void columns() throws IOException {
        Trajectory run = read("\ufeffWall time,Step,Train/Loss,val_loss\n1.7e9,2,0.25,0.5\n1.7e9,0,1,2\n\n");

        assertThat(run.columns()).containsExactly(Column.TRAIN_LOSS, Column.VALIDATION_LOSS);
        assertThat(run.readings(Column.VALIDATION_LOSS).keySet()).containsExactly(0, 2);
        assertThat(validation(run, 2)).isEqualTo(0.5);
        assertThat(validation(read("Wall time,Step,Value\n1,3,0.5\n", "validation_loss=Value"), 3)).isEqualTo(0.5);
        assertThat(validation(read("\"t\"\tval\n4\t0.5\n", "epoch=t"), 4)).isEqualTo(0.5);
        assertThat(read("epoch,loss,train_loss\n0,1,2\n").readings(Column.TRAIN_LOSS).get(0).value()).isEqualTo(2);
    }

    @Test
    @DisplayName("grouped thousands, decimal commas, exponents, NaN and infinity, fields that are missing")
    void numbers() throws IOException {
        Trajectory run = read("epoch,val\n0,\"1,234.5\"\n1,1 234.5\n2,1'234.5\n3,nan\n4,-Inf\n5,\n6,N/A\n7.0,12.5e2\n\"1,000\",.5\n");

        assertThat(run.readings(Column.VALIDATION_LOSS).keySet()).containsExactly(0, 1, 2, 3, 4, 7, 1000);
        assertThat(validation(run, 0)).isEqualTo(1234.5).isEqualTo(validation(run, 1)).isEqualTo(validation(run, 2));
        assertThat(validation(run, 3)).isNaN();
        assertThat(validation(run, 4)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(validation(run, 7)).isEqualTo(1250);
        Trajectory german = read("epoch;val\n0;0,5\n1;1.234,5\n2;0.25\n");
        assertThat(validation(german, 0)).isEqualTo(0.5);
        assertThat(validation(german, 1)).isEqualTo(1234.5);
        assertThat(validation(german, 2)).isEqualTo(0.25);
    }

    @Test
    @DisplayName("of an epoch that stands in several rows the last counts, which is said; equal rows are none the worse")
    void repeated() throws IOException {
        Trajectory run = read("epoch,val\n0,3.25\n1,2.5\n1,2.25\n0,3.25\n");

        assertThat(validation(run, 1)).isEqualTo(2.25);
        assertThat(run.remarks()).first().asString().contains("2 rows are of an epoch that stands in an earlier row; the last counts");
    }

    @Test
    @DisplayName("what digits hide: as many decimals everywhere, as many digits as the longest, or nothing of 17 digits")
    void uncertainties() throws IOException {
        NavigableMap<Integer, Reading> fixed = read("epoch,val\n0,9.50\n1,0.05\n").readings(Column.VALIDATION_LOSS);
        NavigableMap<Integer, Reading> significant =
                read("epoch,val\n0,9.5\n1,0.054321\n2,1e-09\n").readings(Column.VALIDATION_LOSS);

        assertThat(fixed.get(0).uncertainty()).isEqualTo(0.005);
        assertThat(fixed.get(1).uncertainty()).isEqualTo(0.005);
        assertThat(significant.get(0).uncertainty()).isEqualTo(0.5e-4);
        assertThat(significant.get(1).uncertainty()).isCloseTo(0.5e-6, Percentage.withPercentage(1e-9));
        assertThat(significant.get(2).uncertainty()).isCloseTo(0.5e-13, Percentage.withPercentage(1e-9));
        assertThat(read("epoch,val\n0,0.5\n1,0.05343867093324661\n").readings(Column.VALIDATION_LOSS).values())
                .allMatch(reading -> reading.uncertainty() == 0);
    }

    @Test
    @DisplayName("garbage is refused in a line that says where and how to mend it")
    void refuses() {
        refused("", "an empty file");
        refused("epoch,val\n", "got no value");
        refused("a,b\n1,2\n", "wanted a column of epochs, such as epoch or step, got \"a\", \"b\"; name it with --columns epoch=NAME");
        refused("epoch,b\n1,2\n", "name one with --columns validation_loss=NAME");
        refused("epoch,val,val_loss\n1,2,3\n", "wanted one column for validation_loss, got \"val\", \"val_loss\"");
        refused("epoch,val\n1,2\n2,fast\n", "line 3: wanted a number for validation_loss, got \"fast\"");
        refused("epoch,val\n1,1,234\n", "line 2: wanted 2 fields, one for each column, got 3; put numbers with commas inside in quotes");
        refused("epoch,val\n-1,2\n", "line 2: wanted a whole number of 0 or more as epoch, got \"-1\"");
        refused("epoch,val\n0.5,2\n", "as epoch, got \"0.5\"");
        refused("epoch,val\n99999999999,2\n", "as epoch");
        refused("epoch,val\n1,\"2\n", "close it");
        refused("epoch,val\n1,\0\n", "NUL byte");
        assertThatThrownBy(() -> read("epoch,val\n1,2\n", "validation_loss=gone")).hasMessageContaining("wanted a column \"gone\"");
        assertThatThrownBy(() -> read("epoch,val\n1,2\n", "speed=val")).hasMessageContaining("columns: wanted epoch=NAME or one of");
        assertThatThrownBy(() -> TrajectoryFile.read(folder, Map.of())).hasMessageContaining("wanted a CSV file or a folder with");
        assertThatThrownBy(() -> TrajectoryFile.read(folder.resolve("none"), Map.of())).hasMessageContaining("no such file");
        assertThatThrownBy(() -> {
            Path file = Files.write(folder.resolve("latin.csv"), new byte[] {'e', (byte) 0xe9});
            TrajectoryFile.read(file, Map.of());
        }).hasMessageContaining("wanted UTF-8");
    }

    private void refused(String text, String complaint) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(complaint)
                .extracting(Throwable::getMessage).asString().doesNotContain("\n");
    }
}
