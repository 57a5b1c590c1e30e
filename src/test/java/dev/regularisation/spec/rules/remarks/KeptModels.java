package dev.regularisation.spec.rules.remarks;

import dev.regularisation.post.PostExperiment;
import dev.regularisation.post.PublishedFigures;
import dev.regularisation.post.PublishedFigures.Quantity;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.rules.Validation;
import dev.regularisation.training.History;
import dev.regularisation.training.TrainingResult;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What loops keep as their best model.
 *
 * @param ofReference what the notebook's loop in miniature returns
 * @param ofCopy      what it returns when it keeps a copy
 * @param ours        our models of each run
 */
record KeptModels(double ofReference, double ofCopy, List<Kept> ours) {

    /** Where the loop in miniature ends, and where it was best. */
    static final double LAST_STATE = -1;
    static final double BEST_STATE = 1;

    KeptModels {
        ours = List.copyOf(ours);
    }

    /**
     * R² on the validation samples of a run, as {@code cpu} has it, whose sums are taken as PyTorch takes them.
     *
     * @param experiment   which run
     * @param printed      what the notebook prints
     * @param last         of our last model
     * @param best         of our best model
     * @param isOfItsEpoch whether both have the parameters and the validation loss that the history has of their epochs
     * @param epochs       of the best and of the last model
     */
    record Kept(PostExperiment experiment, String printed, double last, double best, boolean isOfItsEpoch, List<Integer> epochs) {
    }

    static KeptModels of(Runs runs) {
        return new KeptModels(loop(UnaryOperator.identity()), loop(double[]::clone), Stream.of(PostExperiment.values()).map(e -> {
            TrainingResult run = runs.of(e);
            return kept(e, run, run.best());
        }).toList());
    }

    private static Kept kept(PostExperiment experiment, TrainingResult run, TrainingResult.Model best) {
        History history = run.history();
        TrainingResult cpu = Runs.CPU.of(experiment);
        double ofBest = best.epoch() == run.last().epoch() ? cpu.last().fit().validationR2() : cpu.best().fit().validationR2();
        return new Kept(experiment, Validation.printed(experiment, Quantity.VALIDATION_R2), cpu.last().fit().validationR2(), ofBest,
                isOf(best, history, history.bestEpoch()) && isOf(run.last(), history, history.epochs()),
                List.of(best.epoch(), run.last().epoch()));
    }

    private static boolean isOf(TrainingResult.Model model, History history, int epoch) {
        double[] parameters = IntStream.range(0, history.parameterCount()).mapToDouble(i -> history.parameter(epoch, i)).toArray();
        return model.epoch() == epoch && model.fit().validationLoss() == history.validationLoss(epoch)
                && Arrays.equals(model.parameters(), parameters);
    }

    /**
     * The notebook's loop in miniature: one parameter descends from 3 by 1 an epoch, past its best place, 1. The state is kept
     * when the loss is the least so far, and the kept state is what the loop returns.
     */
    private static double loop(UnaryOperator<double[]> keep) {
        double[] state = {3};
        double[] kept = keep.apply(state);
        double least = Double.POSITIVE_INFINITY;
        for (int epoch = 1; epoch <= 4; epoch++) {
            state[0]--;
            double loss = (state[0] - BEST_STATE) * (state[0] - BEST_STATE);
            if (loss < least) {
                least = loss;
                kept = keep.apply(state);
            }
        }
        return kept[0];
    }

    /** That what is printed is the last model's, and not the best's, to within some units of the fourth decimal. */
    Finding printedIsLast(String what, Set<PostExperiment> which, double units) {
        List<Kept> asked = ours.stream().filter(kept -> which.contains(kept.experiment())).toList();
        List<Kept> met = asked.stream().filter(kept -> Math.abs(kept.last() - Double.parseDouble(kept.printed())) <= units * 1e-4
                && Math.abs(kept.best() - Double.parseDouble(kept.printed())) > units * 1e-4).toList();
        return Finding.exactly(what, met.size() == asked.size(), "%d of %d", met.size(), asked.size());
    }

    KeptModels withLoop(double reference, double copy) {
        return new KeptModels(reference, copy, ours);
    }

    KeptModels withPrintedOfBest() {
        return new KeptModels(ofReference, ofCopy, ours.stream().map(k -> new Kept(k.experiment(), Document.format("%.4f", k.best()),
                k.last(), k.best(), k.isOfItsEpoch(), k.epochs())).toList());
    }

    KeptModels withLastAsBest() {
        return new KeptModels(ofReference, ofCopy, ours.stream().map(k -> kept(k.experiment(), Runs.CPU.of(k.experiment()),
                Runs.CPU.of(k.experiment()).last())).toList());
    }

    /** Best models of the right epoch and parameters, with the loss of the last. */
    KeptModels withLossOfLast() {
        return new KeptModels(ofReference, ofCopy, ours.stream().map(k -> {
            TrainingResult run = Runs.CPU.of(k.experiment());
            return kept(k.experiment(), run, new TrainingResult.Model(run.best().epoch(), run.best().parameters(), run.last().fit(),
                    run.best().trainPredictions(), run.best().validationPredictions()));
        }).toList());
    }

    List<List<String>> rows() {
        return ours.stream().map(k -> {
            PublishedFigures.Figure figure = PublishedFigures.of(k.experiment()).stream()
                    .filter(f -> f.quantity() == Quantity.VALIDATION_R2).findFirst().orElseThrow();
            return List.of(k.experiment().title(), k.printed(), figure.round(k.last()), figure.round(k.best()),
                    k.epochs().get(0) + " of " + k.epochs().get(1));
        }).toList();
    }
}
