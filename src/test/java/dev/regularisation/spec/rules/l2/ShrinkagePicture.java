package dev.regularisation.spec.rules.l2;

import dev.regularisation.plot.Axis;
import dev.regularisation.plot.LineStyle;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.Picture;
import dev.regularisation.plot.Series;
import dev.regularisation.plot.SeriesPicture;
import dev.regularisation.spec.Document;
import dev.regularisation.theory.Eigenbasis;
import dev.regularisation.theory.QuadraticLoss;
import dev.regularisation.theory.QuadraticWithL2;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;

/** L2 on a loss of two parameters, in the plane. */
final class ShrinkagePicture {

    /** Eigenvalues 4 and ¼ along directions turned by some 37° (3-4-5), and a minimiser with a share of both. */
    static final QuadraticLoss EXAMPLE = new QuadraticLoss(
            new Array2DRowRealMatrix(new double[][] {{1.6, 1.8}, {1.8, 2.65}}), new double[] {2.2, 0.4}, 0);
    static final double[] STRENGTHS = {0.05, 0.25, 1, 4};

    private ShrinkagePicture() {
    }

    private static List<double[]> solved() {
        return Arrays.stream(STRENGTHS).mapToObj(l -> new QuadraticWithL2(EXAMPLE, l).linearSolve()).toList();
    }

    private static List<double[]> descended() {
        return Arrays.stream(STRENGTHS).mapToObj(l -> Shrinkage.descend(new QuadraticWithL2(EXAMPLE, l))).toList();
    }

    /** By strength: for either eigenvalue h/(h + λ), and what two ways keep. */
    static List<List<String>> rows() {
        Eigenbasis basis = EXAMPLE.eigenbasis();
        double[] w = basis.coordinates(EXAMPLE.minimiser());
        List<List<String>> rows = new ArrayList<>();
        for (int s = 0; s < STRENGTHS.length; s++) {
            List<String> cells = new ArrayList<>(List.of(Double.toString(STRENGTHS[s])));
            for (int i = 0; i < 2; i++) {
                double h = basis.eigenvalues()[i];
                cells.add(Document.format("%.9f", h / (h + STRENGTHS[s])));
                cells.add(Document.format("%.9f", basis.coordinates(solved().get(s))[i] / w[i]));
                cells.add(Document.format("%.9f", basis.coordinates(descended().get(s))[i] / w[i]));
            }
            rows.add(cells);
        }
        return rows;
    }

    static Picture of() {
        List<double[]> both = Stream.concat(solved().stream(), descended().stream()).toList();
        List<double[]> closed = IntStream.rangeClosed(0, 120).mapToObj(i ->
                new QuadraticWithL2(EXAMPLE, StrictMath.pow(10, -3 + i / 20.0)).closedForm()).toList();
        List<Series> curves = new ArrayList<>();
        for (double level : new double[] {0.02, 0.1, 0.3, 0.7, 1.4}) {
            curves.add(contour(level));
        }
        curves.add(Series.of("Closed form, λ from 0 to ∞", Palette.BLUE, entries(closed, 0), entries(closed, 1)));
        return new SeriesPicture("L2 shrinks each eigen-direction by its own factor",
                "A loss of two parameters with Hessian eigenvalues 4 and 0.25; contours of the loss, and minimisers with "
                        + "penalty λ = 0.05, 0.25, 1, 4",
                Axis.linear("First parameter").covering(0, 2.2), Axis.linear("Second parameter").covering(0, 0.4),
                List.of(Series.of("Minimiser w without penalty", Palette.BLACK, new double[] {EXAMPLE.minimiser()[0]},
                                new double[] {EXAMPLE.minimiser()[1]}),
                        Series.of("Linear solve and gradient descent", Palette.VERMILION, entries(both, 0), entries(both, 1))),
                curves, List.of(), true).picture();
    }

    private static Series contour(double level) {
        Eigenbasis basis = EXAMPLE.eigenbasis();
        double[] h = basis.eigenvalues();
        List<double[]> points = IntStream.rangeClosed(0, 180).mapToObj(i -> {
            double angle = StrictMath.PI * i / 90;
            double[] offset = basis.vector(new double[] {StrictMath.sqrt(2 * level / h[0]) * StrictMath.cos(angle),
                    StrictMath.sqrt(2 * level / h[1]) * StrictMath.sin(angle)});
            return new double[] {EXAMPLE.minimiser()[0] + offset[0], EXAMPLE.minimiser()[1] + offset[1]};
        }).toList();
        return Series.of("Contours of the loss", Palette.GREY, entries(points, 0), entries(points, 1)).drawn(LineStyle.DOTTED);
    }

    private static double[] entries(List<double[]> vectors, int index) {
        return vectors.stream().flatMapToDouble(v -> DoubleStream.of(v[index])).toArray();
    }
}
