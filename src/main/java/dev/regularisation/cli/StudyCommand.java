package dev.regularisation.cli;

import dev.regularisation.data.Problem;
import dev.regularisation.data.Problems;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.StudyPictures;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.setting.Settings;
import dev.regularisation.study.Changes;
import dev.regularisation.study.Study;
import dev.regularisation.study.StudyBasis;
import dev.regularisation.study.StudyCell;
import dev.regularisation.study.StudyEngine;
import dev.regularisation.study.StudyLog;
import dev.regularisation.study.StudyRow;
import dev.regularisation.training.TrainingPlan;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs ensembles over seeds, training sizes, strengths and methods. */
@Command(
        name = StudyCommand.NAME,
        sortOptions = false,
        description = "Trains methods at many seeds, training sizes and strengths, and leaves study.csv, a row for each "
                + "run, and pictures. Goes on where an interrupted study stopped.")
final class StudyCommand implements Callable<Integer> {

    static final String NAME = "study";

    /** A study of weeks; more is a slip of the pen, and its list would fill the memory. */
    private static final int MAX_RUNS = 1_000_000;

    @Option(names = "--methods", paramLabel = "ID,ID,...", split = ",", hideParamSyntax = true,
            converter = ExperimentConverter.class, description = "Experiments of the post. Default: all seven.")
    private List<PostExperiment> methods = List.of(PostExperiment.values());

    @Option(names = "--seeds", paramLabel = "N", defaultValue = "20",
            description = "Number of seeds. Default: ${DEFAULT-VALUE}.")
    private int seeds;

    @Option(names = "--first-seed", paramLabel = "N", defaultValue = "1",
            description = "The first seed; the others follow. Default: ${DEFAULT-VALUE}.")
    private long firstSeed;

    @Option(names = "--train-sizes", paramLabel = "N,N,...", split = ",", hideParamSyntax = true, defaultValue = "200",
            description = "Numbers of training samples, such as 100,200,400,800,1600. Default: ${DEFAULT-VALUE}.")
    private List<Integer> trainSizes;

    @Option(names = "--l1", paramLabel = "LAMBDA,...", split = ",", hideParamSyntax = true,
            description = "Further strengths of L1, such as 0.005,0.01,0.02,0.04.")
    private List<Double> l1 = List.of();

    @Option(names = "--l2", paramLabel = "LAMBDA,...", split = ",", hideParamSyntax = true,
            description = "Further strengths of L2 by hand, such as 0.01,0.03,0.1,0.3.")
    private List<Double> l2 = List.of();

    @Option(names = "--dropout", paramLabel = "P,...", split = ",", hideParamSyntax = true,
            description = "Further probabilities of dropout, such as 0.05,0.2,0.5.")
    private List<Double> dropout = List.of();

    @Option(names = "--batch-size", paramLabel = "N,...", split = ",", hideParamSyntax = true,
            description = "Further sizes of minibatches, such as 8,16,64.")
    private List<Double> batchSizes = List.of();

    @Option(names = "--weight-decay", paramLabel = "LAMBDA,...", split = ",", hideParamSyntax = true,
            description = "Further strengths of weight decay.")
    private List<Double> weightDecays = List.of();

    @Option(names = "--settings", paramLabel = "'NAME=VALUE ...'", hideParamSyntax = true, converter = ChangesConverter.class,
            description = "What else every plan of this study changes, by the names of summary.json, such as "
                    + "'epochs=3000 weight_decay=1.0E-4'. Rows of several such studies may share a folder.")
    private Changes changes = Changes.NONE;

    @Option(names = "--neighbours", paramLabel = "N", hideParamSyntax = true,
            description = "Of each run N neighbours, too, whose initial parameters are a unit in the last place away: what differs "
                    + "between them is what rounding decides.")
    private int neighbours;

    @Option(names = "--shard", paramLabel = "K/N", hideParamSyntax = true, converter = Shard.Converter.class,
            description = "Trains the K-th of N parts of the study, of about equal length; merge puts them together.")
    private Shard shard = Shard.WHOLE;

