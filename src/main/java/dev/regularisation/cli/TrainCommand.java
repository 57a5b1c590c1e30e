package dev.regularisation.cli;

import dev.regularisation.backend.Backend;
import dev.regularisation.data.Problems;
import dev.regularisation.data.TableProblem;
import dev.regularisation.files.AtomicFiles;
import dev.regularisation.files.FolderLock;
import dev.regularisation.nn.Architecture;
import dev.regularisation.results.Baselines;
import dev.regularisation.results.ParameterPathsFile;
import dev.regularisation.results.ResultFolder;
import dev.regularisation.results.TrainedModel;
import dev.regularisation.setting.Settings;
import dev.regularisation.training.Recording;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import dev.regularisation.training.TrainingResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
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
        name = TrainCommand.NAME,
        sortOptions = false,
        description = "Trains one network, on samples of the post's problem or of a CSV file, and leaves history.csv, "
                + "summary.json and pictures.")
final class TrainCommand implements Callable<Integer> {

    static final String NAME = "train";

    /** Name of the file of the best model. */
    static final String MODEL = "model.safetensors";
    /** Name of the file of parameter paths. */
    static final String PARAMETERS = "parameters.safetensors";

    @Option(names = "--save-model", description = "Keeps the best model in " + MODEL + ", for predict and for Python.")
    private boolean saveModel;

    @Option(names = "--save-parameters",
            description = "Keeps every parameter of every epoch in " + PARAMETERS + ", for Python.")
    private boolean saveParameters;

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
        MemoryLimit.require(plan, backend.precision());
        Supplier<Backend> backends = backend.backends(spec);
        boolean draw = pictures.wanted(spec);
        Path folder = output.writable(spec, List.of());
        PrintWriter out = spec.commandLine().getOut();
        try (FolderLock lock = FolderLock.of(folder);
                Interruption interruption = new Interruption(spec);
                Backend own = backends.get();
                Console.Progress progress = new Console(out).begin(spec.name(), plan.epochs())) {
            TrainingResult result = TrainingLoop.train(plan, own, Recording.PARAMETERS, progress);
            Baselines baselines = Baselines.of(result);
            ResultFolder.write(folder, result, baselines, beside(result, draw));
            progress.ended(result.history());
            result.remarks().forEach(out::println);
            print(out, result, baselines);
        }
        out.println("Results: " + folder.toAbsolutePath().normalize());
        out.flush();
        return 0;
    }

    /** The files of a run that were asked for. */
    private Map<String, AtomicFiles.Content> beside(TrainingResult result, boolean draw) {
        Map<String, AtomicFiles.Content> files = new LinkedHashMap<>();
        if (draw) {
            files.putAll(Pictures.of(result, title(result.plan())));
        }
        if (saveModel) {
            files.put(MODEL, TrainedModel.of(result, backend.precision()).toSafeTensors()::writeTo);
        }
        if (saveParameters) {
            Architecture network = result.plan().architecture();
            files.put(PARAMETERS, ParameterPathsFile.of(result.history(), network.sizes(), network.bias())::writeTo);
        }
        return files;
    }

    private static String title(TrainingPlan plan) {
        return plan.problem() instanceof TableProblem table ? "Prediction of " + table.target() : "Layers " + plan.layers();
    }

    private TrainingPlan plan() {
        Settings chosen = PlanOptions.chosen(spec.commandLine().getParseResult(), TrainingPlan.SETTINGS);
        return new TrainingPlan(Problems.of(chosen), chosen);
    }

    private static void print(PrintWriter out, TrainingResult result, Baselines baselines) {
        FitLines lines = new FitLines();
        lines.add("best", result.best());
        lines.add("final", result.last());
        lines.add(baselines.leastSquares());
        baselines.ridge().ifPresent(lines::add);
        lines.print(out);
    }
}
