package dev.regularisation.spec.rules.l2;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;
import dev.regularisation.backend.cpu.float64.CpuBackend;
import dev.regularisation.data.Samples;
import dev.regularisation.nn.Activations;
import dev.regularisation.nn.DropoutMasks;
import dev.regularisation.nn.Mlp;
import dev.regularisation.spec.rules.Inputs;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * The directions in which a network's training loss is curved: the Gauss-Newton matrix (2/n) JᵀJ, where J has the gradient of
 * the prediction on each sample as a row. Where every sample is met it is the Hessian; its rank is at most n.
 *
 * @param eigenvalues those that may differ from zero, n, descending
 * @param coordinates of the vectors asked for along their eigenvectors, vectors × n
 */
record Curvature(double[] eigenvalues, double[][] coordinates) {

    /** At some parameters, of vectors of that length. */
    static Curvature at(List<Integer> layers, Samples samples, double[] parameters, double[]... vectors) {
        double[][] jacobian = jacobian(layers, samples, parameters);
        int n = jacobian.length;
        double[][] gram = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                gram[i][j] = 2.0 / n * dot(jacobian[i], jacobian[j]);
                gram[j][i] = gram[i][j];
            }
        }
        EigenDecomposition decomposition = new EigenDecomposition(new Array2DRowRealMatrix(gram, false));
        double[] eigenvalues = decomposition.getRealEigenvalues();
        double[][] coordinates = new double[vectors.length][];
        for (int v = 0; v < vectors.length; v++) {
            // The eigenvector of JᵀJ is Jᵀu over its length, which is the root of u's eigenvalue.
            double[] vector = vectors[v];
            double[] along = decomposition.getV().preMultiply(
                    Arrays.stream(jacobian).mapToDouble(gradient -> dot(gradient, vector)).toArray());
            coordinates[v] = IntStream.range(0, along.length).mapToDouble(i ->
                    along[i] / Math.sqrt(Math.max(eigenvalues[i], 1e-12) * n / 2)).toArray();
        }
        return new Curvature(eigenvalues, coordinates);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** Of the sum of all predictions. */
    static double[] sumOfGradients(List<Integer> layers, Samples samples, double[] parameters) {
        double[] sum = new double[parameters.length];
        for (double[] gradient : jacobian(layers, samples, parameters)) {
            Arrays.setAll(sum, i -> sum[i] + gradient[i]);
        }
        return sum;
    }

    /** The gradient of the prediction by all parameters, samples × parameters. */
    private static double[][] jacobian(List<Integer> layers, Samples samples, double[] parameters) {
        try (Backend backend = new CpuBackend()) {
            Mlp network = new Mlp(backend, layers);
            backend.write(parameters, network.parameters());
            Tensor all = Inputs.of(backend, samples, samples.size());
            Tensor x = backend.zeros(samples.features(), 1);
            Activations activations = network.activations(1);
            return IntStream.range(0, samples.size()).mapToObj(s -> {
                backend.gatherColumns(all, new int[] {s}, 0, x);
                network.forward(x, activations);
                backend.write(new double[] {1}, activations.predictionGradient());
                network.backward(x, activations, DropoutMasks.evaluation(), Mlp.HiddenGradient.NONE);
                return backend.read(network.gradients());
            }).toArray(double[][]::new);
        }
    }

    static double squares(double[] values) {
        return dot(values, values);
    }
}
