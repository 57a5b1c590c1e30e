package dev.regularisation.backend.nd4j;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Precision;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.training.Recording;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import org.bytedeco.javacpp.Pointer;

/**
 * The main class of a JVM that trains for 2,000 epochs and prints the memory of its process, in bytes, after some of them.
 * The heap is committed before it begins and large enough that hardly anything is ever collected, so that growth is native
 * and the collector does not hide it.
 */
final class MemoryRun {

    static final String[] FLAGS = {"-Xms768m", "-Xmx768m", "-Xmn640m", "-XX:+UseSerialGC", "-XX:+AlwaysPreTouch"};

    private MemoryRun() {
    }

    public static void main(String[] args) {
        // Dropout, two batches, weight decay and L1: every operation runs in every epoch.
        TrainingPlan plan = PostExperiment.DROPOUT.plan(42, 200).toBuilder().problem(new LinearProblem(50, 200, 100, 0.2))
                .batchSize(100).weightDecay(0.01).l1(0.01).epochs(2000).build();
        try (Backend backend = new Nd4jProvider().create(Precision.FLOAT32)) {
            TrainingLoop.train(plan, backend, Recording.LOSSES, (epoch, trainLoss, validationLoss) -> {
                if (epoch % 500 == 0) {
                    System.out.println(epoch + " " + Pointer.physicalBytes());
                }
            });
        }
    }
}
