package dev.regularisation.training;

import dev.regularisation.backend.Backend;
import dev.regularisation.data.Dataset;
import dev.regularisation.nn.DropoutMasks;
import dev.regularisation.nn.Loss;
import dev.regularisation.nn.Mlp;

/** How well models of one architecture do on the samples of a run, in evaluation mode. For one thread, like its backend. */
public final class Evaluation {

    private final Backend backend;
    private final Dataset data;
    private final Mlp network;
    private final EvaluationSet trainSet;
    private final EvaluationSet validationSet;

    /** Of the models of a plan on its samples. */
    public Evaluation(Backend backend, TrainingPlan plan, Dataset data) {
        this(backend, new Mlp(backend, plan.architecture()), plan.loss(), data);
    }

    /** Of a network that is trained besides. */
    Evaluation(Backend backend, Mlp network, Loss loss, Dataset data) {
        this.backend = backend;
        this.data = data;
        this.network = network;
        trainSet = new EvaluationSet(backend, network, loss, data.train());
        validationSet = new EvaluationSet(backend, network, loss, data.validation());
    }

    int validationSamples() {
        return validationSet.samples();
    }

    /** Mean loss of the network as it is over the validation samples; {@code masks} were drawn for all of them, or are none. */
    double validationLoss(DropoutMasks masks) {
        return validationSet.loss(masks);
    }

    /** A model with its fit and predictions; the network has its parameters afterwards. */
    TrainingResult.Model model(int epoch, double[] parameters) {
        backend.write(parameters, network.parameters());
        DropoutMasks none = DropoutMasks.evaluation();
        double[] train = trainSet.predictions();
        double[] validation = validationSet.predictions();
        Fit fit = new Fit(trainSet.loss(none), validationSet.loss(none),
                Fit.r2(data.train().y(), train), Fit.r2(data.validation().y(), validation));
        return new TrainingResult.Model(epoch, parameters, fit, train, validation);
    }
}
