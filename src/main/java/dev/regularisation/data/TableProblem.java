package dev.regularisation.data;

import dev.regularisation.random.Streams;
import dev.regularisation.random.TorchGenerator;
import dev.regularisation.setting.Excerpt;
import dev.regularisation.setting.Setting;
import dev.regularisation.setting.Settings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Samples of a table: one column is the label, the others are the features, in the file's order.
 *
 * <p>A seed splits the rows as {@code torch.manual_seed(seed)} and PyTorch's {@code torch.randperm(rows)} do: the first
 * {@code trainSize} rows of that permutation train, in its order, and the others validate.
 *
 * <p>Standardised features are (x − μ)/σ, with mean μ = Σ x / n and population deviation σ = √(Σ (x − μ)² / n) of the n
 * training rows, for training and validation samples alike. All in double, sums in the order of the training rows; the
 * quotient is rounded once to float32, as are labels, which are never scaled. PyTorch sums a mean in another order, which
 * moves μ and σ by some units in the last place of a double, hardly ever enough to round a quotient to another float32: of
 * the inputs of 201 splits of the diabetes data, 1 in 888,420.
 *
 * @param table       the rows, at least 2
 * @param target      name of the column of labels; at least one other is left
 * @param trainSize   number of training samples n, at least 1 and fewer than the rows
 * @param standardise whether to standardise the features
 */
public record TableProblem(Table table, String target, int trainSize, boolean standardise) implements Problem {

    /** The file. */
    public static final Setting<String> DATA = Setting.text("data").label("FILE.csv")
            .means("Takes the samples from a CSV file, of numbers with a header, instead of drawing them.").reads("{}")
            .check(TableProblem::requireName).shows(file -> Path.of(file).getFileName().toString())
            .leftOut("samples drawn from a linear model with noise");

    /** The column of labels. */
    public static final Setting<String> TARGET = Setting.text("target").label("COLUMN")
            .means("The column of the file that is to be predicted; the others are features.").reads("predicts {}")
            .leftOut("none, with samples that are drawn");

    /** Whether features are standardised. */
    public static final Setting<Boolean> STANDARDISE = Setting.flag("standardise")
            .means("Shifts and scales each feature to mean 0 and deviation 1 of the training rows.").reads("standardised")
            .standard(false);

    static final List<Setting<?>> SETTINGS = List.of(DATA, TARGET, STANDARDISE, Problem.TRAIN_SIZE);

    public TableProblem {
        table.column(target);
        if (table.columns().size() < 2) {
            throw new IllegalArgumentException(table.file() + ": wanted a feature beside the target " + Excerpt.of(target)
                    + ", got no other column; add one");
        }
        if (table.rows() < 2) {
            throw new IllegalArgumentException(table.file() + ": wanted at least 2 rows, one to train on and one to validate "
                    + "with, got " + table.rows() + "; add rows");
        }
        if (!(trainSize >= 1 && trainSize < table.rows())) {
            throw new IllegalArgumentException("training samples: wanted between 1 and " + (table.rows() - 1) + ", as "
                    + table.file() + " has " + table.rows() + " rows and those left over validate, got " + trainSize
                    + "; ask for others or add rows");
        }
    }

    private static void requireName(String file) {
        String refusal = "data: wanted the name of a file, got " + Excerpt.of(file);
        try {
            // A root of the file system has no name.
            if (file.isBlank() || Path.of(file).getFileName() == null) {
                throw new IllegalArgumentException(refusal);
            }
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(refusal, e);
        }
    }

    /** The problem of its settings; reads the file. */
    static TableProblem of(Settings settings) {
        Path file = file(settings.get(DATA));
        Table table = Table.read(file);
        String target = settings.get(TARGET);
        if (target == null) {
            throw new IllegalArgumentException("target: wanted a column of " + file
                    + ", to be predicted, got none; name it with " + TARGET.option() + ", one of " + Excerpt.of(table.columns()));
        }
        return new TableProblem(table, target, settings.get(Problem.TRAIN_SIZE), settings.get(STANDARDISE));
    }

    private static Path file(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("data: wanted the name of a file, got " + Excerpt.of(name) + " (" + e.getReason()
                    + "); name a CSV file", e);
        }
    }

    @Override
    public Settings settings() {
        return Settings.STANDARD.with(DATA, table.file().toString()).with(TARGET, target).with(STANDARDISE, standardise)
                .with(Problem.TRAIN_SIZE, trainSize);
    }

    @Override
    public Map<String, Object> fingerprint() {
        return Map.of("data_sha256", table.sha256());
    }

    /** Names of the features, in the order of a sample's inputs. */
    public List<String> featureNames() {
        return table.columns().stream().filter(name -> !name.equals(target)).toList();
    }

    @Override
    public int features() {
        return table.columns().size() - 1;
    }

    @Override
    public int validationSize() {
        return table.rows() - trainSize;
    }

    @Override
    public TableProblem withTrainSize(int samples) {
        return new TableProblem(table, target, samples, standardise);
    }

    /**
     * Splits the rows and scales the features; all streams order rows alike.
     *
     * @throws IllegalArgumentException if a feature to standardise is constant among the training rows of this seed
     */
    @Override
    public TableData draw(long seed, Streams streams) {
        int[] order = new TorchGenerator(seed, streams).permutation(table.rows());
        int[] train = Arrays.copyOf(order, trainSize);
        int[] validation = Arrays.copyOfRange(order, trainSize, order.length);
        Scaling scaling = standardise ? scaling(train, seed) : Scaling.none(features());
        return new TableData(samples(train, scaling), samples(validation, scaling), featureNames(), target, scaling);
    }

    @Override
    public TableData draw(long seed) {
        return draw(seed, Streams.TORCH);
    }

    private Samples samples(int[] rows, Scaling scaling) {
        int label = table.column(target);
        float[] y = new float[rows.length];
        for (int s = 0; s < rows.length; s++) {
            y[s] = (float) table.value(rows[s], label);
        }
        return new Samples(rows.length, features(), scaling.features(table, featureNames(), rows), y);
    }

    private Scaling scaling(int[] rows, long seed) {
        double[] mean = new double[features()];
        double[] deviation = new double[features()];
        List<String> names = featureNames();
        for (int i = 0; i < mean.length; i++) {
            int column = table.column(names.get(i));
            double sum = 0;
            boolean constant = true;
            for (int row : rows) {
                sum += table.value(row, column);
                constant &= table.value(row, column) == table.value(rows[0], column);
            }
            mean[i] = sum / rows.length;
            double squares = 0;
            for (int row : rows) {
                double difference = table.value(row, column) - mean[i];
                squares += difference * difference;
            }
            deviation[i] = Math.sqrt(squares / rows.length);
            // The mean of equal numbers may be rounded, and then their deviation is not 0; tiny squares may underflow to it.
            if (constant || deviation[i] == 0) {
                throw new IllegalArgumentException(table.file() + ", column " + Excerpt.of(names.get(i))
                        + ": wanted values that differ, to standardise them, got a column that is constant among the training"
                        + " rows of seed " + seed + "; drop the column or leave out --standardise");
            }
        }
        return new Scaling(mean, deviation);
    }
}
