package dev.regularisation.training;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;
import dev.regularisation.data.Dataset;
import dev.regularisation.data.Minibatches;
import dev.regularisation.nn.Activations;
import dev.regularisation.nn.Dropout;
import dev.regularisation.nn.DropoutMasks;
import dev.regularisation.nn.Linear;
import dev.regularisation.nn.Loss;
import dev.regularisation.nn.Mlp;
import dev.regularisation.penalty.Regulariser;
import dev.regularisation.penalty.Scope;
import dev.regularisation.random.LoaderOrder;
import dev.regularisation.random.TorchGenerator;
import java.util.List;

/** The passes of a plan over its training samples, a batch at a time: what happens before the optimiser steps. */
final class TrainingPass {

    final Mlp network;
    final Dropout dropout;
    final Minibatches minibatches;
    final int[] order;
    final Tensor batchX;
    final Tensor batchY;
    final Activations activations;
    final DropoutMasks masks;

    private final Backend backend;
    private final Loss loss;
    private final List<Regulariser> regularisers;
    private final Mlp.HiddenGradient atHidden;
    private final Tensor trainX;
    private final Tensor trainY;
    private final TorchGenerator shuffle = new TorchGenerator(0);

    /** Of a network that has the plan's initial parameters. */
    TrainingPass(TrainingPlan plan, Dataset data, Backend backend) {
        this.backend = backend;
        network = new Mlp(backend, plan.architecture());
        InitialParameters.write(plan, backend, network);
        dropout = new Dropout(plan.dropout());
        loss = plan.loss();
        regularisers = plan.regularisers();
        atHidden = hiddenGradient();
        int batch = plan.batchSize();
        minibatches = new Minibatches(data.train().size(), batch);
        order = new int[data.train().size()];
        trainX = Layout.batch(backend, data.train());
        trainY = Layout.labels(backend, data.train(), 0, data.train().size());
        batchX = backend.batch(data.train().features(), batch);
        batchY = backend.zeros(1, batch);
        activations = network.batchActivations(batch);
        masks = DropoutMasks.undrawn(dropout, network, batch);
    }

    private Mlp.HiddenGradient hiddenGradient() {
        List<Regulariser> acting = regularisers.stream().filter(Regulariser::actsOnHidden).toList();
        return acting.isEmpty() ? Mlp.HiddenGradient.NONE : (hidden, gradient) ->
                acting.forEach(regulariser -> regulariser.addHiddenGradient(backend, hidden, gradient));
    }

    /** Draws the order of the next pass. */
    void begin(TorchGenerator generator) {
        LoaderOrder.shuffledPass(generator, shuffle, order);
    }

    /** A forward pass in training mode; its loss. */
    double forward(int batch, TorchGenerator generator) {
        backend.gatherColumns(trainX, order, minibatches.start(batch), batchX);
        backend.gatherColumns(trainY, order, minibatches.start(batch), batchY);
        masks.redraw(generator);
        network.forward(batchX, activations, masks, 0);
        return loss.value(backend, activations.prediction(), batchY);
    }

    /** The gradients of the last {@link #forward}, penalties included. */
    void backward() {
        loss.gradient(backend, activations.prediction(), batchY, activations.predictionGradient());
        network.backward(batchX, activations, masks, atHidden);
        for (Regulariser regulariser : regularisers) {
            if (regulariser.scope() == Scope.ALL) {
                regulariser.addGradient(backend, network.parameters(), network.gradients());
                continue;
            }
            for (int layer = 0; layer < network.layers(); layer++) {
                Linear linear = network.layer(layer);
                regulariser.addGradient(backend, linear.weights(), linear.weightGradient());
            }
        }
    }
}
