package dev.regularisation.spec.rules.l2;

import dev.regularisation.optim.OptimiserPlan.UpdateRule;
import dev.regularisation.plot.ComparisonPicture;
import dev.regularisation.plot.LineStyle;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Runs;
import dev.regularisation.support.PostRuns;
import dev.regularisation.training.History;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The post's network with decay inside the gradient and outside, by short names. */
record DecoupledRuns(Map<String, History> histories) {

    private static final Map<String, String> TITLES = Map.of("none", "No decay", "adam", "Adam, λ = 0.085", "adamw",
            "AdamW, λ = 0.085", "stronger", "AdamW, λ = 0.5");

    static DecoupledRuns train() {
        Map<String, History> runs = new LinkedHashMap<>();
        runs.put("none", Runs.CPU.of(PostExperiment.MLP).history());
        runs.put("adam", Runs.CPU.of(PostExperiment.WEIGHT_DECAY).history());
        runs.put("adamw", adamW(0.085));
        runs.put("stronger", adamW(0.5));
        return new DecoupledRuns(runs);
    }

    private static History adamW(double lambda) {
        return SameSteps.train(PostExperiment.MLP.plan(PostRuns.SEED, PostRuns.TRAIN_SIZE).toBuilder().rule(UpdateRule.ADAMW)
                .weightDecay(lambda).build());
    }

    /** With two runs under each other's names. */
    DecoupledRuns exchanged(String one, String other) {
        Map<String, History> runs = new LinkedHashMap<>(histories);
        runs.put(one, histories.get(other));
        runs.put(other, histories.get(one));
        return new DecoupledRuns(runs);
    }

    double best(String name) {
        History history = histories.get(name);
        return history.validationLoss(history.bestEpoch());
    }

    double lastNorm(String name) {
        History history = histories.get(name);
        return history.squaredL2Norm(history.epochs());
    }

    static List<String> header() {
        return List.of("run", "best validation loss", "at epoch", "last training loss", "last Σθ²");
    }

    List<List<String>> rows() {
        return histories.keySet().stream().map(name -> List.of(TITLES.get(name), Document.format("%.4f", best(name)),
                Integer.toString(histories.get(name).bestEpoch()),
                Document.format("%.2g", LastLosses.training(histories.get(name))), Document.format("%.1f", lastNorm(name)))).toList();
    }

    Picture picture() {
        List<ComparisonPicture.Run> curves = new ArrayList<>();
        histories.forEach((name, history) -> curves.add(
                new ComparisonPicture.Run(TITLES.get(name), Palette.series(curves.size()), LineStyle.SOLID, history)));
        return ComparisonPicture.of(curves, "Coupled and decoupled weight decay under Adam", "Post's network and data, seed 42");
    }
}
