package dev.regularisation.results;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.regularisation.backend.Precision;
import dev.regularisation.data.Problems;
import dev.regularisation.setting.Excerpt;
import dev.regularisation.setting.Setting;
import dev.regularisation.setting.Settings;
import dev.regularisation.training.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What {@code summary.json} says of how a run came about.
 *
 * @param chosen    the plan's settings
 * @param precision in which it was trained
 * @param sha256    of its history, {@link dev.regularisation.training.History#sha256()}
 */
public record Summary(Settings chosen, Precision precision, String sha256) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REMEDY = "; name a folder that train wrote, or a CSV file";

    /**
     * Reads the file in a folder of results.
     *
     * @throws IOException              when it cannot be read
     * @throws IllegalArgumentException where it is not such a file
     */
    public static Summary read(Path folder) throws IOException {
        Path file = folder.resolve(ResultFolder.SUMMARY);
        JsonNode summary;
        try {
            summary = JSON.readTree(Files.readAllBytes(file));
        } catch (JacksonException e) {
            throw new IllegalArgumentException(file + ": wanted JSON, got text that is none at line "
                    + e.getLocation().getLineNr() + REMEDY, e);
        }
        if (!summary.path("plan").isObject() || !summary.path("history_sha256").isTextual()) {
            throw new IllegalArgumentException(file + ": wanted a plan and history_sha256, got neither or one" + REMEDY);
        }
        Settings chosen = Settings.STANDARD;
        for (Map.Entry<String, JsonNode> entry : summary.get("plan").properties()) {
            Setting<?> setting = TrainingPlan.SETTINGS.stream().filter(each -> each.name().equals(entry.getKey())).findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(file + ": wanted settings that this version knows, got "
                            + Excerpt.of(entry.getKey()) + REMEDY));
            chosen = chosen.read(setting, text(entry.getValue()));
        }
        // Files that do not say so are of a time when most runs were of float32.
        String precision = summary.path(ResultFolder.PRECISION).asText("float32");
        try {
            return new Summary(chosen, Precision.valueOf(precision.toUpperCase(Locale.ROOT)), summary.get("history_sha256").asText());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": wanted a precision of float32 or float64, got " + Excerpt.of(precision)
                    + REMEDY, e);
        }
    }

    private static String text(JsonNode value) {
        if (!value.isArray()) {
            return value.asText();
        }
        List<String> parts = new ArrayList<>();
        value.forEach(part -> parts.add(part.asText()));
        return String.join(",", parts);
    }

    /**
     * The plan; samples in a file are read now.
     *
     * @throws IllegalArgumentException where the settings make no sense, or the file is gone
     */
    public TrainingPlan plan() {
        return new TrainingPlan(Problems.of(chosen), chosen);
    }
}
