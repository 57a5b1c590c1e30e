package dev.regularisation.bench;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;
import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.backend.cpu.Kernel;
import dev.regularisation.nn.Activations;
import dev.regularisation.nn.Loss;
import dev.regularisation.nn.MeanSquaredError;
import dev.regularisation.nn.Mlp;
import dev.regularisation.random.TorchGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The validation pass of 50-25-25-1 over 10,000 samples: products, rectifiers and the loss. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ValidationPass {

    private static final int SAMPLES = 10_000;
    private static final Loss LOSS = new MeanSquaredError();
    private static final List<Integer> LAYERS = List.of(50, 25, 25, 1);

    /** Floating-point operations of the products of one pass; rectifiers and loss are not counted. */
    static final double FLOPS = 2.0 * SAMPLES * (50 * 25 + 25 * 25 + 25);

    @Param({"VECTOR", "LOOPS"})
    private Kernel kernel;

    private Backend backend;
    private Mlp network;
    private final List<Block> blocks = new ArrayList<>();

    /** Lays the samples out in the backend's blocks. */
    @Setup
    public void fill() {
        backend = new CpuBackend(kernel);
        network = new Mlp(backend, LAYERS);
        network.initialise(new TorchGenerator(42));
        for (int from = 0; from < SAMPLES; from += backend.preferredBlock()) {
            int size = Math.min(backend.preferredBlock(), SAMPLES - from);
            Activations activations = blocks.isEmpty() || size < backend.preferredBlock()
                    ? network.activations(size) : blocks.get(0).activations();
            blocks.add(new Block(backend.tensor(50, size, NormalDraws.of(50 * size)), backend.tensor(1, size, NormalDraws.of(size)),
                    activations));
        }
    }

    /** One pass. */
    @Benchmark
    public double pass() {
        double sum = 0;
        for (Block block : blocks) {
            network.forward(block.x(), block.activations());
            sum = backend.sumOfLosses(LOSS, block.activations().prediction(), block.y(), sum);
        }
        return sum;
    }

    private record Block(Tensor x, Tensor y, Activations activations) {
    }
}
