package dev.regularisation.training;

import static dev.regularisation.support.Golden.member;
import static dev.regularisation.support.Golden.numbers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.optim.OptimiserPlan.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;

/** A run of PyTorch in {@code golden/torch}: its plan in our terms, and how far a history strays from its curves. */
record GoldenCurve(JsonNode run) {

    /** Beyond, some runs amplify the last bit of float32 to the first digit. */
    static final int COMPARED_EPOCHS = 30;

    /** The plan, from what {@code oracle.py} recorded of its configuration. */
    TrainingPlan plan() {
        JsonNode config = member(run, "config");
        List<Integer> layers = new ArrayList<>();
        member(config, "layers").forEach(size -> layers.add(size.intValue()));
        int trainSize = member(config, "train").intValue();
        int validationSize = config.path("validation").asInt(LinearProblem.POST.validationSize());
        double noise = config.path("noise").asDouble(LinearProblem.POST.noise());
        TrainingPlan.Builder plan = TrainingPlan.builder()
                .problem(new LinearProblem(layers.get(0), trainSize, validationSize, noise))
                .layers(layers)
                .dropout(number("dropout"))
                .rule(Rule.valueOf(member(config, "optimiser").textValue().toUpperCase(Locale.ROOT)))
                .learningRate(number("lr"))
                .weightDecay(number("weight_decay"))
                .l2(number("l2"))
                .l1(number("l1"))
                .epochs(member(config, "epochs").intValue())
                .seed(member(config, "seed").longValue());
        int batch = member(config, "batch").intValue();
        return (batch == 0 ? plan : plan.batchSize(batch)).build();
    }

    double number(String name) {
        return member(member(run, "config"), name).doubleValue();
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
        double[] epochs = numbers(member(run, "epochs"));
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
