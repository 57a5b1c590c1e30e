package dev.regularisation.cli;

import dev.regularisation.backend.Backend;
import dev.regularisation.data.Problems;
import dev.regularisation.experiment.FolderLock;
import dev.regularisation.experiment.ResultFolder;
import dev.regularisation.setting.Settings;
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
import picocli.CommandLine.Spec;

/** Trains any plan. */
@Command(
        name = TrainCommand.NAME,
        sortOptions = false,
        description = "Trains one network, on samples that are drawn or of a file, and leaves history.csv, summary.json and "
                + "pictures.")
final class TrainCommand implements Callable<Integer> {

    static final String NAME = "train";

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
        Settings chosen = PlanOptions.chosen(spec.commandLine().getParseResult(), TrainingPlan.SETTINGS);
        return new TrainingPlan(Problems.of(chosen), chosen);
    }

    private static void print(PrintWriter out, String name, TrainingResult.Model model) {
        Fit fit = model.fit();
        out.printf(Locale.ROOT, "%-5s model, epoch %d: loss %.4g train, %.4g validation; R2 %.4f train, %.4f validation%n",
                name, model.epoch(), fit.trainLoss(), fit.validationLoss(), fit.trainR2(), fit.validationR2());
    }
}
