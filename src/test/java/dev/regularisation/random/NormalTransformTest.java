package dev.regularisation.random;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The transform of sixteen uniforms, where the streams hardly ever come by: their bits hold the rest. */
class NormalTransformTest {

    @Property
    @Label("a uniform of 0 makes both its normals +0, whatever the angle")
    void radiusOfZero(@ForAll @IntRange(max = (1 << 24) - 1) int k, @ForAll Streams.Functions functions) {
        float[] values = new float[NormalTransform.BLOCK];
        values[NormalTransform.BLOCK / 2] = k * 0x1p-24f;

        NormalTransform.apply(values, 0, functions);

        assertThat(Float.floatToRawIntBits(values[0])).as("cosine").isZero();
        assertThat(Float.floatToRawIntBits(values[NormalTransform.BLOCK / 2])).as("sine").isZero();
    }
}
