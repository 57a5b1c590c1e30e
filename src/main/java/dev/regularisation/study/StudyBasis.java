package dev.regularisation.study;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.regularisation.backend.Precision;
import dev.regularisation.data.Problem;
import dev.regularisation.data.Problems;
import dev.regularisation.data.TableProblem;
import dev.regularisation.files.AtomicFiles;
import dev.regularisation.setting.Excerpt;
import dev.regularisation.setting.Setting;
import dev.regularisation.setting.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What all runs of a study share and its columns do not tell, where it is not the post's: samples, precision, and the backend
 * where its bits are not those of {@code cpu}. It stands in {@code study.json} beside the rows; a study without that file is one
 * of the post's samples in float32. Rows of different bases must not meet in one file.
 *
 * @param shared by name, as JSON has it
 */
public record StudyBasis(Map<String, Object> shared) {

    /** Name of the file. */
    public static final String FILE = "study.json";

    /** What can be chosen of the samples; their training sizes are a column. */
    public static final List<Setting<?>> SETTINGS =
            Problems.settings().stream().filter(setting -> !setting.equals(Problem.TRAIN_SIZE)).toList();

    private static final String PRECISION = "precision";
    private static final String BACKEND = "backend";
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** The post's. */
    public static final StudyBasis POST = new StudyBasis(Map.of());

    public StudyBasis {
        // Numbers are the same whether they were chosen or read.
        shared = JSON.convertValue(JSON.valueToTree(shared), JSON.getTypeFactory().constructMapType(LinkedHashMap.class,
                String.class, Object.class));
    }

    /**
     * The basis of runs.
     *
     * @param problem whose samples are trained on
     * @param backend name of the backend, where its bits are its own
     */
    public static StudyBasis of(Problem problem, Precision precision, Optional<String> backend) {
        Map<String, Object> shared = new LinkedHashMap<>(problem.settings().changed(SETTINGS));
        shared.putAll(problem.fingerprint());
        // A file that was moved is the same file, to the digest.
        shared.computeIfPresent(TableProblem.DATA.name(), (name, file) -> String.valueOf(Path.of((String) file).getFileName()));
        if (precision != Precision.FLOAT32) {
            shared.put(PRECISION, title(precision));
        }
        backend.ifPresent(name -> shared.put(BACKEND, name));
        return new StudyBasis(shared);
    }

    /** What stands in a study's folder. */
    static StudyBasis read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return POST;
        }
        return parse(file, Files.readAllBytes(file));
    }

    /**
     * The basis that {@link #toString()} has in words.
     *
     * @throws IllegalArgumentException where the text is not one
     */
    public static StudyBasis parse(String text) {
        return parse("basis of a study", text.getBytes(StandardCharsets.UTF_8));
    }

    private static StudyBasis parse(Object file, byte[] bytes) {
        JsonNode there;
        try {
            there = JSON.readTree(bytes);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(file + ": wanted JSON, got text that is none at line "
                    + e.getLocation().getLineNr() + "; mend or move the file", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!there.isObject()) {
            throw new IllegalArgumentException(file + ": wanted a JSON object, got " + there.getNodeType().name().toLowerCase(
                    Locale.ROOT) + "; mend or move the file");
        }
        StudyBasis basis = new StudyBasis(JSON.convertValue(there, JSON.getTypeFactory().constructMapType(LinkedHashMap.class,
                String.class, Object.class)));
        String precision = basis.precisionText();
        if (Arrays.stream(Precision.values()).noneMatch(known -> title(known).equals(precision))) {
            throw new IllegalArgumentException(file + ": wanted a precision of float32 or float64, got " + Excerpt.of(precision)
                    + "; mend or move the file");
        }
        return basis;
    }

    /** Leaves it in a study's folder. */
    void write(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (shared.isEmpty()) {
            Files.deleteIfExists(file);
        } else {
            AtomicFiles.write(file, out -> JSON.writeValue(out, shared));
        }
    }

    /** In which precision runs are trained. */
    public Precision precision() {
        return Precision.valueOf(precisionText().toUpperCase(Locale.ROOT));
    }

    private String precisionText() {
        return String.valueOf(shared.getOrDefault(PRECISION, title(Precision.FLOAT32)));
    }

    private static String title(Precision precision) {
        return precision.name().toLowerCase(Locale.ROOT);
    }

    /** The backend whose bits the rows have, where not those of {@code cpu}. */
    public Optional<String> backend() {
        return Optional.ofNullable(shared.get(BACKEND)).map(Object::toString);
    }

    /** The name of the file of samples, where there is one. */
    public Optional<String> data() {
        return Optional.ofNullable(shared.get(TableProblem.DATA.name())).map(Object::toString);
    }

    /**
     * The problem whose samples are trained on, with a training size to begin with; each run has its own.
     *
     * @param data      the file of samples, where there is one
     * @throws IllegalArgumentException where its settings make no sense
     */
    public Problem problem(Optional<Path> data, int trainSize) {
        Settings settings = Settings.STANDARD.with(Problem.TRAIN_SIZE, trainSize);
        for (Setting<?> setting : SETTINGS) {
            Object value = shared.get(setting.name());
            if (value != null && !setting.equals(TableProblem.DATA)) {
                settings = settings.read(setting, value.toString());
            }
        }
        return Problems.of(data.isPresent() ? settings.with(TableProblem.DATA, data.get().toString()) : settings);
    }

    /** As JSON, in one line. */
    @Override
    public String toString() {
        return JSON.valueToTree(shared).toString();
    }
}
