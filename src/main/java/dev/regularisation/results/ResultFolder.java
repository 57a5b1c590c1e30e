package dev.regularisation.results;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.regularisation.data.TableData;
import dev.regularisation.files.AtomicFiles;
import dev.regularisation.post.PublishedFigures;
import dev.regularisation.training.Fit;
import dev.regularisation.training.History;
import dev.regularisation.training.TrainingResult;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * A run on disk: {@code history.csv}, every epoch in full precision, and {@code summary.json}, the plan, the figures and
 * what version control cannot know. Files are replaced atomically, and together.
 *
 * <p>In {@code summary.json} beside the figures of the best and the final model are those of {@link Baselines}; epochs where the
 * run diverged or patience ended it, else null; names of the columns if the samples are a table's. A number that is none is
 * null. In {@code history.csv} it is {@code NaN} or {@code Infinity}.
 */
public final class ResultFolder {

    /** Name of the file of losses and norms. */
    public static final String HISTORY = "history.csv";
    /** Name of the file of figures. */
    public static final String SUMMARY = "summary.json";

    /** In {@link #SUMMARY}, the precision of the run. */
    static final String PRECISION = "precision";

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT)
            .registerModule(new SimpleModule().addSerializer(Double.class, new NullUnlessFinite()));

    /** JSON has no NaN and no infinity: a number that is none is null, never a string. */
    private static final class NullUnlessFinite extends JsonSerializer<Double> {

        @Override
        public void serialize(Double value, JsonGenerator json, SerializerProvider provider) throws IOException {
            if (Double.isFinite(value)) {
                json.writeNumber(value);
            } else {
                json.writeNull();
            }
        }
    }

    private ResultFolder() {
    }

    /** {@link #write(Path, TrainingResult, Baselines, Map)} with the baselines of the run. */
    public static void write(Path folder, TrainingResult result, Map<String, AtomicFiles.Content> beside)
            throws IOException {
        write(folder, result, Baselines.of(result), beside);
    }

    /**
     * Writes both files into {@code folder}, which is made where it is missing, together with what belongs to them.
     *
     * @param baselines of the run, {@link Baselines#of(TrainingResult)}
     * @param beside    other files of the run by name, such as pictures; not modified
     * @throws IOException when one cannot be written; earlier results are then as they were
     */
    public static void write(Path folder, TrainingResult result, Baselines baselines, Map<String, AtomicFiles.Content> beside)
            throws IOException {
        Map<Path, AtomicFiles.Content> files = new LinkedHashMap<>();
        files.put(folder.resolve(HISTORY), out -> writeHistory(result.history(), out));
        files.put(folder.resolve(SUMMARY), out -> JSON.writeValue(out, summary(result, baselines)));
        beside.forEach((name, content) -> files.put(folder.resolve(name), content));
        AtomicFiles.writeTogether(files);
    }

    /** Numbers as {@link Double#toString} prints them: the shortest that read back to the same bits, or nearly so. */
    private static void writeHistory(History history, OutputStream out) throws IOException {
        CSVFormat format = CSVFormat.DEFAULT.builder().setRecordSeparator('\n')
                .setHeader("epoch", "train_loss", "validation_loss", "l1_norm", "squared_l2_norm").get();
        CSVPrinter csv = new CSVPrinter(new OutputStreamWriter(out, StandardCharsets.UTF_8), format);
        for (int epoch = 0; epoch <= history.epochs(); epoch++) {
            csv.printRecord(epoch, history.trainLoss(epoch), history.validationLoss(epoch),
                    history.l1Norm(epoch), history.squaredL2Norm(epoch));
        }
        csv.flush();
    }

    private static Map<String, Object> summary(TrainingResult result, Baselines baselines) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("plan", result.plan().changed());
        summary.putAll(result.plan().problem().fingerprint());
        if (result.data() instanceof TableData table) {
            summary.put("features", table.featureNames());
            summary.put("target", table.target());
        }
        summary.put("best_train_loss", PublishedFigures.Quantity.BEST_TRAIN_LOSS.of(result));
        summary.put("best_validation_loss", PublishedFigures.Quantity.BEST_VALIDATION_LOSS.of(result));
        summary.put("best_model", model(result.best()));
        summary.put("final_model", model(result.last()));
        summary.put("diverged_at_epoch", orNull(result.history().divergence()));
        summary.put("stopped_at_epoch", orNull(result.stopped()));
        summary.put("baselines", baselines(baselines));
        summary.put("backend", result.backend());
        summary.put(PRECISION, result.history().precision().name().toLowerCase(Locale.ROOT));
        summary.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        summary.put("platform", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        summary.put("history_sha256", result.history().sha256());
        return summary;
    }

    private static Integer orNull(OptionalInt value) {
        return value.isPresent() ? value.getAsInt() : null;
    }

    private static Map<String, Object> model(TrainingResult.Model model) {
        Map<String, Object> entries = new LinkedHashMap<>();
        entries.put("epoch", model.epoch());
        putFit(entries, model.fit());
        return entries;
    }

    private static Map<String, Object> baselines(Baselines baselines) {
        Map<String, Object> entries = new LinkedHashMap<>();
        entries.put("least_squares", baseline(baselines.leastSquares(), new LinkedHashMap<>()));
        baselines.ridge().ifPresent(ridge -> {
            Map<String, Object> strengths = new LinkedHashMap<>();
            strengths.put("lambda", ridge.regression().lambda());
            strengths.put("intercept_lambda", ridge.regression().interceptLambda());
            entries.put("ridge", baseline(ridge, strengths));
        });
        return entries;
    }

    private static Map<String, Object> baseline(Baselines.Baseline baseline, Map<String, Object> entries) {
        putFit(entries, baseline.fit().orElse(new Fit(Double.NaN, Double.NaN, Double.NaN, Double.NaN)));
        baseline.note().ifPresent(note -> entries.put("note", note));
        return entries;
    }

    private static void putFit(Map<String, Object> entries, Fit fit) {
        entries.put("train_loss", fit.trainLoss());
        entries.put("validation_loss", fit.validationLoss());
        entries.put("train_r2", fit.trainR2());
        entries.put("validation_r2", fit.validationR2());
    }
}
