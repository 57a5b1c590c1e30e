package dev.regularisation.random;

import static dev.regularisation.random.StreamPosition.after;
import static dev.regularisation.random.StreamPosition.assertAdvancedBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;

/** What holds of the streams for every seed and every size, PyTorch's own vectors aside. */
class TorchGeneratorLawsTest {
    @Property(tries = 300)
    @Label("permutation: every index from 0 to n − 1 once, for n − 1 draws")
    void permutationIsOne(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3_000) int n) {
        TorchGenerator generator = new TorchGenerator(seed);

        int[] order = generator.permutation(n);

        assertAdvancedBy(n - 1, seed, generator);
        Arrays.sort(order);
        assertThat(order).containsExactly(IntStream.range(0, n).toArray());
    }

    @Property(tries = 300)
    @Label("uniform: every value in [from, to), to float32, for one draw each")
    void uniformIsInRange(@ForAll long seed, @ForAll @IntRange(max = 1_000) int n,
            @ForAll @DoubleRange(min = -100, max = 100) @Scale(9) double from,
            @ForAll @DoubleRange(min = 1e-4, max = 10) @Scale(9) double width) {
        TorchGenerator generator = new TorchGenerator(seed);

        float[] values = generator.uniform(n, from, from + width);

        assertAdvancedBy(n, seed, generator);
        for (float value : values) {
            assertThat(value).isGreaterThanOrEqualTo((float) from).isLessThan((float) (from + width));
        }
    }

    @Property(tries = 100)
    @Label("uniform: of an interval that is one number, that number, for one draw each")
    void uniformOfOneNumber(@ForAll long seed, @ForAll @IntRange(max = 100) int n, @ForAll float only) {
        TorchGenerator generator = new TorchGenerator(seed);
        float[] expected = new float[n];
        Arrays.fill(expected, only);

        assertThat(generator.uniform(n, only, only)).containsExactly(expected);
        assertAdvancedBy(n, seed, generator);
    }

    @Property(tries = 300)
    @Label("uniformFloat and uniformDouble: multiples of 2⁻²⁴ and 2⁻⁵³ in [0, 1), for one and two draws")
    void uniformsAreMultiples(@ForAll long seed) {
        TorchGenerator generator = new TorchGenerator(seed);

        float single = generator.uniformFloat();
        double twice = generator.uniformDouble();

        assertThat(single).isGreaterThanOrEqualTo(0f).isLessThan(1f);
        assertThat(twice).isGreaterThanOrEqualTo(0).isLessThan(1);
        assertThat(single * 0x1p24 % 1).isZero();
        assertThat(twice * 0x1p53 % 1).isZero();
        assertAdvancedBy(3, seed, generator);
    }

    // With 20 decimals p falls between the multiples of 2⁻⁵³ that a uniform can be.
    @Property(tries = 300)
    @Label("bernoulli: true where the next double uniform is below p, for two draws each")
    void bernoulliComparesUniforms(@ForAll long seed, @ForAll @IntRange(max = 1_000) int n,
            @ForAll @DoubleRange(min = 0, max = 1) @Scale(20) double p) {
        TorchGenerator generator = new TorchGenerator(seed);
        TorchGenerator uniforms = new TorchGenerator(seed);

        boolean[] draws = generator.bernoulli(n, p);

        for (boolean draw : draws) {
            assertThat(draw).isEqualTo(uniforms.uniformDouble() < p);
        }
        assertAdvancedBy(2L * n, seed, generator);
    }

    @Property(tries = 300)
    @Label("bernoulli: a probability equal to a uniform excludes it, the next larger double includes it")
    void bernoulliIsStrict(@ForAll long seed) {
        double uniform = new TorchGenerator(seed).uniformDouble();

        assertThat(new TorchGenerator(seed).bernoulli(1, uniform)).containsExactly(false);
        assertThat(new TorchGenerator(seed).bernoulli(1, Math.nextUp(uniform))).containsExactly(true);
    }

    @Property(tries = 100)
    @Label("bernoulli: the filled array and the new one agree")
    void bernoulliFills(@ForAll long seed, @ForAll @IntRange(max = 1_000) int n) {
        boolean[] filled = new boolean[n];
        Arrays.fill(filled, true);

        new TorchGenerator(seed).bernoulli(0.5, filled);

        assertThat(filled).containsExactly(new TorchGenerator(seed).bernoulli(n, 0.5));
    }

    @Property(tries = 100)
    @Label("nextInt64: never negative, for two draws")
    void int64IsNotNegative(@ForAll long seed) {
        TorchGenerator generator = new TorchGenerator(seed);

        assertThat(generator.nextInt64()).isNotNegative();
        assertAdvancedBy(2, seed, generator);
    }

    @Property(tries = 300)
    @Label("randn, 16 or more: a length that is no multiple of 16 has its last 16 values drawn afresh")
    void raggedEndIsDrawnAfresh(@ForAll long seed, @ForAll @IntRange(min = 16, max = 600) int n) {
        TorchGenerator generator = new TorchGenerator(seed);
        float[] normals = generator.randn(n);

        int blocks = n - n % 16;
        float[] whole = new TorchGenerator(seed).randn(blocks);
        if (blocks == n) {
            assertThat(normals).containsExactly(whole);
            assertAdvancedBy(n, seed, generator);
        } else {
            assertThat(Arrays.copyOf(normals, n - 16)).containsExactly(Arrays.copyOf(whole, n - 16));
            assertThat(Arrays.copyOfRange(normals, n - 16, n)).containsExactly(after(n, seed).randn(16));
            assertAdvancedBy(n + 16, seed, generator);
        }
    }

    @Property(tries = 300)
    @Label("randn, fewer than 16: one stream of normals however it is cut, four draws a pair")
    void shortRandnIsOneStream(@ForAll long seed, @ForAll @IntRange(max = 15) int n,
            @ForAll @IntRange(max = 15) int cut) {
        int first = Math.min(n, cut);
        float[] whole = new TorchGenerator(seed).randn(n);

        TorchGenerator generator = new TorchGenerator(seed);
        float[] head = generator.randn(first);
        float[] tail = generator.randn(n - first);

        assertThat(head).containsExactly(Arrays.copyOf(whole, first));
        assertThat(tail).containsExactly(Arrays.copyOfRange(whole, first, n));
        assertAdvancedBy(4L * ((n + 1) / 2), seed, generator);
    }

    @Property(tries = 300)
    @Label("seed: the stream starts again and the kept normal is forgotten")
    void seedingStartsAgain(@ForAll long seed, @ForAll @IntRange(max = 40) int before,
            @ForAll @IntRange(max = 40) int n) {
        TorchGenerator generator = new TorchGenerator(~seed);
        generator.randn(before);
        generator.randn(1);

        generator.seed(seed);

        assertThat(generator.randn(n)).containsExactly(new TorchGenerator(seed).randn(n));
    }
}
