package dev.regularisation.spec;

import dev.regularisation.golden.StudiesUpdate;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.study.Changes;
import dev.regularisation.study.Measure;
import dev.regularisation.study.StudyCell;
import dev.regularisation.study.StudyRow;
import dev.regularisation.support.PostRuns;
import dev.regularisation.training.TrainingPlan;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Rows of a study in {@code golden/study}, made once and checked by audits: what rules of chance judge. At one seed all methods
 * see the same samples and the same initial weights, so that they are compared in pairs.
 *
 * @param study     the folder
 * @param trainSize training samples
 * @param changes   further settings of the plans
 * @param seeds     the seeds, 1, 2, … of which the study has a row for every method that is asked for
 */
public record StudyRows(String study, int trainSize, Changes changes, List<Long> seeds) {

    /** Over so many seeds, at least, a rule of chance is judged. */
    public static final int LEAST = 100;

    static final String POST = "post";
    static final String VARIANTS = "variants";
    static final String CURVE = "curve";
    static final String NEIGHBOURS = "neighbours";
    /** Of each study that was asked for, the rows of each plan by seed. */
    private static final Map<String, Map<Plan, Map<Long, StudyRow>>> READ = new ConcurrentHashMap<>();

    /** What rows that differ in their seed alone have in common. */
    private record Plan(PostExperiment method, int trainSize, double strength, Changes changes) {

        static Plan of(StudyCell cell) {
            return new Plan(cell.method(), cell.trainSize(), cell.strength(), cell.changes());
        }

        static Plan asInPost(PostExperiment method, int trainSize, Changes changes) {
            return of(StudyCell.asInPost(method, trainSize, PostRuns.SEED).with(changes));
        }

        StudyCell at(long seed) {
            return new StudyCell(method, trainSize, strength, changes, seed);
        }
    }

    public StudyRows {
        seeds = List.copyOf(seeds);
    }

    /** The post's methods over as many seeds as the study has, at most {@code most}. */
    static StudyRows ofPost(int trainSize, int most) {
        return of(POST, trainSize, Changes.NONE, PostExperiment.values(), most);
    }

    /** Other plans with 200 samples. */
    static StudyRows variants(Changes changes, int most) {
        return of(VARIANTS, PostRuns.TRAIN_SIZE, changes, new PostExperiment[0], most);
    }

    /** A size of the learning curve. */
    static StudyRows curve(int trainSize, int most) {
        int seeds = of(CURVE, 1600, Changes.NONE, PostExperiment.values(), most).seeds.size();
        return trainSize == 200 || trainSize == 400 ? ofPost(trainSize, seeds)
                : of(CURVE, trainSize, Changes.NONE, PostExperiment.values(), seeds);
    }

    /** A run of the post's at its seed, and so many neighbours of it, of the study {@code neighbours}. */
    public static List<StudyRow> neighbours(PostExperiment method, int most) {
        return Stream.concat(Stream.of(Changes.NONE), IntStream.rangeClosed(1, most).mapToObj(number ->
                Changes.NONE.with(TrainingPlan.NEIGHBOUR, number))).map(changes -> changed(method, changes)).toList();
    }

    /** A run of the post's at its seed with further settings, of the study {@code neighbours}. */
    public static StudyRow changed(PostExperiment method, Changes changes) {
        return new StudyRows(NEIGHBOURS, PostRuns.TRAIN_SIZE, changes, List.of(PostRuns.SEED)).of(method).get(0);
    }

    /** Seeds of which a study has all the methods; of none, of which it has any. */
    private static StudyRows of(String study, int trainSize, Changes changes, PostExperiment[] methods, int most) {
        Map<Plan, Map<Long, StudyRow>> rows = read(study);
        Set<Long> there = rows.entrySet().stream()
                .filter(plan -> plan.getKey().trainSize == trainSize && plan.getKey().changes.equals(changes))
                .flatMap(plan -> plan.getValue().keySet().stream()).collect(Collectors.toCollection(HashSet::new));
        for (PostExperiment method : methods) {
            there.retainAll(rows.getOrDefault(Plan.asInPost(method, trainSize, Changes.NONE), Map.of()).keySet());
        }
        List<Long> seeds = LongStream.rangeClosed(1, most).takeWhile(there::contains).boxed().toList();
        if (seeds.size() < Math.min(most, LEAST)) {
            throw new IllegalStateException("golden/study/" + study + ": wanted at least " + LEAST + " seeds of " + changes + " with "
                    + trainSize + " samples, got " + seeds.size() + "; make the rest with study");
        }
        return new StudyRows(study, trainSize, changes, seeds);
    }

    private static Map<Plan, Map<Long, StudyRow>> read(String study) {
        return READ.computeIfAbsent(study, name -> StudiesUpdate.table(name).rows().stream().collect(Collectors.groupingBy(
                row -> Plan.of(row.cell()), Collectors.toMap(row -> row.cell().seed(), row -> row))));
    }

    /** The runs of a method, in the order of {@link #seeds()}. */
    public List<StudyRow> of(PostExperiment method) {
        return of(Plan.asInPost(method, trainSize, changes));
    }

    /** The runs of a method at another strength than the post's. */
    public List<StudyRow> of(PostExperiment method, double strength) {
        return of(new Plan(method, trainSize, strength, changes));
    }

    private List<StudyRow> of(Plan plan) {
        Map<Long, StudyRow> rows = read(study).getOrDefault(plan, Map.of());
        return seeds.stream().map(seed -> {
            StudyRow row = rows.get(seed);
            if (row == null) {
                throw new IllegalArgumentException("golden/study/" + study + ": wanted a row of " + plan.at(seed) + ", got none");
            }
            return row;
        }).toList();
    }

    /** A measure of each run of a method, in the order of {@link #seeds()}. */
    public double[] of(PostExperiment method, Measure measure) {
        return of(method).stream().mapToDouble(row -> row.get(measure)).toArray();
    }

    /** A measure of each run of a method over that of another method at the same seed. */
    public double[] ratios(PostExperiment method, PostExperiment over, Measure measure) {
        double[] ratios = of(method, measure);
        double[] others = of(over, measure);
        Arrays.setAll(ratios, seed -> ratios[seed] / others[seed]);
        return ratios;
    }

    /** The least validation loss of each run of a method, in the order of {@link #seeds()}. */
    public double[] bestValidationLosses(PostExperiment method) {
        return of(method, Measure.BEST_VALIDATION_LOSS);
    }
}
