package dev.regularisation.backend.opencl;

import dev.regularisation.backend.Activation;
import dev.regularisation.backend.Precision;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.Optional;

/**
 * Thousands of fixed triples of numbers, ordinary ones and those at which arithmetic goes wrong, through each operation that
 * kernels are made of, against the bits that Java has for it. A device's report of itself is a promise; this is the only guard
 * against one that does not keep it.
 */
final class SelfTest {

    private static final int TRIPLES = 4096;
    private static final int SQUARES = 16;
    private static final double[] CORNERS = {0.0, -0.0, 1.0, -1.0, 0.5, 3.0, 10.0, 1.0 / 3, Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY, Double.NaN};

    private final OpenClSession session;
    private final Precision precision;
    private final double[] a;
    private final double[] b;
    private final double[] c;

    SelfTest(OpenClSession session, Precision precision) {
        this.session = session;
        this.precision = precision;
        this.a = numbers(1);
        this.b = numbers(2);
        this.c = numbers(3);
    }

    private enum Operation {
        ADDITION, SUBTRACTION, MULTIPLICATION, DIVISION, SQUARE_ROOT, FUSED_MULTIPLY_ADD, PRODUCT_AND_SUM, SUM_AND_DIFFERENCE,
        QUOTIENT_AND_PRODUCT, SUM_IN_ORDER, PRODUCT_WITH_ZERO, RECTIFIER, SIGN, TANH, SIGMOID, SILU;

        String title() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }

        /** In binary32; sums, products, quotients and roots taken in double and rounded are correctly rounded. */
        float of(float x, float y, float z) {
            return switch (this) {
                case ADDITION -> x + y;
                case SUBTRACTION -> x - y;
                case MULTIPLICATION -> x * y;
                case DIVISION -> x / y;
                case SQUARE_ROOT -> (float) Math.sqrt(x);
                case FUSED_MULTIPLY_ADD -> Math.fma(x, y, z);
                case PRODUCT_AND_SUM -> x * y + z;
                case SUM_AND_DIFFERENCE -> x + y - x;
                case QUOTIENT_AND_PRODUCT -> x / y * z;
                case SUM_IN_ORDER -> x + y + z + x;
                case PRODUCT_WITH_ZERO -> x * 0f + z;
                case RECTIFIER -> Activation.RELU.value(x);
                case SIGN -> x == 0 ? 0 : Math.abs(y) * Math.signum(x);
                case TANH -> Activation.TANH.value(x);
                case SIGMOID -> Activation.SIGMOID.value(x);
                case SILU -> Activation.SILU.value(x);
            };
        }

