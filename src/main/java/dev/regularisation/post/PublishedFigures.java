package dev.regularisation.post;

import dev.regularisation.training.History;
import dev.regularisation.training.TrainingResult;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/** The figures that the post's notebook prints, from the resource {@code published.csv}, at seed 42 and 200 samples. */
public final class PublishedFigures {

    private static final String RESOURCE = "published.csv";

    private PublishedFigures() {
    }

    /** A quantity that the notebook prints for every experiment. */
    public enum Quantity {
        /** The least training loss of all epochs. */
        BEST_TRAIN_LOSS("best train loss", result -> {
            History history = result.history();
            return history.trainLoss(history.bestTrainEpoch());
        }),
        /** The least validation loss of all epochs. */
        BEST_VALIDATION_LOSS("best validation loss", result -> {
            History history = result.history();
            return history.validationLoss(history.bestEpoch());
        }),
        /** R² of the last model on the training samples. */
        TRAIN_R2("R2 train", result -> result.last().fit().trainR2()),
        /** R² of the last model on the validation samples. */
        VALIDATION_R2("R2 validation", result -> result.last().fit().validationR2());

        private final String title;
        private final ToDoubleFunction<TrainingResult> value;

        Quantity(String title, ToDoubleFunction<TrainingResult> value) {
            this.title = title;
            this.value = value;
        }

        /** As the table names it. */
        public String title() {
            return title;
        }

        /** Its value for a run. */
        public double of(TrainingResult result) {
            return value.applyAsDouble(result);
        }

        private static Quantity of(String title) {
            return Arrays.stream(values()).filter(q -> q.title.equals(title)).findFirst().orElseThrow();
        }
    }

    /**
     * One printed figure.
     *
     * @param experiment of which run
     * @param quantity   what was printed
     * @param printed    the digits as printed
     * @param source     where
     */
    public record Figure(PostExperiment experiment, Quantity quantity, String printed, String source) {

        /** {@code value} with as many decimals as were printed, rounded half to even as Python rounds. */
        public String round(double value) {
            return Double.isFinite(value)
                    ? new BigDecimal(value).setScale(new BigDecimal(printed).scale(), RoundingMode.HALF_EVEN).toPlainString()
                    : Double.toString(value);
        }

        /** Whether every printed digit agrees with {@code value}. */
        public boolean agrees(double value) {
            return round(value).equals(printed);
        }
    }

    /** All printed figures, in the order of the post. */
    public static List<Figure> all() {
        CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
        List<Figure> figures = new ArrayList<>();
        try (Reader reader = new InputStreamReader(
                PublishedFigures.class.getResourceAsStream(RESOURCE), StandardCharsets.UTF_8)) {
            for (CSVRecord row : format.parse(reader)) {
                figures.add(new Figure(PostExperiment.of(row.get("experiment")), Quantity.of(row.get("quantity")),
                        row.get("published"), row.get("source")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the resource " + RESOURCE + " cannot be read", e);
        }
        return List.copyOf(figures);
    }

    /** The figures of one experiment. */
    public static List<Figure> of(PostExperiment experiment) {
        return all().stream().filter(figure -> figure.experiment() == experiment).toList();
    }
}
