package dev.regularisation.plot;

import dev.regularisation.training.History;
import java.util.stream.DoubleStream;

/** Every parameter's values at some epochs: few enough to draw at once, evenly spread over a logarithmic axis. */
final class ParameterPaths {

    private static final int MOST_EPOCHS = 160;
    private static final int MOST_PATHS = 4000;

    private ParameterPaths() {
    }

    static PathsMark of(History history) {
        double[] epochs = epochs(history.epochs());
        int count = history.parameterCount();
        int every = (count - 1) / MOST_PATHS + 1;
        double[][] paths = new double[(count - 1) / every + 1][epochs.length];
        for (int i = 0; i < paths.length; i++) {
            for (int e = 0; e < epochs.length; e++) {
                paths[i][e] = history.parameter((int) epochs[e], i * every);
            }
        }
        String name = every == 1 ? Numbers.count(count) + " parameters"
                : "Every " + every + "th of " + Numbers.count(count) + " parameters";
        return new PathsMark(name, Palette.GREY, epochs, paths);
    }

    /** Epoch 0, then epochs whose logarithms are evenly spaced, up to the last. */
    static double[] epochs(int last) {
        DoubleStream spaced = DoubleStream.iterate(0, i -> i < MOST_EPOCHS, i -> i + 1)
                .map(i -> Math.rint(Math.pow(last, i / (MOST_EPOCHS - 1))));
        return DoubleStream.concat(DoubleStream.of(0), spaced).distinct().toArray();
    }
}
