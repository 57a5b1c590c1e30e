package dev.regularisation.sensitivity;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Precision;
import dev.regularisation.data.Draws;
import dev.regularisation.parallel.ParallelRuns;
import dev.regularisation.post.PublishedFigures.Figure;
import dev.regularisation.post.PublishedFigures.Quantity;
import dev.regularisation.training.ProgressListener;
import dev.regularisation.training.Recording;
import dev.regularisation.training.TrainingLoop;
import dev.regularisation.training.TrainingResult;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A run and its neighbours: the same plan, begun from initial weights of which one differs by one unit in the last
 * place. What differs in the outcome is what rounding decides: two programs that sum in different orders cannot be
 * expected to agree better than neighbours do.
 */
public final class RoundingBand {

    private final List<Run> runs;

    private RoundingBand(List<Run> runs) {
        this.runs = runs;
    }

    /**
     * A run of the band, without its parameters.
     *
     * @param weight  the initial weight that was moved; −1 for none, in the reference run
     * @param figures the quantities that the post prints
     * @param parting how it parts from the reference run
     */
    public record Run(int weight, Map<Quantity, Double> figures, Parting parting) {

        public Run {
            figures = Map.copyOf(figures);
        }
    }

    /**
     * Trains the neighbours of a run.
     *
     * <p>Neighbour k of n moves weight ⌊(k − ½) P/n⌋ of P, up at odd k and down at even k: spread evenly over all layers,
     * and the same at every call.
     *
     * @param reference  the run, with its parameters recorded; not modified
     * @param neighbours how many, at least 1; the band has one run more
     * @param backends   makes a backend for each run, of the kind that trained {@code reference}
     * @param threads    runs at a time; results do not depend on it
     * @throws IllegalArgumentException when the backend is another than that of {@code reference}: its rounding would
     * be taken for that of the last place
     */
    public static RoundingBand around(
            TrainingResult reference, int neighbours, Supplier<Backend> backends, int threads) {
        int parameters = reference.history().parameterCount();
        if (neighbours < 1 || neighbours > parameters) {
            throw new IllegalArgumentException("rounding band: wanted between 1 and " + parameters
                    + " neighbours, one for a parameter, got " + neighbours);
        }
        List<Run> runs = new ArrayList<>();
        runs.add(run(-1, reference, reference));
        Draws draws = new Draws();
        List<Integer> numbers = IntStream.rangeClosed(1, neighbours).boxed().toList();
        runs.addAll(ParallelRuns.run(numbers, k -> 1, k -> neighbour(reference, draws,
                (int) ((2L * k - 1) * parameters / (2L * neighbours)), k % 2 == 1, backends), threads));
        return new RoundingBand(List.copyOf(runs));
    }

    private static Run neighbour(
            TrainingResult reference, Draws draws, int weight, boolean up, Supplier<Backend> backends) {
        try (Backend backend = backends.get()) {
            if (!backend.description().equals(reference.backend())) {
                throw new IllegalArgumentException("rounding band: the reference run was trained by "
                        + reference.backend() + ", its neighbours would be by " + backend.description()
                        + "; hand in the same backend");
            }
            TrainingResult result = TrainingLoop.train(reference.plan(), draws, backend, Recording.PARAMETERS,
                    ProgressListener.NONE, initial -> moved(initial, weight, up, backend.precision()));
            return run(weight, result, reference);
        }
    }

    private static Run run(int weight, TrainingResult result, TrainingResult reference) {
        Map<Quantity, Double> figures = new EnumMap<>(Quantity.class);
        for (Quantity quantity : Quantity.values()) {
            figures.put(quantity, quantity.of(result));
        }
        return new Run(weight, figures, Parting.between(result.history(), reference.history()));
    }

    /** The parameters with one of them moved to the next number of the format; a copy. */
    static double[] moved(double[] parameters, int index, boolean up, Precision precision) {
        double[] copy = parameters.clone();
        double direction = up ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
        copy[index] = precision == Precision.FLOAT32
                ? Math.nextAfter((float) copy[index], direction)
                : Math.nextAfter(copy[index], direction);
        return copy;
    }

    /** The runs; the reference first. */
    public List<Run> runs() {
        return runs;
    }

    /** The value of a quantity in each run; the reference first. */
    public double[] values(Quantity quantity) {
        return runs.stream().mapToDouble(run -> run.figures().get(quantity)).toArray();
    }

    /** Compares a printed figure with this band, whose runs are of the figure's experiment. */
    public Grade grade(Figure figure) {
        return Grade.of(figure, values(figure.quantity()));
    }

    /** How the neighbours part from the reference run, without that run itself. */
    public List<Parting> partings() {
        return runs.subList(1, runs.size()).stream().map(Run::parting).toList();
    }
}
