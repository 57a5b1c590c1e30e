package dev.regularisation.cli;

import dev.regularisation.backend.Backends;
import dev.regularisation.backend.Precision;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.data.Problems;
import dev.regularisation.files.AtomicFiles;
import dev.regularisation.files.FolderLock;
import dev.regularisation.plot.RoundingPicture;
import dev.regularisation.results.ResultFolder;
import dev.regularisation.results.Summary;
import dev.regularisation.sensitivity.BandFile;
import dev.regularisation.sensitivity.Column;
import dev.regularisation.sensitivity.Comparison;
import dev.regularisation.sensitivity.Neighbours;
import dev.regularisation.sensitivity.RoundingBand;
import dev.regularisation.sensitivity.RoundingBand.Judgement;
import dev.regularisation.sensitivity.RoundingBand.Outside;
import dev.regularisation.sensitivity.Trajectory;
import dev.regularisation.sensitivity.TrajectoryFile;
import dev.regularisation.setting.Settings;
import dev.regularisation.training.Recording;
import dev.regularisation.training.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells rounding from a bug. */
@Command(
        name = CompareCommand.NAME,
        sortOptions = false,
        description = "Compares two runs, each a folder that train wrote or a CSV file of any program, and says whether rounding "
                + "explains their difference. That takes a plan: a folder has one, else give the options of train. Neighbours of "
                + "that plan's run, a unit in the last place away at the start, show how far rounding takes it.",
        footer = "%nExit codes: 0 the same or rounding, 1 different or not decided, 2 bad request.")
final class CompareCommand implements Callable<Integer> {

    static final String NAME = "compare";

    /** Name of the picture. */
    static final String PICTURE = "compare.png";

    @Parameters(index = "0", paramLabel = "A", description = "A run: a folder of results, or a CSV file with a row for each epoch.")
    private Path first;

    @Parameters(index = "1", paramLabel = "B", arity = "0..1",
            description = "The other run. Without it, A is compared with the run of the plan.")
    private Path second;

    @Option(names = "--columns", paramLabel = "NAME=THEIRS", split = ",",
            description = "What columns are called in CSV files, such as epoch=step,validation_loss=val. Usual names, such as "
                    + "val_loss, need not be told.")
    private final Map<String, String> columns = new LinkedHashMap<>();

    @Option(names = "--neighbours", paramLabel = "N", defaultValue = "16",
            description = "How many neighbours are trained: a run that differs by rounding alone is called different with a "
                    + "probability of at most 1 / (N + 1). They are kept for the next time, in A if it is a folder, else with "
                    + "the results. Default: ${DEFAULT-VALUE}.")
    private int neighbours;

    @Option(names = "--precision", paramLabel = "FORMAT",
            description = "Whose rounding is meant, float32 or float64. Default: that of the folders, the coarser of two, or float32.")
    private Precision precision;

    @Mixin
    private Threads threads;

    @Mixin
    private Pictures pictures;

    @Mixin
    private OutputFolder output;

    @Spec
    private CommandSpec spec;

    /** One of the two. */
    private record Side(Trajectory run, Optional<Summary> summary) {
    }

    @Override
    @SuppressWarnings("try")
    public Integer call() throws IOException {
        threads.required();
        if (neighbours < RoundingBand.LEAST_NEIGHBOURS) {
            throw new IllegalArgumentException("neighbours: wanted at least " + RoundingBand.LEAST_NEIGHBOURS + ", got " + neighbours);
        }
        Side one = side(first);
        Optional<Side> other = second == null ? Optional.empty() : Optional.of(side(second));
        Optional<TrainingPlan> plan = plan(one, other);
        Console console = new Console(spec.commandLine().getOut());
        Stream.of(Optional.of(one), other).flatMap(Optional::stream).forEach(side -> side.run.remarks().forEach(remark ->
                console.line("compare: " + side.run + ": " + remark)));
        Optional<Comparison> pair = other.map(side -> Comparison.of(one.run, side.run));
        pair.ifPresent(comparison -> ComparisonLines.of(comparison).forEach(line -> console.line("compare: " + line)));
        if (pair.isPresent() && pair.get().isIdentical()) {
            console.line("compare: identical, as far as their digits go");
            return ExitCode.OK;
        }
        if (plan.isEmpty()) {
            console.line("compare: not decided: whether rounding explains it takes the plan that was trained; give the options of "
                    + "train, such as --epochs, or compare a folder that train wrote");
            draw(console, pair.orElseThrow(), Map.of());
            return ExitCode.SOFTWARE;
        }
        return judged(console, plan.get(), one, other, pair);
    }

