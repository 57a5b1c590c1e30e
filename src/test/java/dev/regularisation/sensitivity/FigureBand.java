package dev.regularisation.sensitivity;

import dev.regularisation.backend.Backend;
import dev.regularisation.post.PublishedFigures.Figure;
import dev.regularisation.post.PublishedFigures.Quantity;
import dev.regularisation.training.Recording;
import dev.regularisation.training.TrainingResult;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** The printed figures of a run and of its {@link Neighbours}, and how these part from it. */
public final class FigureBand {

    private final List<Run> runs;

    private FigureBand(List<Run> runs) {
        this.runs = runs;
    }

    /**
     * A run of the band, without its parameters.
     *
     * @param number  of the neighbour; {@link Neighbours#NONE} for the run itself
     * @param figures the quantities that the post prints
     * @param parting how it parts from the run itself
     */
    public record Run(int number, Map<Quantity, Double> figures, Parting parting) {

        public Run {
            figures = Map.copyOf(figures);
        }
    }

    /**
     * Trains the neighbours of a run.
     *
     * @param reference  the run, with its parameters recorded; not modified
     * @param neighbours how many, at least 1; the band has one run more
     * @param backends   makes a backend for each run, of the kind that trained {@code reference}
     * @param threads    runs at a time; results do not depend on it
     * @throws IllegalArgumentException when the backend is another than that of {@code reference}: its rounding would
     * be taken for that of the last place
     */
    public static FigureBand around(
            TrainingResult reference, int neighbours, Supplier<Backend> backends, int threads) {
        if (neighbours < 1) {
            throw new IllegalArgumentException("neighbours: wanted at least 1, got " + neighbours);
        }
        try (Backend backend = backends.get()) {
            if (!backend.description().equals(reference.backend())) {
                throw new IllegalArgumentException("figure band: the reference run was trained by " + reference.backend()
                        + ", its neighbours would be by " + backend.description() + "; hand in the same backend");
            }
        }
        List<Run> runs = new ArrayList<>();
        runs.add(run(Neighbours.NONE, reference, reference));
        runs.addAll(new Neighbours(reference.plan(), Recording.PARAMETERS, backends, threads).train(
                IntStream.rangeClosed(1, neighbours).boxed().toList(), (number, result) -> run(number, result, reference)));
        return new FigureBand(List.copyOf(runs));
    }

    private static Run run(int number, TrainingResult result, TrainingResult reference) {
        Map<Quantity, Double> figures = new EnumMap<>(Quantity.class);
        for (Quantity quantity : Quantity.values()) {
            figures.put(quantity, quantity.of(result));
        }
        return new Run(number, figures, Parting.between(result.history(), reference.history()));
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
