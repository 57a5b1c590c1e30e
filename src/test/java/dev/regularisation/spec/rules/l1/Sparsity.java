package dev.regularisation.spec.rules.l1;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.data.LinearProblem;
import dev.regularisation.nn.Activations;
import dev.regularisation.nn.Mlp;
import dev.regularisation.plot.Axis;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.rules.Inputs;
import dev.regularisation.support.Ensemble;
import dev.regularisation.support.Ensembles;
import dev.regularisation.support.PostRuns;
import dev.regularisation.training.TrainingPlan;
import dev.regularisation.training.TrainingResult;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What is sparse in a network.
 *
 * @param lit      share of hidden neurons that light up (h &gt; 0) for a validation sample, on average
 * @param nearZero share of weights, biases not counted, nearer to zero than one step of the optimiser
 * @param dark     number of hidden neurons that light up for none of the samples
 */
record Sparsity(double lit, double nearZero, int dark) {

    /** Seeds beside the post's. */
    static final int SEEDS = Math.min(5, Ensembles.SEEDS);
    private static final double LAMBDA = 0.021;
    private static final double NEAR = 0.01;
    private static final int SAMPLES = 1000;

    /** Where the penalty of one strength is put. */
    enum Penalised {
        NOTHING("Plain MLP", Palette.VERMILION), PARAMETERS("L1 on parameters", Palette.GREEN),
        ACTIVATIONS("L1 on activations", Palette.BLUE);

        private final String title;
        private final Color colour;

        Penalised(String title, Color colour) {
            this.title = title;
            this.colour = colour;
        }

        private PostExperiment experiment() {
            return this == PARAMETERS ? PostExperiment.L1 : PostExperiment.MLP;
        }
    }

    private static TrainingPlan onActivations() {
        return PostExperiment.MLP.plan(PostRuns.SEED, PostRuns.TRAIN_SIZE).toBuilder().activationL1(LAMBDA).build();
    }

    /** The network with the penalty on activations, at the post's seed, on a backend. */
    static TrainingResult trained(Runs runs) {
        // Training does not see the validation samples, which elsewhere are few, for speed; sparsity is judged on the post's.
        return runs.train(runs.areReference() ? onActivations()
                : onActivations().toBuilder().problem(new LinearProblem(50, PostRuns.TRAIN_SIZE, 100, 0.2)).build());
    }

    /** At the post's seed on a backend, then at other seeds. */
    static List<Sparsity> of(Runs runs, Penalised penalised) {
        List<Sparsity> all = new ArrayList<>(List.of(penalised == Penalised.ACTIVATIONS
                ? of(onActivations(), trained(runs).last().parameters())
                : of(runs.of(penalised.experiment()).plan(), runs.of(penalised.experiment()).last().parameters())));
        List<Ensemble.Member> members = penalised == Penalised.ACTIVATIONS
                ? Ensembles.of("L1 on activations", Map.of(penalised, onActivations()), SEEDS).of(penalised)
                : runs.trained().of(penalised.experiment());
        members.subList(0, SEEDS).forEach(member -> all.add(of(member.plan(), member.last())));
        return all;
    }

    private static Sparsity of(TrainingPlan plan, double[] parameters) {
        Backend backend = new CpuBackend();
        Mlp network = new Mlp(backend, plan.layers());
        backend.write(parameters, network.parameters());
        Activations activations = network.activations(SAMPLES);
        network.forward(Inputs.of(backend, plan.problem().draw(plan.seed()).validation(), SAMPLES), activations);
        int neurons = 0;
        int dark = 0;
        long lit = 0;
        for (int layer = 0; layer < network.hiddenLayers(); layer++) {
            double[] hidden = backend.read(activations.hidden(layer));
            for (int neuron = 0; neuron < network.layer(layer).outputs(); neuron++) {
                long count = Arrays.stream(hidden, neuron * SAMPLES, (neuron + 1) * SAMPLES).filter(h -> h > 0).count();
                neurons++;
                lit += count;
                dark += count == 0 ? 1 : 0;
            }
        }
        double near = IntStream.range(0, network.layers()).mapToObj(layer -> backend.read(network.layer(layer).weights()))
                .flatMapToDouble(Arrays::stream).map(weight -> Math.abs(weight) < NEAR ? 1 : 0).average().orElseThrow();
        return new Sparsity(lit / (double) (neurons * SAMPLES), near, dark);
    }

    static List<String> header() {
        return List.of("penalty", "neurons lit per sample", "weights within 0.01 of zero", "neurons lit by no sample");
    }

    List<String> row(Penalised penalised) {
        return List.of(penalised.title, Document.format("%.3f", lit), Document.format("%.3f", nearZero), dark + " of 50");
    }

    static double[] values(List<Sparsity> sparsities, ToDoubleFunction<Sparsity> value) {
        return sparsities.stream().mapToDouble(value).toArray();
    }

    static Picture picture(Map<Penalised, List<Sparsity>> all) {
        return new SeriesPicture("What is sparse: weights or activations", "200 samples; seed 42 and " + SEEDS + " others",
                Axis.linear("Share of weights within 0.01 of zero").covering(0, 1),
                Axis.linear("Share of neurons lit per sample").covering(0, 0.7), all.entrySet().stream().map(entry ->
                        Series.of(entry.getKey().title, entry.getKey().colour, values(entry.getValue(), Sparsity::nearZero),
                                values(entry.getValue(), Sparsity::lit))).toList(), List.of(), List.of(), false).picture();
    }

    static Map<String, double[]> series(Map<Penalised, List<Sparsity>> all) {
        Map<String, double[]> columns = new LinkedHashMap<>();
        all.forEach((penalised, sparsities) -> {
            columns.put(penalised.title + ": lit", values(sparsities, Sparsity::lit));
            columns.put(penalised.title + ": weights near zero", values(sparsities, Sparsity::nearZero));
        });
        return columns;
    }
}
