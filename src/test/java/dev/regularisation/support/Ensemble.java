package dev.regularisation.support;

import dev.regularisation.backend.Backend;
import dev.regularisation.data.Draws;
import dev.regularisation.parallel.ParallelRuns;
import dev.regularisation.training.History;
import dev.regularisation.training.ProgressListener;
import dev.regularisation.training.Recording;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingPlan;
import dev.regularisation.training.TrainingResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Plans, each trained at the same seeds, so that methods can be compared in pairs: at one seed they see the same data, the
 * same initial weights and, where they shuffle alike, the same order.
 *
 * @param <K> what distinguishes the plans, such as the method
 */
public final class Ensemble<K> {

    private final List<Long> seeds;
    private final Map<K, List<Member>> members;

    private Ensemble(List<Long> seeds, Map<K, List<Member>> members) {
        this.seeds = seeds;
        this.members = members;
    }

    /**
     * One run of an ensemble, without the record of parameters.
     *
     * @param plan    what was trained
     * @param history losses and norms of all epochs
     * @param last    the parameters of the last epoch
     */
    public record Member(TrainingPlan plan, History history, double[] last) {

        /** The least validation loss of all epochs. */
        public double bestValidationLoss() {
            return history.validationLoss(history.bestEpoch());
        }

        /** The validation loss after the last epoch. */
        public double finalValidationLoss() {
            return history.validationLoss(history.epochs());
        }
    }

    /** The seeds {@code 1 .. count}. */
    public static List<Long> seeds(int count) {
        List<Long> seeds = new ArrayList<>();
        for (long seed = 1; seed <= count; seed++) {
            seeds.add(seed);
        }
        return seeds;
    }

    /**
     * Trains every plan at every seed.
     *
     * @param plans    the plans, whose own seeds do not matter; not modified
     * @param seeds    the seeds, not modified
     * @param backends makes a backend for each run
     * @param threads  runs at a time; results do not depend on it
     */
    public static <K> Ensemble<K> train(
            Map<K, TrainingPlan> plans, List<Long> seeds, Supplier<Backend> backends, int threads) {
        List<TrainingPlan> jobs = new ArrayList<>();
        plans.values().forEach(plan -> seeds.forEach(seed -> jobs.add(plan.toBuilder().seed(seed).build())));
        Draws draws = new Draws();
        List<Member> done = ParallelRuns.run(jobs, TrainingPlan::epochs, plan -> member(plan, draws, backends), threads);
        Map<K, List<Member>> members = new LinkedHashMap<>();
        int next = 0;
        for (K key : plans.keySet()) {
            members.put(key, List.copyOf(done.subList(next, next + seeds.size())));
            next += seeds.size();
        }
        return new Ensemble<>(List.copyOf(seeds), members);
    }

    /**
     * This ensemble with a second name for some of its runs: for a plan that is known to take the same steps, bit for bit,
     * and need not be trained again. {@link Member#plan()} stays that of the plan that was trained.
     *
     * @param key  the new name; an {@link IllegalArgumentException} if it has runs of its own
     * @param same whose runs it names; an {@link IllegalArgumentException} if there are none
     * @return a new ensemble; this one is not modified
     */
    public Ensemble<K> withAlias(K key, K same) {
        if (members.containsKey(key)) {
            throw new IllegalArgumentException("ensemble: wanted a new name, got " + key + ", which has runs");
        }
        Map<K, List<Member>> named = new LinkedHashMap<>(members);
        named.put(key, of(same));
        return new Ensemble<>(seeds, named);
    }

    private static Member member(TrainingPlan plan, Draws draws, Supplier<Backend> backends) {
        try (Backend backend = backends.get()) {
            TrainingResult result = TrainingLoop.train(plan, draws, backend, Recording.LOSSES, ProgressListener.NONE);
            return new Member(plan, result.history(), result.last().parameters());
        }
    }

    /** The seeds, in order. */
    public List<Long> seeds() {
        return seeds;
    }

    /** The runs of a plan, in the order of {@link #seeds()}. */
    public List<Member> of(K key) {
        List<Member> found = members.get(key);
        if (found == null) {
            throw new IllegalArgumentException("ensemble: wanted one of " + members.keySet() + ", got " + key);
        }
        return found;
    }

    /** The least validation loss of each run of a plan, in the order of {@link #seeds()}. */
    public double[] bestValidationLosses(K key) {
        return of(key).stream().mapToDouble(Member::bestValidationLoss).toArray();
    }
}
