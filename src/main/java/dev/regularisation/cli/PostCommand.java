package dev.regularisation.cli;

import dev.regularisation.backend.Backend;
import dev.regularisation.data.Draws;
import dev.regularisation.files.AtomicFiles;
import dev.regularisation.files.FolderLock;
import dev.regularisation.parallel.ParallelRuns;
import dev.regularisation.plot.ComparisonPicture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.results.ResultFolder;
import dev.regularisation.training.Recording;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import dev.regularisation.training.TrainingResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the post's experiments and sets its figures beside ours. */
@Command(
        name = PostCommand.NAME,
        sortOptions = false,
        description = "Runs the post's experiments, prints its figures beside ours, and leaves for each experiment "
                + "history.csv, summary.json and pictures.")
final class PostCommand implements Callable<Integer> {

    static final String NAME = "post";

    @Option(names = "--experiment", paramLabel = "ID", split = ",", hideParamSyntax = true, converter = ExperimentConverter.class,
            description = "One or more of linear, mlp, mlp-weight-decay, mlp-l2, mlp-l1, mlp-minibatch, mlp-dropout, "
                    + "separated by commas. Default: all seven.")
    private List<PostExperiment> experiments = List.of(PostExperiment.values());

    @Option(names = "--train-size", paramLabel = "N", defaultValue = "200",
            description = "Training samples. The post has 200, then 400. Default: ${DEFAULT-VALUE}.")
    private int trainSize;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "" + TrainingPlan.POST_SEED,
            description = "Seed of data, initial weights and passes. Default: ${DEFAULT-VALUE}, the post's.")
    private long seed;

    @Mixin
    private Threads threads;

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
        List<PostExperiment> chosen = List.copyOf(new TreeSet<>(experiments));
        Map<PostExperiment, TrainingPlan> plans = new EnumMap<>(PostExperiment.class);
        chosen.forEach(experiment -> plans.put(experiment, experiment.plan(seed, trainSize)));
        int atATime = threads.required();
        Supplier<Backend> backends = backend.backends(spec);
        boolean draw = pictures.wanted(spec);
        Path folder = output.writable(spec, chosen.stream().map(PostExperiment::id).toList());
        PrintWriter out = spec.commandLine().getOut();
        Console console = new Console(out);
        List<TrainingResult> results;
        try (FolderLock lock = FolderLock.of(folder);
                Interruption interruption = new Interruption(spec)) {
            for (PostExperiment experiment : chosen) {
                AtomicFiles.removeLeftovers(folder.resolve(experiment.id()));
            }
            Draws draws = new Draws();
            results = ParallelRuns.run(chosen, experiment -> plans.get(experiment).epochs(),
                    experiment -> run(experiment, plans.get(experiment), draws, backends, folder, console, draw), atATime);
            if (draw && results.size() > 1) {
                ComparisonPicture.of(titled(chosen, results), "The post's runs compared")
                        .writePng(folder.resolve("comparison.png"));
            }
        }
        new FigureTable(chosen, results).print(out);
        out.println("Results: " + folder.toAbsolutePath().normalize());
        out.flush();
        return 0;
    }

    private static TrainingResult run(PostExperiment experiment, TrainingPlan plan, Draws draws,
            Supplier<Backend> backends, Path folder, Console console, boolean draw) {
        try (Backend own = backends.get();
                Console.Progress progress = console.begin(experiment.id(), plan.epochs())) {
            TrainingResult result = TrainingLoop.train(plan, draws, own, Recording.PARAMETERS, progress);
            ResultFolder.write(folder.resolve(experiment.id()), result,
                    draw ? Pictures.of(result, experiment.title()) : Map.of());
            progress.ended(result.history());
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<PostExperiment, TrainingResult> titled(List<PostExperiment> chosen, List<TrainingResult> results) {
        Map<PostExperiment, TrainingResult> map = new EnumMap<>(PostExperiment.class);
        for (int i = 0; i < chosen.size(); i++) {
            map.put(chosen.get(i), results.get(i));
        }
        return map;
    }
}
