package dev.regularisation.hostile;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** What nobody means to write, for options and files. */
final class Nonsense {

    private static final List<String> EXTREME = List.of("0", "-0.0", "1", "-1", "1e308", "-1e308", "4.9e-324", "1e-46", "NaN",
            "Infinity", "-Infinity", "2147483647", "2147483648", "-2147483648", "9223372036854775807", "-9223372036854775808",
            "1e400", "0x1p-3", "1f", "٣", "1_000", "", " ", ",", ",,", "3,1", "3,7,1", "3,-7,1", "50,2147483647,1", "linear",
            "linear,linear", "sgd", "float64", "$(id)", "${sys:user.home}", "%s%n", "%", "@/dev/zero", "--", "-", "\"", "'", "\\",
            "\u0000", "\u001b[2J", "a\nb", "\ud800", "\u202e", "/", "..");

    private Nonsense() {
    }

    /** The value of an option: an extreme, any text, or any number. */
    static Arbitrary<String> value() {
        return Arbitraries.oneOf(Arbitraries.of(EXTREME), Arbitraries.strings().ofMaxLength(40),
                Arbitraries.integers().map(Object::toString), Arbitraries.longs().map(Object::toString),
                Arbitraries.doubles().map(Object::toString));
    }

    /** The content of a file: any bytes, with line ends among them. */
    static Arbitrary<byte[]> bytes() {
        return Arbitraries.frequencyOf(Tuple.of(9, Arbitraries.bytes()), Tuple.of(1, Arbitraries.just((byte) '\n')))
                .array(byte[].class).ofMaxSize(300);
    }

    /** {@code text} after an accident: a byte changed, a piece lost, or other bytes put in. */
    static Arbitrary<byte[]> damaged(byte[] text) {
        Arbitrary<Integer> position = Arbitraries.integers().between(0, text.length - 1);
        return Combinators.combine(position, Arbitraries.integers().between(0, 40), bytes().map(b -> Arrays.copyOf(b, b.length % 9)))
                .as((at, lost, put) -> {
                    ByteArrayOutputStream result = new ByteArrayOutputStream();
                    int rest = Math.min(text.length, at + lost);
                    result.write(text, 0, at);
                    result.writeBytes(put);
                    result.write(text, rest, text.length - rest);
                    return result.toByteArray();
                });
    }

    /** Some of {@code names} as options with values, {@code name=value}. */
    static Arbitrary<List<String>> options(List<String> names) {
        return Arbitraries.maps(Arbitraries.of(names), value()).ofMinSize(1).ofMaxSize(4)
                .map(map -> map.entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue()).toList());
    }
}
