package dev.regularisation.support;

import dev.regularisation.backend.Activation;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.nn.Architecture;
import dev.regularisation.nn.Loss;
import dev.regularisation.optim.AdamMoments;
import dev.regularisation.optim.OptimiserPlan;
import dev.regularisation.optim.Sgd;
import dev.regularisation.penalty.L1;
import dev.regularisation.penalty.L2;
import dev.regularisation.penalty.Regularisers;
import dev.regularisation.penalty.Scope;
import dev.regularisation.setting.Setting;
import dev.regularisation.training.TrainingPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Short plans of any choices, the same ones from the same seed. */
public final class RandomPlans {

    private static final int MOST_UNITS = 40;
    private static final int MOST_SAMPLES = 120;
    private static final int MOST_EPOCHS = 12;

    private RandomPlans() {
    }

    /** That many of them. */
    public static Stream<TrainingPlan> of(long seed, int count) {
        Random random = new Random(seed);
        return Stream.generate(() -> plan(random)).limit(count);
    }

    private static TrainingPlan plan(Random random) {
        int features = 1 + random.nextInt(MOST_UNITS);
        int trainSize = 2 + random.nextInt(MOST_SAMPLES);
        List<Integer> layers = new ArrayList<>(List.of(features));
        for (int hidden = random.nextInt(4); hidden > 0; hidden--) {
            layers.add(1 + random.nextInt(MOST_UNITS));
        }
        layers.add(1);
        TrainingPlan.Builder plan = TrainingPlan.builder()
                .problem(new LinearProblem(features, trainSize, 1 + random.nextInt(MOST_SAMPLES), random.nextDouble()))
                .layers(layers).epochs(1 + random.nextInt(MOST_EPOCHS)).seed(random.nextLong())
                .batchSize(1 + random.nextInt(trainSize))
                .set(Architecture.ACTIVATION, choice(random, Activation.values()))
                .set(Architecture.NO_BIAS, random.nextInt(4) == 0)
                .set(Loss.Of.SETTING, choice(random, Loss.Of.values()))
                .dropout(random.nextBoolean() ? random.nextDouble() * 0.6 : 0)
                .learningRate(Math.pow(10, -1 - 3 * random.nextDouble()))
                .weightDecay(random.nextBoolean() ? random.nextDouble() * 0.3 : 0);
        OptimiserPlan.UpdateRule rule = choice(random, OptimiserPlan.UpdateRule.values());
        plan.rule(rule);
        if (rule != OptimiserPlan.UpdateRule.SGD) {
            plan.set(AdamMoments.BETAS, List.of(random.nextDouble() * 0.98, random.nextDouble() * 0.999));
        } else if (random.nextBoolean()) {
            plan.set(Sgd.MOMENTUM, 0.1 + random.nextDouble() * 0.8).set(Sgd.NESTEROV, random.nextBoolean());
        }
        Map<Setting<Double>, Double> strengths = new LinkedHashMap<>();
        Regularisers.strengths().forEach(strength ->
                strengths.put(strength, random.nextBoolean() ? 1e-4 + random.nextDouble() * 0.1 : 0));
        strengths.forEach(plan::set);
        if (strengths.get(L1.STRENGTH) + strengths.get(L2.STRENGTH) > 0) {
            plan.set(Regularisers.SCOPE, choice(random, Scope.values()));
        }
        return plan.build();
    }

    private static <T> T choice(Random random, T[] values) {
        return values[random.nextInt(values.length)];
    }
}
