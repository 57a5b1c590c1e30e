package dev.regularisation.spec.rules.setup;

import dev.regularisation.post.PostExperiment;
import dev.regularisation.spec.Runs;
import dev.regularisation.spec.rules.Roughness;
import dev.regularisation.study.Jumps;
import java.util.stream.Stream;

/**
 * How smooth training is at which rate.
 *
 * @param straight  roughness of a straight path
 * @param toAndFro  roughness of one to and fro
 * @param growth    how many times as rough paths are as at the next lower rate
 * @param climb     how far the plain network's training loss climbs at the post's rate, in factors of e
 * @param wildClimb how far it does at three times that
 * @param epochs    epochs to the noise at a tenth of the rate, as a multiple
 * @param minibatch jumps of minibatches
 * @param others    jumps of the other six runs
 * @param longer    jumps of the plain network, trained on for as long again and more
 */
record Smoothness(double straight, double toAndFro, double[] growth, double climb, double wildClimb, double epochs,
        double minibatch, double others, double longer) {

    static final Roughness.Path STRAIGHT = (epoch, i) -> 3 * epoch;
    static final Roughness.Path TO_AND_FRO = (epoch, i) -> epoch % 2;

    static Smoothness of(Runs runs) {
        return new Smoothness(Roughness.of(STRAIGHT, 1, 0, 9), Roughness.of(TO_AND_FRO, 1, 0, 1000),
                LearningRates.growth(runs), LearningRates.climb(runs), LearningRates.climbAt(0.03),
                LearningRates.epochsToNoise(0.001) / LearningRates.epochsToNoise(LearningRates.POST),
                jumps(runs, PostExperiment.MINIBATCH),
                Stream.of(PostExperiment.values()).filter(method -> method != PostExperiment.MINIBATCH)
                        .mapToDouble(method -> jumps(runs, method)).sum(), Jumps.of(LearningRates.longer()).size());
    }

    private static int jumps(Runs runs, PostExperiment method) {
        return Jumps.of(runs.of(method).history().trainLosses()).size();
    }

    Smoothness measuredBy(Roughness.Path ahead, Roughness.Path back) {
        return new Smoothness(Roughness.of(ahead, 1, 0, 9), Roughness.of(back, 1, 0, 1000), growth, climb, wildClimb,
                epochs, minibatch, others, longer);
    }

    Smoothness with(double[] otherGrowth, double otherEpochs) {
        return new Smoothness(straight, toAndFro, otherGrowth, climb, wildClimb, otherEpochs, minibatch, others, longer);
    }

    Smoothness climbing(double otherClimb, double otherWildClimb) {
        return new Smoothness(straight, toAndFro, growth, otherClimb, otherWildClimb, epochs, minibatch, others, longer);
    }

    Smoothness jumping(double ofMinibatch, double ofOthers, double ofLonger) {
        return new Smoothness(straight, toAndFro, growth, climb, wildClimb, epochs, ofMinibatch, ofOthers, ofLonger);
    }
}
