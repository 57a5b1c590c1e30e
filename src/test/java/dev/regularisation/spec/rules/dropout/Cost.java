package dev.regularisation.spec.rules.dropout;

import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.nn.Architecture;
import dev.regularisation.plot.Axis;
import dev.regularisation.plot.BarPicture;
import dev.regularisation.plot.BarPicture.Bar;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Document;
import dev.regularisation.support.PostRuns;
import dev.regularisation.training.ProgressListener;
import dev.regularisation.training.Recording;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import java.util.List;

/**
 * What an epoch takes.
 *
 * @param training   floating-point operations of the pass that trains
 * @param validation of the validation pass
 * @param products   of {@code training}, those in matrix products
 * @param parameters weights and biases
 * @param epochs     for how many of them the post trains
 */
record Cost(long training, long validation, long products, int parameters, int epochs) {

    /** Counted as the difference of two runs: what a run does once, before and after its epochs, drops out. */
    static Cost of(PostExperiment experiment, int units) {
        Counts epoch = Counts.ofEpoch(experiment, units, 200);
        // Validation costs in proportion to its samples: 200 more of them cost one pass of 200.
        Counts pass = Counts.ofEpoch(experiment, units, 400).minus(epoch);
        Counts training = epoch.minus(pass);
        return new Cost(training.all(), pass.all() * 10_000 / 200, training.products(),
                new Architecture(layers(units)).parameterCount(), experiment.plan(PostRuns.SEED, PostRuns.TRAIN_SIZE).epochs());
    }

    /** That of several separate networks. */
    Cost times(int networks) {
        return new Cost(networks * training, networks * validation, networks * products, networks * parameters, epochs);
    }

    /** The same over another number of epochs. */
    Cost over(int otherEpochs) {
        return new Cost(training, validation, products, parameters, otherEpochs);
    }

    long extra(Cost plain) {
        return training - plain.training;
    }

    /** What it takes more in an epoch, as a part of what the other takes. */
    double share(Cost plain) {
        return (double) extra(plain) / plain.training;
    }

    /** What it takes more in all of its epochs. */
    double shareOfRun(Cost plain) {
        return (double) (training * epochs) / (plain.training * plain.epochs) - 1;
    }

    static List<String> header() {
        return List.of("operations in an epoch", "plain network", "dropout 0.1", "more");
    }

    static List<List<String>> rows(Cost plain, Cost dropout, Cost plainWide, Cost dropoutWide) {
        return List.of(row("training pass", plain.training, dropout.training),
                row("the same with 100 units a layer", plainWide.training, dropoutWide.training),
                row("matrix products of the training pass", plain.products, dropout.products),
                row("validation pass", plain.validation, dropout.validation),
                row("parameters", plain.parameters, dropout.parameters));
    }

    private static List<String> row(String what, long plain, long dropout) {
        return List.of(what, Document.format("%,d", plain), Document.format("%,d", dropout),
                Document.format("%.2f %%", 100.0 * (dropout - plain) / plain));
    }

    static Picture picture(Cost plain, Cost dropout) {
        return new BarPicture("What averaging costs in training", "floating-point operations of a training pass of 200 samples",
                Axis.linear("Million operations"), List.of(
                        Bar.of("plain network", Palette.of(PostExperiment.MLP), plain.training / 1e6),
                        Bar.of("dropout", Palette.of(PostExperiment.DROPOUT), dropout.training / 1e6),
                        Bar.of("two networks, averaged", Palette.GREY, 2 * plain.training / 1e6)), List.of()).picture();
    }

    private static List<Integer> layers(int units) {
        return List.of(50, units, units, 1);
    }

    /** Operations, and those of them in matrix products. */
    private record Counts(long all, long products) {

        static Counts ofEpoch(PostExperiment experiment, int units, int validation) {
            return ofRun(experiment, units, validation, 2).minus(ofRun(experiment, units, validation, 1));
        }

        private static Counts ofRun(PostExperiment experiment, int units, int validation, int epochs) {
            TrainingPlan plan = experiment.plan(PostRuns.SEED, PostRuns.TRAIN_SIZE).toBuilder()
                    .problem(new LinearProblem(50, PostRuns.TRAIN_SIZE, validation, 0.2))
                    .layers(layers(units)).epochs(epochs).build();
            Counting counting = new Counting(new CpuBackend());
            TrainingLoop.train(plan, counting, Recording.LOSSES, ProgressListener.NONE);
            return new Counts(counting.products() + counting.elementWise(), counting.products());
        }

        Counts minus(Counts other) {
            return new Counts(all - other.all, products - other.products);
        }
    }
}
