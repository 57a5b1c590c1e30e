package dev.regularisation.training;

import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.data.LinearProblem;

/** Plans that train in a millisecond. */
final class SmallPlans {

    /** Five dimensions, 20 training and 50 validation samples, 5-4-3-1, ten epochs. */
    static final TrainingPlan PLAIN = TrainingPlan.builder()
            .problem(new LinearProblem(5, 20, 50, 0.2)).layers(5, 4, 3, 1).epochs(10).seed(7).build();

    private SmallPlans() {
    }

    static TrainingResult train(TrainingPlan plan) {
        return TrainingLoop.train(plan, new CpuBackend());
    }

    static TrainingResult train(TrainingPlan.Builder plan) {
        return train(plan.build());
    }
}
