package dev.regularisation.spec.rules.dropout;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.data.Samples;
import dev.regularisation.nn.Activations;
import dev.regularisation.nn.Dropout;
import dev.regularisation.nn.DropoutMasks;
import dev.regularisation.nn.Mlp;
import dev.regularisation.plot.Axis;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.ReferenceLine;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.random.TorchGenerator;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.rules.Inputs;
import dev.regularisation.support.ForwardingBackend;
import dev.regularisation.support.PostRuns;
import dev.regularisation.training.TrainingResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Activations of a network's first hidden layer, {@code units × samples}, under masks and without.
 *
 * @param mean       over masks
 * @param evaluation without dropout
 */
record MeanActivations(double[] mean, double[] evaluation) {

    /** How many masks are sampled. */
    static final int MASKS = 400;

    /** Of the best model of a run on its training samples, over sampled masks. */
    static MeanActivations sampled(TrainingResult run) {
        return sampled(run, new CpuBackend());
    }

    /** The same where a kept activation stays as it is. */
    static MeanActivations unscaled(TrainingResult run) {
        return sampled(run, new Unscaled());
    }

    private static MeanActivations sampled(TrainingResult run, Backend backend) {
        Samples samples = run.data().train();
        Mlp network = new Mlp(backend, run.plan().layers());
        backend.write(run.best().parameters(), network.parameters());
        Tensor x = Inputs.of(backend, samples, samples.size());
        Activations activations = network.activations(samples.size());
        network.forward(x, activations);
        double[] evaluation = backend.read(activations.hidden(0));
        double[] mean = new double[evaluation.length];
        TorchGenerator generator = new TorchGenerator(PostRuns.SEED);
        Dropout dropout = new Dropout(run.plan().dropout());
        for (int mask = 0; mask < MASKS; mask++) {
            network.forward(x, activations, DropoutMasks.draw(dropout, network, samples.size(), generator), 0);
            double[] hidden = backend.read(activations.hidden(0));
            for (int i = 0; i < mean.length; i++) {
                mean[i] += hidden[i] / MASKS;
            }
        }
        return new MeanActivations(mean, evaluation);
    }

    /** Of a network under every mask, each with its probability. */
    static MeanActivations exact(EveryMask masks) {
        double[] evaluation = masks.evaluateFirstHidden();
        double[] mean = new double[evaluation.length];
        for (int mask = 0; mask < masks.count(); mask++) {
            double[] hidden = masks.firstHidden(mask);
            for (int i = 0; i < mean.length; i++) {
                mean[i] += masks.probability(mask) * hidden[i];
            }
        }
        return new MeanActivations(mean, evaluation);
    }

    /** The largest distance of a mean from evaluation, as a part of one and that. */
    double largest() {
        return IntStream.range(0, mean.length).mapToDouble(i -> Math.abs(mean[i] - evaluation[i]) / (1
                + Math.abs(evaluation[i]))).max()
                .orElseThrow();
    }

    /**
     * The largest error of a mean in standard errors: one masked activation h has the standard deviation h √(p/(1 − p)).
     * Where a unit is dark, infinite unless the mean is 0 too.
     */
    double largestDeviation(double p) {
        return IntStream.range(0, mean.length).mapToDouble(i -> evaluation[i] == 0 && mean[i] == 0 ? 0
                : Math.abs(mean[i] - evaluation[i]) / (Math.abs(evaluation[i]) * Math.sqrt(p / (1 - p) / MASKS))).max()
                        .orElseThrow();
    }

    /** Those above 0 in evaluation mode. */
    Map<String, double[]> series() {
        int[] lit = IntStream.range(0, mean.length).filter(i -> evaluation[i] > 0).toArray();
        Map<String, double[]> columns = new LinkedHashMap<>();
        columns.put("evaluation", IntStream.of(lit).mapToDouble(i -> evaluation[i]).toArray());
        columns.put("mean_over_masks", IntStream.of(lit).mapToDouble(i -> mean[i]).toArray());
        return columns;
    }

    static Picture picture(Map<String, double[]> series) {
        return new SeriesPicture("Mean over masks against no dropout", Document.format(
                "25 units, 200 samples, %d of 5,000 activations above 0, %d masks", series.get("evaluation").length, MASKS),
                Axis.linear("Activation in evaluation mode"), Axis.linear("Mean over masks"), List.of(Series.of("activations",
                        Palette.BLUE, series.get("evaluation"), series.get("mean_over_masks"))), List.of(),
                List.of(ReferenceLine.identity("mean = evaluation")), true).picture();
    }

    /** How many predictions of a run's best model for the validation samples, under masks, are not those that it reports. */
    static long differingPredictions(TrainingResult run, DropoutMasks masks) {
        Backend backend = new CpuBackend();
        Samples samples = run.data().validation();
        Mlp network = new Mlp(backend, run.plan().layers());
        backend.write(run.best().parameters(), network.parameters());
        Activations activations = network.activations(samples.size());
        network.forward(Inputs.of(backend, samples, samples.size()), activations, masks, 0);
        double[] predictions = backend.read(activations.prediction());
        return IntStream.range(0, predictions.length).filter(s -> predictions[s] != run.best().validationPredictions()[s])
                .count();
    }

    /** Keeps activations as they are, as dropout without its factor does. */
    private static final class Unscaled extends ForwardingBackend {

        Unscaled() {
            super(new CpuBackend());
        }

        @Override
        public void multiply(Tensor a, Tensor b, Tensor c) {
            double[] factors = read(b);
            for (int i = 0; i < factors.length; i++) {
                factors[i] = factors[i] == 0 ? 0 : 1;
            }
            write(factors, b);
            super.multiply(a, b, c);
        }
    }
}