    private int judged(Console console, TrainingPlan plan, Side one, Optional<Side> other, Optional<Comparison> pair)
            throws IOException {
        MemoryLimit.require(plan, coarser(one, other));
        RoundingBand band = band(console, plan, coarser(one, other));
        Map<Trajectory, Judgement> judgements = new LinkedHashMap<>();
        Stream.of(Optional.of(one.run), other.map(Side::run)).flatMap(Optional::stream).forEach(run ->
                judgements.put(run, band.judge(run)));
        judgements.forEach((run, judgement) -> console.line("compare: " + ComparisonLines.of(band, run, judgement)));
        console.line(String.format(Locale.ROOT, "compare: a run that differs by rounding alone is called different with a probability of "
                + "at most %.1f %%", 100 * band.falseAlarm()));
        draw(console, pair.orElseGet(() -> Comparison.of(one.run, band.own())), judgements);
        boolean rounding = judgements.values().stream().allMatch(Judgement::isRounding);
        console.line(rounding ? "compare: rounding: it explains every difference" : "compare: different");
        return rounding ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private Side side(Path path) throws IOException {
        boolean folder = Files.isDirectory(path);
        Path file = folder ? path.resolve(ResultFolder.HISTORY) : path;
        Path home = folder ? path : Objects.requireNonNullElse(path.toAbsolutePath().getParent(), Path.of(""));
        boolean ours = String.valueOf(file.getFileName()).equals(ResultFolder.HISTORY)
                && Files.isRegularFile(home.resolve(ResultFolder.SUMMARY));
        if (folder && !ours) {
            throw new IllegalArgumentException(path + ": wanted a folder with " + ResultFolder.HISTORY + " and "
                    + ResultFolder.SUMMARY + ", got one without; name a folder that train wrote, or a CSV file");
        }
        Trajectory run = TrajectoryFile.read(file, ours ? Map.of() : columns, ours);
        return new Side(run, ours ? Optional.of(Summary.read(home)) : Optional.empty());
    }

    /** The plan of A, else of B, else that of the options. */
    private Optional<TrainingPlan> plan(Side one, Optional<Side> other) {
        Settings chosen = PlanOptions.chosen(spec.commandLine().getParseResult(), TrainingPlan.SETTINGS);
        boolean given = TrainingPlan.SETTINGS.stream().anyMatch(setting ->
                spec.commandLine().getParseResult().hasMatchedOption(setting.option()));
        Optional<Summary> summary = one.summary.or(() -> other.flatMap(Side::summary));
        if (given && summary.isPresent()) {
            throw new IllegalArgumentException("plan: wanted none of train's options, as the folder of results tells its own, "
                    + "also that in which a history.csv lies, got some; leave them out");
        }
        if (one.summary.isPresent() && other.flatMap(Side::summary).isPresent()
                && !one.summary.get().chosen().equals(other.get().summary.get().chosen())) {
            spec.commandLine().getOut().println("compare: the plans differ: " + one.summary.get().chosen() + " and "
                    + other.get().summary.get().chosen() + "; both are held against the first");
        }
        if (other.isEmpty() && !given && summary.isEmpty()) {
            throw new IllegalArgumentException("plan: wanted one to compare " + first + " with, got none; give the options of train, "
                    + "or a second run");
        }
        return summary.map(Summary::plan).or(() -> given
                ? Optional.of(new TrainingPlan(Problems.of(chosen), chosen)) : Optional.empty());
    }

    /** Rounding of the coarser of two programs moves both apart. */
    private Precision coarser(Side one, Optional<Side> other) {
        if (precision != null) {
            return precision;
        }
        List<Precision> known = Stream.of(one.summary, other.flatMap(Side::summary)).flatMap(Optional::stream)
                .map(Summary::precision).toList();
        return known.isEmpty() || known.contains(Precision.FLOAT32) ? Precision.FLOAT32 : Precision.FLOAT64;
    }

    /** The band, read where it is kept and this program would keep it so, and else trained and kept. */
    private RoundingBand band(Console console, TrainingPlan plan, Precision wanted) throws IOException {
        // Beside a file of someone else's nothing is put.
        Path file = (Files.isDirectory(first) ? first : output.chosen(spec)).resolve(BandFile.NAME);
        Optional<RoundingBand> kept = BandFile.read(file, plan, wanted, neighbours);
        // They may have been trained by a program that computed otherwise.
        if (kept.isPresent() && kept.get().own().isSameAs(trained(console, plan, wanted, Neighbours.NONE).get(0))) {
            console.line("compare: " + neighbours + " neighbours, as " + file + " keeps them");
            return kept.get();
        }
        kept.ifPresent(other -> console.line("compare: the neighbours that " + file + " keeps are not used: this program trains the "
                + "plan's own run to other bits than the one that kept them"));
        List<Trajectory> trained = trained(console, plan, wanted, neighbours);
        RoundingBand band = new RoundingBand(trained.get(0), trained.subList(1, trained.size()), wanted);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            BandFile.write(file, plan, wanted, band);
        } catch (IOException e) {
            console.line("compare: the neighbours are not kept: " + AtomicFiles.reason(e));
        }
        return band;
    }

    @SuppressWarnings("try")
    private List<Trajectory> trained(Console console, TrainingPlan plan, Precision wanted, int last) {
        try (Interruption interruption = new Interruption(spec); Console.Counter counter = console.count(
                last == Neighbours.NONE ? "the plan's own run" : "neighbours", last + 1)) {
            Neighbours runs = new Neighbours(plan, Recording.LOSSES, () -> Backends.named(CpuBackend.NAME).create(wanted),
                    threads.required());
            List<Integer> numbers = IntStream.rangeClosed(Neighbours.NONE, last).boxed().toList();
            return runs.train(numbers, (number, result) -> {
                counter.step();
                return Trajectory.of(BandFile.name(number), result.history());
            });
        }
    }

    @SuppressWarnings("try")
    private void draw(Console console, Comparison pair, Map<Trajectory, Judgement> judgements) throws IOException {
        if (!pictures.wanted(spec)) {
            return;
        }
        Path folder = output.writable(spec, List.of());
        Column column = Stream.concat(judgements.values().stream().flatMap(judgement -> judgement.outside().stream())
                .map(Outside::column), Stream.of(Column.VALIDATION_LOSS, Column.TRAIN_LOSS, Column.L1_NORM, Column.SQUARED_L2_NORM))
                .filter(each -> !pair.one().common(each, pair.other()).isEmpty()).findFirst().orElseThrow();
        byte[] png = new RoundingPicture("Rounding or not: " + column.title(), column, List.of(pair.one(), pair.other()), judgements)
                .picture().png();
        try (FolderLock lock = FolderLock.of(folder)) {
            AtomicFiles.write(folder.resolve(PICTURE), out -> out.write(png));
        }
        console.line("Results: " + folder.toAbsolutePath().normalize());
    }
}
