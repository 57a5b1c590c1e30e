package dev.regularisation.cli;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Backends;
import dev.regularisation.data.Table;
import dev.regularisation.files.AtomicFiles;
import dev.regularisation.files.FolderLock;
import dev.regularisation.results.TrainedModel;
import dev.regularisation.training.Fit;
import dev.regularisation.training.Prediction;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Uses a model that {@code train --save-model} kept. */
@Command(
        name = PredictCommand.NAME,
        sortOptions = false,
        description = "Predicts the rows of a CSV file with a model that train --save-model kept, on cpu and in the precision "
                + "of the model, and leaves predictions.csv.")
final class PredictCommand implements Callable<Integer> {

    static final String NAME = "predict";

    /** Name of the file of predictions. */
    static final String PREDICTIONS = "predictions.csv";

    @Option(names = "--model", paramLabel = "FILE", required = true, description = "The model, such as model.safetensors.")
    private Path modelFile;

    @Option(names = "--data", paramLabel = "FILE.csv", required = true,
            description = "Rows to predict: a CSV file with the columns that the model was trained on, in any order.")
    private Path dataFile;

    @Mixin
    private OutputFolder output;

    @Spec
    private CommandSpec spec;

    @Override
    @SuppressWarnings("try")
    public Integer call() throws IOException {
        TrainedModel model = model();
        Table table = Table.read(dataFile);
        List<String> features = features(model, table);
        float[] x = model.scaling().features(table, features);
        Path folder = output.writable(spec, List.of());
        double[] predictions;
        try (FolderLock lock = FolderLock.of(folder); Backend backend = Backends.named("cpu").create(model.precision())) {
            predictions = Prediction.of(backend, model.architecture(), model.parameters(), x);
            boolean known = table.columns().contains(model.target());
            AtomicFiles.write(folder.resolve(PREDICTIONS), out -> {
                Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
                write(writer, model, table, predictions, known);
                writer.flush();
            });
        }
        PrintWriter out = spec.commandLine().getOut();
        out.printf(Locale.ROOT, "predict: %d rows%s%n", predictions.length, fit(model, table, predictions));
        out.println("Results: " + folder.toAbsolutePath().normalize());
        out.flush();
        return 0;
    }

    private TrainedModel model() {
        try {
            return TrainedModel.read(modelFile);
        } catch (IOException e) {
            throw new IllegalArgumentException("model: wanted a file that can be read, got " + e.getMessage()
                    + "; name a file that train --save-model wrote", e);
        }
    }

    /** The columns that are the model's inputs: by name, or all there are where it was trained on samples without names. */
    private static List<String> features(TrainedModel model, Table table) {
        if (!model.features().isEmpty()) {
            return model.features();
        }
        int inputs = model.layers().get(0);
        if (table.columns().size() != inputs) {
            throw new IllegalArgumentException(table.file() + ": wanted " + inputs + " columns, one for each input of a model that"
                    + " was trained on samples without names, got " + table.columns().size()
                    + "; give the inputs alone, in their order");
        }
        return table.columns();
    }

    private static void write(Writer writer, TrainedModel model, Table table, double[] predictions, boolean known)
            throws IOException {
        CSVFormat.Builder format = CSVFormat.DEFAULT.builder().setRecordSeparator('\n');
        CSVPrinter csv = new CSVPrinter(writer, (known ? format.setHeader("line", "prediction", model.target())
                : format.setHeader("line", "prediction")).get());
        for (int row = 0; row < predictions.length; row++) {
            csv.print(table.line(row));
            csv.print(predictions[row]);
            if (known) {
                csv.print(table.value(row, table.column(model.target())));
            }
            csv.println();
        }
        csv.flush();
    }

    /** How well it predicts, where the file has the answers. */
    private static String fit(TrainedModel model, Table table, double[] predictions) {
        if (!table.columns().contains(model.target())) {
            return "";
        }
        float[] y = new float[predictions.length];
        for (int row = 0; row < y.length; row++) {
            y[row] = (float) table.value(row, table.column(model.target()));
        }
        return String.format(Locale.ROOT, "; R2 %.4f against the column %s", Fit.r2(y, predictions), model.target());
    }
}
