package dev.regularisation.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Our streams beside libtorch's, live: after any seed, any sequence of draws is the same, bit for bit, so that what one draw
 * leaves behind for the next is tried too.
 *
 * <p>libtorch's kernels without vectors give other float32 normals from 16 elements on; there, normals stay shorter.
 */
class LiveStreamsTest {

    private static final int LONGEST = 700;
    private static final boolean VECTORS = !torch.get_cpu_capability().getString().equals("DEFAULT");

    /** One call on both generators. */
    enum Kind {
        UNIFORM, NORMAL, PERMUTATION, BERNOULLI, INTEGER
    }

    record Draw(Kind kind, int n, double parameter) {
    }

    @Property(tries = 5000)
    @Label("random.live: any sequence of draws after any seed is libtorch's, bit for bit")
    void sequenceOfDraws(@ForAll long seed, @ForAll("draws") List<Draw> draws) {
        torch.manual_seed(seed);
        TorchGenerator ours = new TorchGenerator(seed);

        for (Draw draw : draws) {
            try (PointerScope scope = new PointerScope()) {
                same(draw, ours);
            }
        }
    }

    private static void same(Draw draw, TorchGenerator ours) {
        int n = draw.n();
        switch (draw.kind()) {
            case UNIFORM -> assertThat(ours.uniform(n, -draw.parameter(), 2 * draw.parameter()))
                    .isEqualTo(floats(torch.empty(n).uniform_(-draw.parameter(), 2 * draw.parameter(), null)));
            case NORMAL -> {
                int length = VECTORS ? n : n % 16;
                assertThat(ours.randn(length)).isEqualTo(floats(torch.randn(length)));
            }
            case PERMUTATION -> assertThat(IntStream.of(ours.permutation(n)).asLongStream().toArray())
                    .isEqualTo(longs(torch.randperm(n)));
            case BERNOULLI -> {
                float[] theirs = floats(torch.empty(n).bernoulli_(draw.parameter(), null));
                boolean[] drawn = ours.bernoulli(n, draw.parameter());
                assertThat(IntStream.range(0, n).mapToObj(i -> theirs[i] == 1f)).containsExactly(boxed(drawn));
            }
            case INTEGER -> assertThat(ours.nextInt64())
                    .isEqualTo(longs(torch.empty(new long[] {1}, new TensorOptions(ScalarType.Long), null).random_())[0]);
        }
    }

    private static Boolean[] boxed(boolean[] values) {
        return IntStream.range(0, values.length).mapToObj(i -> values[i]).toArray(Boolean[]::new);
    }

    private static float[] floats(Tensor tensor) {
        float[] values = new float[(int) tensor.numel()];
        if (values.length > 0) {
            tensor.data_ptr_float().get(values);
        }
        return values;
    }

    private static long[] longs(Tensor tensor) {
        long[] values = new long[(int) tensor.numel()];
        if (values.length > 0) {
            tensor.data_ptr_long().get(values);
        }
        return values;
    }

    @Provide
    Arbitrary<List<Draw>> draws() {
        Arbitrary<Integer> sizes = Arbitraries.oneOf(Arbitraries.integers().between(0, 40),
                Arbitraries.integers().between(0, LONGEST));
        return Combinators.combine(Arbitraries.of(Kind.class), sizes, Arbitraries.doubles().between(0, 1).ofScale(15))
                .as(Draw::new).list().ofMinSize(1).ofMaxSize(6);
    }
}
