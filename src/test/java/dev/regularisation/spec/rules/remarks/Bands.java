package dev.regularisation.spec.rules.remarks;

import dev.regularisation.plot.Axis;
import dev.regularisation.plot.DistributionPicture;
import dev.regularisation.plot.DistributionPicture.Group;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.post.PublishedFigures;
import dev.regularisation.post.PublishedFigures.Figure;
import dev.regularisation.post.PublishedFigures.Quantity;
import dev.regularisation.spec.rules.Grade;
import dev.regularisation.sensitivity.Cause;
import dev.regularisation.sensitivity.Explanation;
import dev.regularisation.sensitivity.Growth;
import dev.regularisation.sensitivity.Parting;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.rules.RoundingBands;
import dev.regularisation.spec.rules.Validation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.StatUtils;

/**
 * What rounding does to the post's runs: each beside neighbours whose initial weights are a unit in the last place away.
 *
 * @param grades of every printed figure
 * @param ends   by run, how far each neighbour's last validation loss is from the run's, |ln of their ratio|
 * @param widths by run, of the band of best validation losses
 * @param bests  how far the best validation loss of each neighbour with dropout is from the run's
 * @param causes by run, what parts its first neighbour from it
 */
record Bands(List<Grade> grades, Map<PostExperiment, double[]> ends, Map<PostExperiment, Double> widths, double[] bests,
        Map<PostExperiment, Explanation> causes) {

    static final Set<PostExperiment> STABLE = Set.of(PostExperiment.LINEAR, PostExperiment.MLP);
    static final Set<PostExperiment> AMPLIFYING =
            Set.of(PostExperiment.WEIGHT_DECAY, PostExperiment.L2, PostExperiment.L1, PostExperiment.MINIBATCH);
    /** Runs in which rounding grows before the best epoch, and those in which it does not; dropout's seldom grows. */
    static final Set<PostExperiment> WIDE = Set.of(PostExperiment.L1, PostExperiment.MINIBATCH);
    static final Set<PostExperiment> NARROW = Set.of(PostExperiment.LINEAR, PostExperiment.MLP, PostExperiment.WEIGHT_DECAY,
            PostExperiment.L2);

    Bands {
        grades = List.copyOf(grades);
    }

    static Bands measured() {
        Map<PostExperiment, double[]> ends = new EnumMap<>(PostExperiment.class);
        Map<PostExperiment, Double> widths = new EnumMap<>(PostExperiment.class);
        for (PostExperiment run : PostExperiment.values()) {
            double[] losses = RoundingBands.values(run, Quantity.BEST_VALIDATION_LOSS);
            // Not StatUtils, which skips NaN: what is no number must not pass for a distance of 0.
            ends.put(run, RoundingBands.ends(run));
            widths.put(run, greatest(losses) + greatest(Arrays.stream(losses).map(loss -> -loss).toArray()));
        }
        double[] bests = RoundingBands.values(PostExperiment.DROPOUT, Quantity.BEST_VALIDATION_LOSS);
        return new Bands(PublishedFigures.all().stream().map(RoundingBands::grade).toList(), ends, widths,
                Arrays.stream(bests).skip(1).map(loss -> Math.abs(loss - bests[0])).toArray(), RoundingBands.explanations());
    }

    private static double greatest(double[] values) {
        return Arrays.stream(values).max().orElse(Double.NaN);
    }

    /** NaN where any value is; a percentile leaves such out. */
    private static double median(double[] values) {
        return Arrays.stream(values).anyMatch(Double::isNaN) ? Double.NaN : StatUtils.percentile(values, 50);
    }

    /** The figure that no run comes to: the notebook prints it of weight decay, and another one of the same steps by hand. */
    private static boolean isExpectedOutside(Figure figure) {
        return figure.experiment() == PostExperiment.WEIGHT_DECAY && figure.quantity() == Quantity.BEST_TRAIN_LOSS;
    }

    /** That one figure is outside of its band, which is weight decay's least training loss. */
    Finding oneIsOutside(String what) {
        return Finding.exactly(what, outside().size() == 1 && isExpectedOutside(outside().get(0).figure()), "%d outside%s",
                outside().size(), outside().stream().map(grade -> "; " + grade.figure().experiment().title() + ", "
                        + grade.figure().quantity().title()).collect(Collectors.joining()));
    }

    /** The same with L2's least training loss outside of its band in the place of weight decay's. */
    Bands exchanged() {
        return new Bands(grades.stream().map(g -> g.figure().quantity() != Quantity.BEST_TRAIN_LOSS ? g : new Grade(g.figure(),
                g.ours(), g.band(), g.witness(), g.figure().experiment() == PostExperiment.L2 ? Grade.Mark.OUTSIDE
                        : Grade.Mark.INSIDE)).toList(), ends, widths, bests, causes);
    }

    Bands with(Grade grade) {
        return new Bands(Stream.concat(grades.stream(), Stream.of(grade)).toList(), ends, widths, bests, causes);
    }

    Bands withEnds(DoubleUnaryOperator end, DoubleUnaryOperator width) {
        Map<PostExperiment, double[]> otherEnds = new EnumMap<>(ends);
        otherEnds.replaceAll((run, of) -> Arrays.stream(of).map(end).toArray());
        Map<PostExperiment, Double> otherWidths = new EnumMap<>(widths);
        otherWidths.replaceAll((run, of) -> width.applyAsDouble(of));
        return new Bands(grades, otherEnds, otherWidths, Arrays.stream(bests).map(end).toArray(), causes);
    }

    /** The same where something else was found in the steps that part runs; with nothing, none parts them. */
    Bands withCauses(UnaryOperator<List<Cause>> found) {
        Map<PostExperiment, Explanation> others = new EnumMap<>(causes);
        others.replaceAll((run, e) -> new Explanation(e.start(), e.last(), e.greatest(), e.steps(), e.first(),
                e.parting().filter(m -> !found.apply(m.causes()).isEmpty()).map(m -> new Explanation.Moment(m.epoch(), m.batch(),
                        m.before(), m.after(), m.least(), m.jump(), m.farthest(), found.apply(m.causes()),
                        found.apply(m.causes()).size()))));
        return new Bands(grades, ends, widths, bests, others);
    }

    /** As many times a cause, with values so many times as far from zero. */
    static List<Cause> changed(List<Cause> causes, int times, double factor) {
        return Collections.nCopies(times, causes).stream().flatMap(List::stream).map(cause -> new Cause(cause.kind(), cause.where(),
                factor * cause.one(), factor * cause.other())).toList();
    }

    /** The runs whose first neighbour one step parts for good. */
    Set<PostExperiment> parted() {
        return causes.keySet().stream().filter(run -> causes.get(run).parting().isPresent())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(PostExperiment.class)));
    }

    private Stream<Explanation.Moment> partings() {
        return causes.values().stream().flatMap(e -> e.parting().stream());
    }

    /** Whether in each step that parts a run one decision differs, in the unit whose parameters differ most after it. */
    boolean isOneDecisionEach() {
        return partings().allMatch(moment -> moment.decided() == 1 && moment.isLocated());
    }

    /** The number farthest from 0 on which a decision hung that parts a run; NaN where there is none. */
    double farthestFromZero() {
        return partings().flatMap(moment -> moment.causes().stream()).mapToDouble(cause ->
                Math.max(Math.abs(cause.one()), Math.abs(cause.other()))).max().orElse(Double.NaN);
    }

    static List<String> causeHeader() {
        return List.of("method", "first decision that differs", "parts at", "distance, at most before", "after", "because of");
    }

    List<List<String>> causeRows() {
        return Stream.of(PostExperiment.values()).map(run -> {
            Explanation e = causes.get(run);
            return Stream.concat(Stream.of(run.title(), e.first().map(Bands::place).orElse("none")), e.parting().map(moment ->
                    Stream.of(place(moment), Document.format("%.1e", moment.before()), Document.format("%.1e", moment.after()),
                            moment.causes().stream().map(Cause::inWords).collect(Collectors.joining("; ")))).orElseGet(() ->
                    Stream.of("never", Document.format("%.1e", e.greatest()), "", ""))).toList();
        }).toList();
    }

    private static String place(Explanation.Moment moment) {
        return Document.format("epoch %d, batch %d", moment.epoch(), moment.batch());
    }

    double greatestEnd(Set<PostExperiment> runs) {
        return runs.stream().flatMapToDouble(run -> DoubleStream.of(ends.get(run))).max().orElse(Double.NaN);
    }

    double leastMedianEnd(Set<PostExperiment> runs) {
        return runs.stream().mapToDouble(run -> median(ends.get(run))).min().orElse(Double.NaN);
    }

    double leastWidth(Set<PostExperiment> runs) {
        return runs.stream().mapToDouble(widths::get).min().orElse(Double.NaN);
    }

    double greatestWidth(Set<PostExperiment> runs) {
        return runs.stream().mapToDouble(widths::get).max().orElse(Double.NaN);
    }

    List<Grade> outside() {
        return grades.stream().filter(grade -> grade.mark() == Grade.Mark.OUTSIDE).toList();
    }

    long count(Grade.Mark mark) {
        return grades.stream().filter(grade -> grade.mark() == mark).count();
    }

    String outsideInWords() {
        return outside().stream().map(Grade::inWords).collect(Collectors.joining(" and "));
    }

    /** What the notebook prints of a run that rounding moves, in a sentence. */
    static String printed(PostExperiment run) {
        return Stream.of(Quantity.BEST_TRAIN_LOSS, Quantity.TRAIN_R2, Quantity.VALIDATION_R2)
                .map(quantity -> Validation.printed(run, quantity)).collect(Collectors.joining(", "));
    }

    /** The place of one more run among n of the same distribution is any of n + 1, of which n − 1 are inside. */
    String chances() {
        return Stream.of(grades.get(0).band().runs(), grades.get(0).witness().runs()).sorted(Comparator.reverseOrder())
                .map(n -> Document.format("%d in %d for a band of %d runs", n - 1, n + 1, n)).collect(Collectors.joining(", "));
    }

    /** How many of a run's neighbours end farther apart from it than a bound. */
    long apart(PostExperiment run, double bound) {
        return Arrays.stream(ends.get(run)).filter(end -> end > bound).count();
    }

    /** How many printed figures of a run have a digit that some neighbour moves. */
    long moved(PostExperiment run) {
        return grades.stream().filter(g -> g.figure().experiment() == run
                && !(g.figure().agrees(g.band().from()) && g.figure().agrees(g.band().to()))).count();
    }

    /** Whether a figure is in both bands or no more than a unit of its last digit beyond either. */
    static boolean isWithinOneDigit(Grade grade) {
        BigDecimal printed = new BigDecimal(grade.figure().printed());
        BigDecimal unit = printed.ulp();
        return Stream.of(grade.band(), grade.witness()).allMatch(range ->
                new BigDecimal(grade.figure().round(range.from())).subtract(unit).compareTo(printed) <= 0
                        && printed.compareTo(new BigDecimal(grade.figure().round(range.to())).add(unit)) <= 0);
    }

    /** By epoch, the median over the neighbours. */
    private static double[] medians(PostExperiment run) {
        List<Parting> partings = RoundingBands.partings(run);
        return IntStream.rangeClosed(0, partings.get(0).epochs()).mapToDouble(epoch -> StatUtils.percentile(
                partings.stream().mapToDouble(parting -> parting.distance(epoch)).toArray(), 50)).toArray();
    }

    /** Of the neighbour with the median rate, the upper of two, of those that have not come to be equal to the run, bit for bit. */
    static Growth growth(PostExperiment run) {
        List<Growth> rates = RoundingBands.partings(run).stream().filter(p -> p.distance(p.epochs()) > 0)
                .map(p -> p.growth(1, Math.min(p.epochs(), p.firstReaching(RoundingBands.SATURATED))))
                .sorted(Comparator.comparingDouble(Growth::rate)).toList();
        return rates.get(rates.size() / 2);
    }

    static List<String> gradeHeader() {
        return List.of("method", "quantity", "printed", "ours", "ours and neighbours", "PyTorch's arithmetics", "grade");
    }

    List<List<String>> gradeRows() {
        return grades.stream().map(grade -> List.of(grade.figure().experiment().title(), grade.figure().quantity().title(),
                grade.figure().printed(), grade.figure().round(grade.ours()), grade.band().inWords(grade.figure()),
                grade.witness().inWords(grade.figure()), grade.inWords())).toList();
    }

    /** How many of the printed figures each of PyTorch's arithmetics prints again, fewest first. */
    static int[] reprinted() {
        List<Figure> figures = PublishedFigures.all();
        int arithmetics = RoundingBands.witness(PostExperiment.LINEAR, Quantity.BEST_TRAIN_LOSS).length;
        return IntStream.range(0, arithmetics).map(arithmetic -> (int) figures.stream().filter(figure -> figure.agrees(
                RoundingBands.witness(figure.experiment(), figure.quantity())[arithmetic])).count()).sorted().toArray();
    }

    static List<String> rateHeader() {
        return List.of("method", "neighbours", "distance of last validation losses, median (least to greatest)",
                "fitted over epochs", "γ per epoch", "epochs per factor 10", "R² of the fit");
    }

    static List<List<String>> rateRows() {
        return Stream.of(PostExperiment.values()).map(run -> {
            double[] ends = RoundingBands.ends(run);
            Growth growth = growth(run);
            return List.of(run.title(), String.valueOf(ends.length), Document.format("%.1e (%.1e to %.1e)",
                            StatUtils.percentile(ends, 50), StatUtils.min(ends), StatUtils.max(ends)),
                    Document.format("%d to %d", growth.from(), growth.to()), Document.format("%.4f", growth.rate()),
                    Document.format("%.0f", growth.epochsPerDecade()), Document.format("%.2f", growth.determination()));
        }).toList();
    }

    static Picture partingPicture() {
        List<Series> curves = new ArrayList<>();
        for (PostExperiment run : PostExperiment.values()) {
            curves.add(Series.byEpoch(run.title(), Palette.of(run), medians(run)).drawn(Palette.line(run)));
        }
        return SeriesPicture.ofCurves("How runs part whose initial weights differ by a unit in the last place",
                "The post's seed, 200 samples; median over the neighbours of each run", Axis.epochs(),
                Axis.log("Greatest difference of any parameter"), curves, List.of()).picture();
    }

    static Picture bandPicture() {
        List<Group> groups = Stream.of(PostExperiment.values()).map(run -> new Group(run.title(), Palette.of(run),
                RoundingBands.values(run, Quantity.BEST_VALIDATION_LOSS),
                Double.parseDouble(Validation.printed(run, Quantity.BEST_VALIDATION_LOSS)))).toList();
        return new DistributionPicture("What rounding alone does to the best validation loss",
                "The post's seed, 200 samples; runs whose initial weights differ by a unit in the last place",
                Axis.linear("Best validation loss"), groups, "Published", List.of()).picture();
    }

    /** The median distance by epoch; runs are of different lengths. */
    static Map<String, double[]> distances() {
        Map<String, double[]> columns = new LinkedHashMap<>();
        int longest = Stream.of(PostExperiment.values()).mapToInt(run -> medians(run).length).max().orElseThrow();
        columns.put("epoch", IntStream.range(0, longest).mapToDouble(epoch -> epoch).toArray());
        for (PostExperiment run : PostExperiment.values()) {
            double[] medians = medians(run);
            double[] column = Arrays.copyOf(medians, longest);
            Arrays.fill(column, medians.length, longest, Double.NaN);
            columns.put(run.id(), column);
        }
        return columns;
    }
}