        double of(double x, double y, double z) {
            return switch (this) {
                case ADDITION -> x + y;
                case SUBTRACTION -> x - y;
                case MULTIPLICATION -> x * y;
                case DIVISION -> x / y;
                case SQUARE_ROOT -> Math.sqrt(x);
                case FUSED_MULTIPLY_ADD -> Math.fma(x, y, z);
                case PRODUCT_AND_SUM -> x * y + z;
                case SUM_AND_DIFFERENCE -> x + y - x;
                case QUOTIENT_AND_PRODUCT -> x / y * z;
                case SUM_IN_ORDER -> x + y + z + x;
                case PRODUCT_WITH_ZERO -> x * 0.0 + z;
                case RECTIFIER -> Activation.RELU.value(x);
                case SIGN -> x == 0 ? 0 : Math.abs(y) * Math.signum(x);
                case TANH -> Activation.TANH.value(x);
                case SIGMOID -> Activation.SIGMOID.value(x);
                case SILU -> Activation.SILU.value(x);
            };
        }
    }

    /** What is wrong, in words that name the operation and one case; nothing if every bit is right. */
    Optional<String> run() {
        int bytes = TRIPLES * precision.bytes();
        long x = session.buffer(bytes);
        long y = session.buffer(bytes);
        long z = session.buffer(bytes);
        long result = session.buffer(bytes);
        session.write(x, 0, encoded(a));
        session.write(y, 0, encoded(b));
        session.write(z, 0, encoded(c));
        for (Operation operation : Operation.values()) {
            session.run("self_test", TRIPLES, 1, operation.ordinal(), x, y, z, result, TRIPLES);
            double[] got = decoded(result);
            for (int i = 0; i < TRIPLES; i++) {
                double want = precision == Precision.FLOAT32
                        ? operation.of((float) a[i], (float) b[i], (float) c[i]) : operation.of(a[i], b[i], c[i]);
                if (Double.compare(want, got[i]) != 0) {
                    return Optional.of(message(operation.title(),
                            "(" + hex(a[i]) + ", " + hex(b[i]) + ", " + hex(c[i]) + ")", want, got[i]));
                }
            }
        }
        return session.device().hasBinary64() ? sums(x) : Optional.empty();
    }

    private Optional<String> sums(long x) {
        long result = session.buffer(TRIPLES * Double.BYTES);
        session.run("self_test_sum", TRIPLES, 1, x, result, TRIPLES);
        ByteBuffer bytes = ByteBuffer.allocateDirect(TRIPLES * Double.BYTES).order(ByteOrder.nativeOrder());
        session.read(result, 0, bytes);
        for (int i = 0; i < TRIPLES; i++) {
            double want = 0;
            for (int k = 0; k <= i % SQUARES && i + k < TRIPLES; k++) {
                want += a[i + k] * a[i + k];
            }
            double got = bytes.getDouble(i * Double.BYTES);
            if (Double.compare(want, got) != 0) {
                return Optional.of(message("sum of squares in float64", "the numbers from " + i + " on", want, got));
            }
        }
        return Optional.empty();
    }

    private static String message(String operation, String where, double want, double got) {
        return "self-test: wrong bits from " + operation + " of " + where + ", wanted " + hex(want) + ", got " + hex(got)
                + "; update the driver, or use cpu";
    }

    private static String hex(double value) {
        return Double.toHexString(value);
    }

    private ByteBuffer encoded(double[] values) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(values.length * precision.bytes()).order(ByteOrder.nativeOrder());
        for (double value : values) {
            if (precision == Precision.FLOAT32) {
                bytes.putFloat((float) value);
            } else {
                bytes.putDouble(value);
            }
        }
        return bytes.flip();
    }

    private double[] decoded(long buffer) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(TRIPLES * precision.bytes()).order(ByteOrder.nativeOrder());
        session.read(buffer, 0, bytes);
        double[] values = new double[TRIPLES];
        for (int i = 0; i < TRIPLES; i++) {
            values[i] = precision == Precision.FLOAT32 ? bytes.getFloat() : bytes.getDouble();
        }
        return values;
    }

    /**
     * Of eight, three ordinary, three of any exponent, subnormal ones among them, one subnormal, one a corner; by a linear
     * congruential generator (Knuth's MMIX), so that every device meets the same.
     */
    private double[] numbers(long stream) {
        double[] values = new double[TRIPLES];
        long state = stream;
        for (int i = 0; i < TRIPLES; i++) {
            state = state * 6364136223846793005L + 1442695040888963407L;
            long draw = state >>> 11;
            double unit = draw * 0x1p-53 * 2 - 1;
            int exponent = (int) (draw >>> 3 & 0xff);
            int kind = (int) (draw & 0x7);
            values[i] = precision.round(switch (kind) {
                case 0, 1, 2 -> unit * 8;
                case 3, 4, 5 -> precision == Precision.FLOAT32
                        ? Math.scalb(unit, exponent - 140) : Math.scalb(unit, 8 * exponent - 1050);
                case 6 -> unit * (precision == Precision.FLOAT32 ? Float.MIN_NORMAL : Double.MIN_NORMAL);
                default -> CORNERS[exponent % CORNERS.length];
            });
        }
        return values;
    }
}
