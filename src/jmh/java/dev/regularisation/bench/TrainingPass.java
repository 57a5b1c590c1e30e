package dev.regularisation.bench;

import dev.regularisation.backend.Activation;
import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.backend.cpu.Kernel;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The products of a training pass of 200 samples through the first two layers of 50-25-25-1, one by one. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TrainingPass {

    private static final int SAMPLES = 200;
    private static final int OUTPUTS = 25;

    @Param({"VECTOR", "LOOPS"})
    private Kernel kernel;

    /** Of the layer: 50 of the first, 25 of the second. */
    @Param({"50", "25"})
    private int inputs;

    private Backend backend;
    private Tensor weights;
    private Tensor bias;
    private Tensor weightGradient;
    private Tensor biasGradient;
    private Tensor input;
    private Tensor output;
    private Tensor gradient;
    private Tensor inputGradient;

    /** Floating-point operations of one product of {@code inputs} inputs. */
    static double flops(int inputs) {
        return 2.0 * SAMPLES * OUTPUTS * inputs;
    }

    /** Fills the operands. */
    @Setup
    public void fill() {
        backend = new CpuBackend(kernel);
        weights = backend.tensor(OUTPUTS, inputs, NormalDraws.of(OUTPUTS * inputs));
        bias = backend.tensor(OUTPUTS, 1, NormalDraws.of(OUTPUTS));
        weightGradient = backend.zeros(OUTPUTS, inputs);
        biasGradient = backend.zeros(OUTPUTS, 1);
        input = batch(inputs);
        gradient = batch(OUTPUTS);
        output = backend.batch(OUTPUTS, SAMPLES);
        inputGradient = backend.batch(inputs, SAMPLES);
    }

    private Tensor batch(int features) {
        Tensor tensor = backend.batch(features, SAMPLES);
        backend.write(NormalDraws.of(features * SAMPLES), tensor);
        return tensor;
    }

    /** Forward: affine and rectifier. */
    @Benchmark
    public Object forward() {
        backend.affineActivate(Activation.RELU, weights, bias, input, null, output, output);
        return output;
    }

    /** Backward: gradients of weights and biases. */
    @Benchmark
    public Object parameterGradients() {
        backend.parameterGradients(input, gradient, weightGradient, biasGradient);
        return weightGradient;
    }

    /** Backward: gradient at the pre-activation of the layer below. */
    @Benchmark
    public Object inputGradient() {
        backend.affineActivateBackward(Activation.RELU, weights, gradient, input, null, inputGradient);
        return inputGradient;
    }
}
