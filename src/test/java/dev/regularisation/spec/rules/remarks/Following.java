package dev.regularisation.spec.rules.remarks;

import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.sensitivity.Column;
import dev.regularisation.sensitivity.Neighbours;
import dev.regularisation.support.PostRuns;
import dev.regularisation.training.History;
import dev.regularisation.training.Recording;
import dev.regularisation.training.TrainingPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVRecord;

/**
 * The notebook's pictures, and runs that may be on them.
 *
 * @param printed the notebook's curves
 * @param ours    our runs, as the notebook draws them
 * @param best    the epoch of our least validation loss
 * @param bands   each of our runs with its neighbours, the run itself first
 * @param torch   PyTorch's runs, at the epochs that were recorded
 * @param changes runs that are not the post's
 */
record Following(List<PrintedCurve> printed, Map<PostExperiment, Curves> ours, Map<PostExperiment, Integer> best,
        Map<PostExperiment, List<Curves>> bands, Map<PostExperiment, Curves> torch, List<ChangedRun> changes) {

    static Following measured() {
        Map<PostExperiment, Curves> ours = new EnumMap<>(PostExperiment.class);
        Map<PostExperiment, Integer> best = new EnumMap<>(PostExperiment.class);
        Map<PostExperiment, List<Curves>> bands = new EnumMap<>(PostExperiment.class);
        Map<PostExperiment, Curves> torch = new EnumMap<>(PostExperiment.class);
        for (PostExperiment run : PostExperiment.values()) {
            History history = PostRuns.of(run).history();
            ours.put(run, Curves.asPrinted(run, history));
            best.put(run, history.bestEpoch());
            // The same bits have the same neighbours.
            PostExperiment standIn = PostRuns.standIn(run);
            bands.put(run, bands.containsKey(standIn) ? bands.get(standIn) : band(run, history));
            torch.put(run, Curves.ofPyTorch(run));
        }
        return new Following(PrintedCurve.all(), ours, best, bands, torch, ChangedRun.trained());
    }

    /** A run and its neighbours. Those of runs that rounding parts early are not trained to the end. */
    private static List<Curves> band(PostExperiment run, History history) {
        int neighbours = switch (run) {
            case LINEAR, DROPOUT -> 2;
            case MLP -> 3;
            case WEIGHT_DECAY, L2 -> 5;
            // Where they part far and at many epochs, it takes more of them to see the range.
            case L1, MINIBATCH -> 11;
        };
        int epochs = switch (run) {
            case L1 -> 600;
            case MINIBATCH -> 300;
            default -> history.epochs();
        };
        TrainingPlan plan = run.plan(PostRuns.SEED, PostRuns.TRAIN_SIZE).toBuilder().epochs(epochs).build();
        List<Curves> band = new ArrayList<>(List.of(Curves.of(history, history.parameterCount())));
        band.addAll(new Neighbours(plan, Recording.LOSSES, CpuBackend::new, Runtime.getRuntime().availableProcessors()).train(
                IntStream.rangeClosed(1, neighbours).boxed().toList(),
                (number, result) -> Curves.of(result.history(), history.parameterCount())));
        return band;
    }

    /** The last epoch to which neighbours of a run were trained. */
    int neighboursEnd(PostExperiment run) {
        return bands.get(run).get(1).of(Column.TRAIN_LOSS).length - 1;
    }

    /** The epoch before which no difference of rounding shows in a picture of a run; of some curves it never does. */
    static int shownFor(PostExperiment run) {
        return switch (run) {
            case LINEAR, DROPOUT -> run.plan(PostRuns.SEED, PostRuns.TRAIN_SIZE).epochs();
            case MLP -> 300;
            case WEIGHT_DECAY, L2 -> 150;
            case L1 -> 93;
            case MINIBATCH -> 115;
        };
    }

    /** Whether rounding never shows in a curve. The plain network's training loss ends at the floor of float32. */
    static boolean isSettled(PrintedCurve curve) {
        return switch (curve.experiment()) {
            case LINEAR, DROPOUT -> true;
            case MLP -> curve.column() != Column.TRAIN_LOSS;
            case WEIGHT_DECAY, L2, L1, MINIBATCH -> false;
        };
    }

    static int until(PrintedCurve curve) {
        return isSettled(curve) ? curve.end() - 1 : shownFor(curve.experiment());
    }

    /** Where our run leaves the printed curve. */
    int ours(PrintedCurve curve) {
        return curve.leaves(ours.get(curve.experiment()).of(curve.column()));
    }

    /** Where neighbours of ours leave the printed curve. */
    int[] neighboursFromPrint(PrintedCurve curve) {
        return neighbours(curve).map(run -> run.of(curve.column())).mapToInt(curve::leaves).toArray();
    }

    /** Where neighbours leave our run, looked at as the printed picture shows it. */
    int[] neighbours(PrintedCurve curve, boolean asRecordedByPyTorch) {
        PrintedCurve own = redrawn(curve);
        return neighbours(curve).map(run -> asRecordedByPyTorch
                ? run.seenBy(torch.get(curve.experiment()), curve.column()) : run.of(curve.column()))
                .mapToInt(own::leaves).toArray();
    }

    private Stream<Curves> neighbours(PrintedCurve curve) {
        return bands.get(curve.experiment()).stream().skip(1);
    }

    /** Where PyTorch leaves our run, at the epochs that were recorded. */
    int pyTorch(PrintedCurve curve) {
        return redrawn(curve).leaves(torch.get(curve.experiment()).of(curve.column()));
    }

    private PrintedCurve redrawn(PrintedCurve curve) {
        return curve.redrawn(bands.get(curve.experiment()).get(0).of(curve.column()));
    }

    /** Readings of all curves of epochs at which no difference of rounding shows, and of those the ones on which ours are. */
    long readings() {
        return printed.stream().mapToLong(curve -> curve.readingsTo(until(curve))).sum();
    }

    long followed() {
        return printed.stream().mapToLong(curve -> curve.readingsTo(Math.min(until(curve), ours(curve) - 1))).sum();
    }

    /** How many of the neighbours' curves leave ours before that. */
    long early() {
        return printed.stream().mapToLong(curve -> Arrays.stream(neighbours(curve, false))
                .filter(at -> at <= until(curve)).count()).sum();
    }

    List<PrintedCurve> unsettled(boolean withNorms) {
        return printed.stream().filter(curve -> !isSettled(curve) && (withNorms || PrintedCurve.isLoss(curve.column()))).toList();
    }

    /** How far an epoch is out of the range of some others, as a factor; 1 inside. */
    static double beyond(int epoch, int[] others) {
        double least = Arrays.stream(others).min().orElseThrow();
        double greatest = Arrays.stream(others).max().orElseThrow();
        return Math.max(1, Math.max(least / epoch, epoch / greatest));
    }

    double farthestOfOurs() {
        return unsettled(true).stream().mapToDouble(curve -> beyond(ours(curve), neighbours(curve, false))).max().orElseThrow();
    }

    double farthestOfPyTorch() {
        return unsettled(false).stream().mapToDouble(curve -> beyond(pyTorch(curve), neighbours(curve, true))).max().orElseThrow();
    }

    /** Runs in which no rounding shows before the printed red line, so that it is settled. */
    static List<PostExperiment> settledBest() {
        return Stream.of(PostExperiment.values()).filter(run -> Integer.parseInt(redLine(run).get("last")) <= shownFor(run)).toList();
    }

    /** Whether our least validation loss is where the printed red line may stand. */
    boolean isAtRedLine(PostExperiment run) {
        CSVRecord line = redLine(run);
        return best.get(run) >= Integer.parseInt(line.get("first")) && best.get(run) <= Integer.parseInt(line.get("last"));
    }

    static CSVRecord redLine(PostExperiment run) {
        return PrintedCurve.rows("best-epochs.csv").stream().filter(row -> row.get("experiment").equals(run.id())).findFirst()
                .orElseThrow();
    }

    List<PrintedCurve> of(PostExperiment run) {
        return printed.stream().filter(curve -> curve.experiment() == run).toList();
    }

    Rejections rejections() {
        return new Rejections(printed, ours, changes);
    }

    Following with(PostExperiment run, Curves other) {
        Map<PostExperiment, Curves> changed = new EnumMap<>(ours);
        changed.put(run, other);
        return new Following(printed, changed, best, bands, torch, changes);
    }

    Following withTorch(UnaryOperator<Curves> change) {
        Map<PostExperiment, Curves> changed = new EnumMap<>(torch);
        changed.replaceAll((run, of) -> change.apply(of));
        return new Following(printed, ours, best, bands, changed, changes);
    }

    /** The same with every run's neighbours replaced. */
    Following withNeighbours(UnaryOperator<Curves> change) {
        Map<PostExperiment, List<Curves>> changed = new EnumMap<>(bands);
        changed.replaceAll((run, of) -> {
            List<Curves> others = new ArrayList<>(of.subList(0, 1));
            of.subList(1, of.size()).forEach(neighbour -> others.add(change.apply(neighbour)));
            return others;
        });
        return new Following(printed, ours, best, changed, torch, changes);
    }

    Following withBest(int later) {
        Map<PostExperiment, Integer> changed = new EnumMap<>(best);
        changed.replaceAll((run, epoch) -> epoch + later);
        return new Following(printed, ours, changed, bands, torch, changes);
    }

    Following thicker(double factor) {
        return new Following(printed.stream().map(curve -> curve.thicker(factor)).toList(), ours, best, bands, torch, changes);
    }
}
