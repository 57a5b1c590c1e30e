package dev.regularisation.bench;

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

/** The product of the first layer on a block of validation samples, {@code [25 × 50] · [50 × 320]}, by each kernel. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class LayerProduct {

    private static final int OUTPUTS = 25;
    private static final int INPUTS = 50;
    private static final int SAMPLES = 320;

    /** Floating-point operations of one call. */
    static final double FLOPS = 2.0 * OUTPUTS * INPUTS * SAMPLES;

    /** NAIVE is the textbook triple loop. */
    @Param({"VECTOR", "LOOPS", "NAIVE"})
    private String kernel;

    private Backend backend;
    private Tensor weights;
    private Tensor bias;
    private Tensor input;
    private Tensor output;
    private float[] w;
    private float[] x;
    private float[] z;

    /** Fills the operands. */
    @Setup
    public void fill() {
        backend = new CpuBackend(kernel.equals("NAIVE") ? Kernel.LOOPS : Kernel.valueOf(kernel));
        weights = backend.tensor(OUTPUTS, INPUTS, NormalDraws.of(OUTPUTS * INPUTS));
        bias = backend.tensor(OUTPUTS, 1, NormalDraws.of(OUTPUTS));
        input = backend.tensor(INPUTS, SAMPLES, NormalDraws.of(INPUTS * SAMPLES));
        output = backend.zeros(OUTPUTS, SAMPLES);
        w = NormalDraws.floats(OUTPUTS * INPUTS);
        x = NormalDraws.floats(INPUTS * SAMPLES);
        z = new float[OUTPUTS * SAMPLES];
    }

    /** One product. */
    @Benchmark
    public Object product() {
        if (kernel.equals("NAIVE")) {
            for (int o = 0; o < OUTPUTS; o++) {
                for (int s = 0; s < SAMPLES; s++) {
                    float sum = 0f;
                    for (int i = 0; i < INPUTS; i++) {
                        sum = Math.fma(w[o * INPUTS + i], x[i * SAMPLES + s], sum);
                    }
                    z[o * SAMPLES + s] = sum;
                }
            }
            return z;
        }
        backend.affine(weights, bias, input, output);
        return output;
    }
}
