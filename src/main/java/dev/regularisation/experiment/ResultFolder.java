package dev.regularisation.experiment;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.regularisation.training.Fit;
import dev.regularisation.training.History;
import dev.regularisation.training.TrainingResult;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * A run on disk: {@code history.csv}, every epoch in full precision, and {@code summary.json}, the plan, the figures and
 * what version control cannot know. Files are replaced atomically, and together.
 */
public final class ResultFolder {

    /** Name of the file of losses and norms. */
    public static final String HISTORY = "history.csv";
    /** Name of the file of figures. */
    public static final String SUMMARY = "summary.json";

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private ResultFolder() {
    }

    /**
     * Writes both files into {@code folder}, which is made where it is missing, together with what belongs to them.
     *
     * @param beside other files of the run by name, such as pictures; not modified
     * @throws IOException when one cannot be written; earlier results are then as they were
     */
    public static void write(Path folder, TrainingResult result, Map<String, AtomicFiles.Content> beside)
            throws IOException {
        Map<Path, AtomicFiles.Content> files = new LinkedHashMap<>();
        files.put(folder.resolve(HISTORY), out -> {
            Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            writeHistory(result.history(), writer);
            writer.flush();
        });
        files.put(folder.resolve(SUMMARY), out -> JSON.writeValue(out, summary(result)));
        beside.forEach((name, content) -> files.put(folder.resolve(name), content));
        AtomicFiles.writeTogether(files);
    }

    /** Numbers as {@link Double#toString} prints them: the shortest that read back to the same bits, or nearly so. */
    private static void writeHistory(History history, Writer writer) throws IOException {
        CSVFormat format = CSVFormat.DEFAULT.builder().setRecordSeparator('\n')
                .setHeader("epoch", "train_loss", "validation_loss", "l1_norm", "squared_l2_norm").get();
        CSVPrinter csv = new CSVPrinter(writer, format);
        for (int epoch = 0; epoch <= history.epochs(); epoch++) {
            csv.printRecord(epoch, history.trainLoss(epoch), history.validationLoss(epoch),
                    history.l1Norm(epoch), history.squaredL2Norm(epoch));
        }
        csv.flush();
    }

    private static Map<String, Object> summary(TrainingResult result) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("plan", result.plan().changed());
        summary.put("best_train_loss", PublishedFigures.Quantity.BEST_TRAIN_LOSS.of(result));
        summary.put("best_validation_loss", PublishedFigures.Quantity.BEST_VALIDATION_LOSS.of(result));
        summary.put("best_model", model(result.best()));
        summary.put("final_model", model(result.last()));
        summary.put("backend", result.backend());
        summary.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        summary.put("platform", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        summary.put("history_sha256", result.history().sha256());
        return summary;
    }

    private static Map<String, Object> model(TrainingResult.Model model) {
        Fit fit = model.fit();
        Map<String, Object> entries = new LinkedHashMap<>();
        entries.put("epoch", model.epoch());
        entries.put("train_loss", fit.trainLoss());
        entries.put("validation_loss", fit.validationLoss());
        entries.put("train_r2", fit.trainR2());
        entries.put("validation_r2", fit.validationR2());
        return entries;
    }
}
