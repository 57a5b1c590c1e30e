package dev.regularisation.training;

import static dev.regularisation.support.Golden.member;
import static dev.regularisation.support.Golden.numbers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.data.Problem;
import dev.regularisation.data.Problems;
import dev.regularisation.data.TableProblem;
import dev.regularisation.optim.AdamMoments;
import dev.regularisation.optim.OptimiserPlan;
import dev.regularisation.setting.Setting;
import dev.regularisation.setting.Settings;
import dev.regularisation.support.Golden;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** A run of PyTorch in {@code golden/torch}: its plan in our terms, and how far a history strays from its curves. */
public record GoldenCurve(JsonNode run) {

    /** Beyond, some runs amplify the last bit of float32 to the first digit. */
    static final int COMPARED_EPOCHS = 30;

    /** What the scripts call otherwise than plans do. */
    private static final Map<String, Setting<?>> OTHER_NAMES = Map.of("lr", OptimiserPlan.LEARNING_RATE,
            "eps", AdamMoments.EPSILON, "batch", TrainingPlan.BATCH_SIZE, "train", Problem.TRAIN_SIZE,
            "validation", LinearProblem.VALIDATION_SIZE, "csv", TableProblem.DATA);

    private static final Map<String, Setting<?>> NAMES =
            TrainingPlan.SETTINGS.stream().collect(Collectors.toMap(Setting::name, setting -> setting));

    /** The plan of its {@link #settings}. */
    public TrainingPlan plan() {
        Settings settings = settings();
        return new TrainingPlan(Problems.of(settings), settings);
    }

    /** What the script recorded of its configuration; what it did not record is PyTorch's standard and ours. */
    Settings settings() {
        JsonNode config = member(run, "config");
        Settings settings = Settings.STANDARD.with(TrainingPlan.EPOCHS, lastEpoch());
        for (Map.Entry<String, JsonNode> entry : config.properties()) {
            settings = with(settings, entry.getKey(), entry.getValue());
        }
        return config.has("layers") && !config.has("csv")
                ? settings.with(LinearProblem.DIMENSIONS, config.get("layers").get(0).intValue()) : settings;
    }

    private static Settings with(Settings settings, String name, JsonNode value) {
        Setting<?> setting = OTHER_NAMES.getOrDefault(name, NAMES.get(name));
        if (setting == null) {
            throw new IllegalArgumentException("golden file: wanted settings of a plan, got \"" + name + "\"");
        }
        if (setting.equals(TrainingPlan.BATCH_SIZE) && value.intValue() == 0) {
            return settings;
        }
        return setting.equals(TableProblem.DATA) ? settings.with(TableProblem.DATA, Golden.path(value.textValue()).toString())
                : settings.read(setting, text(value));
    }

    private static String text(JsonNode value) {
        return value.isArray()
                ? StreamSupport.stream(value.spliterator(), false).map(JsonNode::asText).collect(Collectors.joining(","))
                : value.asText();
    }

    /** The epochs that its curves tell of. */
    public double[] epochs() {
        return run.has("epochs") ? numbers(run.get("epochs"))
                : IntStream.range(0, member(run, "train_loss").size()).asDoubleStream().toArray();
    }

    /** The last epoch that its curves tell of. */
    public int lastEpoch() {
        double[] epochs = epochs();
        return (int) epochs[epochs.length - 1];
    }

    /** Its training loss after each epoch that its curves tell of. */
    public double[] trainLoss() {
        return numbers(member(run, "train_loss"));
    }

    /** Its validation loss after each epoch that its curves tell of. */
    public double[] validationLoss() {
        return numbers(member(run, "val_loss"));
    }

    /** Largest relative deviation of either loss and either norm in epochs 0 to {@link #COMPARED_EPOCHS}; NaN if one is. */
    double deviation(History history) {
        double[] all = {
            deviation("train_loss", history::trainLoss),
            deviation("val_loss", history::validationLoss),
            deviation("l1_norm", history::l1Norm),
            deviation("squared_l2_norm", history::squaredL2Norm)};
        double most = 0;
        for (double deviation : all) {
            // Math.max, unlike a comparison, hands on a NaN.
            most = Math.max(most, deviation);
        }
        return most;
    }

    private double deviation(String name, IntToDoubleFunction ours) {
        double[] epochs = epochs();
        double[] theirs = numbers(member(run, name));
        double most = 0;
        for (int epoch = 0; epoch <= COMPARED_EPOCHS; epoch++) {
            if (epochs[epoch] != epoch) {
                throw new IllegalArgumentException("golden file: wanted every epoch to " + COMPARED_EPOCHS);
            }
            most = Math.max(most, Math.abs(ours.applyAsDouble(epoch) - theirs[epoch]) / theirs[epoch]);
        }
        return most;
    }
}
