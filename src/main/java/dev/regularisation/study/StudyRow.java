package dev.regularisation.study;

import dev.regularisation.post.PostExperiment;
import dev.regularisation.results.Baselines;
import dev.regularisation.results.Baselines.Baseline;
import dev.regularisation.training.History;
import dev.regularisation.training.TrainingResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * What a study keeps of a run.
 *
 * @param cell                which run
 * @param bestEpoch           the epoch of the least validation loss
 * @param bestTrainLoss       the least training loss
 * @param bestValidationLoss  the least validation loss
 * @param finalTrainLoss      training loss of the last model, in evaluation mode
 * @param finalValidationLoss validation loss of the last model
 * @param l1Norm              Σ |θ| of the last model
 * @param squaredL2Norm       Σ θ² of the last model
 * @param nearZero            share of the last model's parameters below 10⁻³ in magnitude
 * @param leastSquares        validation loss of least squares on the same samples, in closed form, if it was computed
 * @param ridge               the same of ridge regression, where the run has L2
 * @param diverged            the first epoch with a loss that is infinite or NaN, if there is one
 * @param sha256              digest of the whole history
 */
public record StudyRow(
        StudyCell cell, int bestEpoch, double bestTrainLoss, double bestValidationLoss, double finalTrainLoss,
        double finalValidationLoss, double l1Norm, double squaredL2Norm, double nearZero,
        OptionalDouble leastSquares, OptionalDouble ridge, OptionalInt diverged, String sha256) {

    private static final double NEAR_ZERO = 1e-3;

    public StudyRow {
        int epochs = cell.plan().epochs();
        if (bestEpoch < 0 || bestEpoch > epochs) {
            throw new IllegalArgumentException("best epoch: wanted one from 0 to " + epochs + ", got " + bestEpoch);
        }
        if (diverged.isPresent() && !(diverged.getAsInt() >= 0 && diverged.getAsInt() <= epochs)) {
            throw new IllegalArgumentException("epoch of divergence: wanted none or one from 0 to " + epochs + ", got "
                    + diverged.getAsInt());
        }
        // Losses and norms may be anything, NaN too: a run that diverges is a result.
        if (!(nearZero >= 0 && nearZero <= 1)) {
            throw new IllegalArgumentException("share of parameters near zero: wanted one in [0, 1], got " + nearZero);
        }
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("wanted a SHA-256, got \"" + sha256 + "\"");
        }
    }

    /** Names of the columns, in order. */
    public static final List<String> COLUMNS = List.of("method", "train_size", "strength", "seed", "best_epoch",
            "best_train_loss", "best_validation_loss", "final_train_loss", "final_validation_loss", "l1_norm",
            "squared_l2_norm", "near_zero_share", "least_squares_validation_loss", "ridge_validation_loss",
            "diverged_at_epoch", "history_sha256");

    /** The row of a finished run. */
    public static StudyRow of(StudyCell cell, TrainingResult result) {
        History history = result.history();
        Baselines baselines = Baselines.of(result);
        double[] parameters = result.last().parameters();
        int near = 0;
        for (double theta : parameters) {
            if (Math.abs(theta) < NEAR_ZERO) {
                near++;
            }
        }
        return new StudyRow(cell, history.bestEpoch(), history.trainLoss(history.bestTrainEpoch()),
                history.validationLoss(history.bestEpoch()), result.last().fit().trainLoss(),
                result.last().fit().validationLoss(), history.l1Norm(history.epochs()),
                history.squaredL2Norm(history.epochs()), (double) near / parameters.length,
                validationLoss(Optional.of(baselines.leastSquares())), validationLoss(baselines.ridge()),
                history.divergence(), history.sha256());
    }

    private static OptionalDouble validationLoss(Optional<Baseline> baseline) {
        return baseline.flatMap(Baseline::fit).map(fit -> OptionalDouble.of(fit.validationLoss())).orElse(OptionalDouble.empty());
    }

    /** The line of a file, without its end. */
    String line() {
        return CSVFormat.DEFAULT.format(cell.method().id(), cell.trainSize(), cell.strength(), cell.seed(), bestEpoch, bestTrainLoss,
                bestValidationLoss, finalTrainLoss, finalValidationLoss, l1Norm, squaredL2Norm, nearZero, text(leastSquares),
                text(ridge), diverged.isPresent() ? diverged.getAsInt() : "", sha256);
    }

    private static String text(OptionalDouble value) {
        return value.isPresent() ? Double.toString(value.getAsDouble()) : "";
    }

    private static OptionalDouble number(String text) {
        return text.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(text));
    }

    /**
     * The row of a line.
     *
     * @throws IllegalArgumentException if it is not one
     */
    static StudyRow parse(String line) {
        String[] f = cells(line);
        if (f.length != COLUMNS.size()) {
            throw new IllegalArgumentException("wanted " + COLUMNS.size() + " columns, got " + f.length);
        }
        StudyCell cell = new StudyCell(PostExperiment.of(f[0]), Integer.parseInt(f[1]), Double.parseDouble(f[2]),
                Long.parseLong(f[3]));
        return new StudyRow(cell, Integer.parseInt(f[4]), Double.parseDouble(f[5]), Double.parseDouble(f[6]),
                Double.parseDouble(f[7]), Double.parseDouble(f[8]), Double.parseDouble(f[9]), Double.parseDouble(f[10]),
                Double.parseDouble(f[11]), number(f[12]), number(f[13]),
                f[14].isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(f[14])), f[15]);
    }

    /** The cells of one line; none of an empty one. */
    private static String[] cells(String line) {
        try (CSVParser parser = CSVParser.parse(line, CSVFormat.DEFAULT)) {
            List<CSVRecord> records = parser.getRecords();
            return records.size() == 1 ? records.get(0).values() : new String[0];
        } catch (IOException | UncheckedIOException e) {
            throw new IllegalArgumentException("wanted comma-separated values, got " + e.getMessage(), e);
        }
    }
}