    @Option(names = "--device-memory", paramLabel = "BYTES", converter = BytesConverter.class,
            description = "What opencl may take of the device's memory, such as 500M or 8G; more runs go together in more. "
                    + "Default: three quarters of a GPU's, a quarter of the machine's where the processor is the device.")
    private Long deviceMemory;

    @Mixin
    private EngineOptions engines;

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
        engines.requireThreads();
        TreeSet<StudyCell> cells = cells();
        Problem problem = problem();
        // Every plan is made before the first is trained, so that one that makes no sense is refused now.
        cells.forEach(cell -> cell.plan(problem));
        StudyEngine engine = backend.engine(spec, engines, deviceMemory);
        boolean draw = pictures.wanted(spec);
        Path folder = output.writable(spec, List.of());
        PrintWriter out = spec.commandLine().getOut();
        try (Interruption interruption = new Interruption(spec);
                StudyLog log = StudyLog.open(folder, backend.basis(problem))) {
            long done = cells.stream().filter(log::has).count();
            Console console = new Console(out);
            console.line("study: " + cells.size() + " runs, " + done + " of them done before");
            try (Console.Counter counter = console.count(spec.name(), cells.size() - done)) {
                Study.run(problem, List.copyOf(cells), log, engine, counter);
            }
            long diverged = cells.stream().filter(log::diverged).count();
            if (diverged > 0) {
                console.line("study: " + diverged + " of " + cells.size() + " runs diverged; " + StudyLog.FILE + " says which");
            }
            if (draw) {
                for (Map.Entry<String, Picture> picture
                        : StudyPictures.of(log.rows(), StudyCommand::asInPost).entrySet()) {
                    picture.getValue().writePng(folder.resolve(picture.getKey()));
                }
            }
        }
        out.println("Results: " + folder.toAbsolutePath().normalize());
        out.flush();
        return 0;
    }

    private Problem problem() {
        Settings chosen = PlanOptions.chosen(spec.commandLine().getParseResult(), StudyBasis.SETTINGS);
        return Problems.of(chosen.with(Problem.TRAIN_SIZE, trainSizes.get(0)));
    }

    private TreeSet<StudyCell> cells() {
        Map<PostExperiment, List<Double>> strengths = Map.of(PostExperiment.L1, l1, PostExperiment.L2, l2,
                PostExperiment.DROPOUT, dropout, PostExperiment.MINIBATCH, batchSizes, PostExperiment.WEIGHT_DECAY, weightDecays);
        if (neighbours < 0 || neighbours > MAX_RUNS) {
            throw new IllegalArgumentException("neighbours: wanted 0 to " + MAX_RUNS + ", got " + neighbours);
        }
        long settings = (long) trainSizes.size() * (neighbours + 1)
                * (methods.size() + strengths.values().stream().mapToInt(List::size).sum());
        if (seeds < 1 || seeds > MAX_RUNS / settings) {
            throw new IllegalArgumentException("seeds: wanted at least 1, and at most " + MAX_RUNS + " runs in all, got "
                    + seeds + " for each of " + settings + " settings");
        }
        if (firstSeed > Long.MAX_VALUE - seeds) {
            throw new IllegalArgumentException("first seed: wanted one that " + seeds + " can follow, got " + firstSeed);
        }
        List<Long> all = LongStream.range(firstSeed, firstSeed + seeds).boxed().toList();
        List<StudyCell> cells = new ArrayList<>(Study.grid(methods, trainSizes, all));
        strengths.forEach((method, some) -> cells.addAll(Study.strengths(method, some, trainSizes, all)));
        cells.replaceAll(cell -> cell.with(changes));
        TreeSet<StudyCell> wanted = new TreeSet<>(cells);
        for (int neighbour = 1; neighbour <= neighbours; neighbour++) {
            Changes beside = changes.with(TrainingPlan.NEIGHBOUR, neighbour);
            cells.forEach(cell -> wanted.add(cell.with(beside)));
        }
        return shard.of(wanted);
    }

    private static boolean asInPost(StudyRow row) {
        StudyCell cell = row.cell();
        return cell.equals(StudyCell.asInPost(cell.method(), cell.trainSize(), cell.seed()));
    }
}
