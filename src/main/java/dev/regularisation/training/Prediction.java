package dev.regularisation.training;

import dev.regularisation.backend.Backend;
import dev.regularisation.data.Samples;
import dev.regularisation.nn.Architecture;
import dev.regularisation.nn.MeanSquaredError;
import dev.regularisation.nn.Mlp;

/** A trained network at work on samples that it was not trained on. */
public final class Prediction {

    private Prediction() {
    }

    /**
     * What a network predicts, in evaluation mode.
     *
     * @param architecture of the network, with one output
     * @param parameters   its parameters, not modified
     * @param x            inputs, row-major {@code samples × inputs}, not modified
     * @return a prediction for each sample
     */
    public static double[] of(Backend backend, Architecture architecture, double[] parameters, float[] x) {
        Mlp network = new Mlp(backend, architecture);
        backend.write(parameters, network.parameters());
        int inputs = architecture.sizes().get(0);
        int samples = x.length / inputs;
        // Nobody asks for the loss, so that labels and loss may be any.
        return new EvaluationSet(backend, network, new MeanSquaredError(),
                new Samples(samples, inputs, x, new float[samples])).predictions();
    }
}
