package dev.regularisation.cli;

import dev.regularisation.backend.Backend;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.experiment.FolderLock;
import dev.regularisation.experiment.ResultFolder;
import dev.regularisation.optim.OptimiserPlan;
import dev.regularisation.training.Fit;
import dev.regularisation.training.Recording;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import dev.regularisation.training.TrainingResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains any plan. */
@Command(
        name = "train",
        sortOptions = false,
        description = "Trains one network on the linear-plus-noise problem, and leaves history.csv, summary.json and "
                + "pictures.")
final class TrainCommand implements Callable<Integer> {

    @Option(names = "--layers", paramLabel = "N,N,...", split = ",", hideParamSyntax = true,
            description = "Sizes of the layers, the dimensions first, 1 last; 50,1 is a linear model. "
                    + "Default: the dimensions, then 25,25,1.")
    private List<Integer> layers;

    @Option(names = "--dropout", paramLabel = "P", defaultValue = "0",
            description = "Probability of zeroing a hidden activation, in [0, 1). Default: ${DEFAULT-VALUE}.")
    private double dropout;

    @Option(names = "--optimiser", paramLabel = "RULE", defaultValue = "adam",
            description = "adam, adamw or sgd, as PyTorch defines them. Default: ${DEFAULT-VALUE}.")
    private OptimiserPlan.Rule optimiser;

    @Option(names = "--lr", paramLabel = "RATE", defaultValue = "0.01",
            description = "Learning rate. Default: ${DEFAULT-VALUE}.")
    private double learningRate;

    @Option(names = "--epsilon", paramLabel = "EPS", defaultValue = "1e-8",
            description = "Adam's epsilon, outside the root. Default: ${DEFAULT-VALUE}.")
    private double epsilon;

    @Option(names = "--weight-decay", paramLabel = "LAMBDA", defaultValue = "0",
            description = "The optimiser's weight decay; decoupled for adamw. Default: ${DEFAULT-VALUE}.")
    private double weightDecay;

    @Option(names = "--l2", paramLabel = "LAMBDA", defaultValue = "0",
            description = "L2 by hand: adds lambda * theta to the gradient. Default: ${DEFAULT-VALUE}.")
    private double l2;

    @Option(names = "--l1", paramLabel = "LAMBDA", defaultValue = "0",
            description = "L1 by hand: adds lambda * sign(theta) to the gradient. Default: ${DEFAULT-VALUE}.")
    private double l1;

    @Option(names = "--activation-l1", paramLabel = "LAMBDA", defaultValue = "0",
            description = "L1 on hidden activations, mean over samples. Default: ${DEFAULT-VALUE}.")
    private double activationL1;

    @Option(names = "--epochs", paramLabel = "N", defaultValue = "1000",
            description = "Passes over the training samples. Default: ${DEFAULT-VALUE}.")
    private int epochs;

    @Option(names = "--batch-size", paramLabel = "N",
            description = "Samples in a minibatch, at most the training size; an incomplete last one is left out. "
                    + "Default: the full batch.")
    private Integer batchSize;

    @Option(names = "--train-size", paramLabel = "N", defaultValue = "200",
            description = "Training samples. Default: ${DEFAULT-VALUE}.")
    private int trainSize;

    @Option(names = "--validation-size", paramLabel = "N", defaultValue = "10000",
            description = "Validation samples. Default: ${DEFAULT-VALUE}.")
    private int validationSize;

    @Option(names = "--dims", paramLabel = "N", defaultValue = "50",
            description = "Dimensions of the data. Default: ${DEFAULT-VALUE}.")
    private int dimensions;

    @Option(names = "--noise", paramLabel = "SIGMA", defaultValue = "0.2",
            description = "Standard deviation of the noise on the labels. Default: ${DEFAULT-VALUE}.")
    private double noise;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "42",
            description = "Seed of data, initial weights and passes. Default: ${DEFAULT-VALUE}, the post's.")
    private long seed;

    @Mixin
    private Pictures pictures;

    @Mixin
    private BackendOptions backend;

    @Mixin
    private OutputFolder output;

    @Spec
    private CommandSpec spec;

    @Override
    @SuppressWarnings("try")
    public Integer call() throws IOException {
        TrainingPlan plan = plan();
        Memory.require(plan, backend.precision());
        Supplier<Backend> backends = backend.backends(spec);
        boolean draw = pictures.wanted(spec);
        Path folder = output.writable(spec, List.of());
        PrintWriter out = spec.commandLine().getOut();
        try (FolderLock lock = FolderLock.of(folder);
                Interruption interruption = new Interruption(spec);
                Backend own = backends.get();
                Console.Progress progress = new Console(out).begin(spec.name(), plan.epochs())) {
            TrainingResult result = TrainingLoop.train(plan, own, Recording.PARAMETERS, progress);
            ResultFolder.write(folder, result, draw ? Pictures.of(result, "Layers " + plan.layers()) : Map.of());
            progress.ended(result.history());
            print(out, "best", result.best());
            print(out, "final", result.last());
        }
        out.println("Results: " + folder.toAbsolutePath().normalize());
        out.flush();
        return 0;
    }

    private TrainingPlan plan() {
        TrainingPlan.Builder builder = TrainingPlan.builder()
                .problem(new LinearProblem(dimensions, trainSize, validationSize, noise))
                .layers(layers == null ? List.of(dimensions, 25, 25, 1) : layers)
                .dropout(dropout)
                .optimiser(new OptimiserPlan(optimiser, learningRate, weightDecay, epsilon))
                .l2(l2).l1(l1).activationL1(activationL1)
                .epochs(epochs).seed(seed);
        return (batchSize == null ? builder : builder.batchSize(batchSize)).build();
    }

    private static void print(PrintWriter out, String name, TrainingResult.Model model) {
        Fit fit = model.fit();
        out.printf(Locale.ROOT, "%-5s model, epoch %d: loss %.4g train, %.4g validation; R2 %.4f train, %.4f validation%n",
                name, model.epoch(), fit.trainLoss(), fit.validationLoss(), fit.trainR2(), fit.validationR2());
    }
}
