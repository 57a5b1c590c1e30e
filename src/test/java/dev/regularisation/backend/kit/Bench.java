package dev.regularisation.backend.kit;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Precision;
import dev.regularisation.backend.Tensor;
import dev.regularisation.backend.kit.ToleranceUse.Used;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;

/** A backend under test beside the reference, in one precision, and how closely they must agree. */
public final class Bench implements AutoCloseable {

    private final Backend backend;
    private final Backend reference;
    private final Strictness strictness;
    private final ToleranceUse use;
    private String rule = "";

    /** The backend is closed with the bench. */
    public Bench(Backend backend, Strictness strictness, ToleranceUse use) {
        this.backend = backend;
        this.reference = new NaiveBackend(backend.precision());
        this.strictness = strictness;
        this.use = use.describe(backend.description());
    }

    public Backend backend() {
        return backend;
    }

    Backend reference() {
        return reference;
    }

    Precision precision() {
        return backend.precision();
    }

    Strictness strictness() {
        return strictness;
    }

    void begin(ContractRule<?> next) {
        rule = next.id();
    }

    /** Bits where they are asked for, else the given tolerance. */
    Tolerance bitsOr(Tolerance otherwise) {
        return strictness == Strictness.BITS ? Tolerance.exact() : otherwise;
    }

    /** {@code values} for a backend of bits; where sums may round otherwise, none that overflow or underflow. */
    Values withoutExtremes(Values values) {
        return strictness == Strictness.ROUNDING && values == Values.WILD ? Values.SPECIAL : values;
    }

    /** One pair in two, chosen by its content, is laid out as a batch: no operation may care. */
    Pair pair(int rows, int columns, double[] values) {
        boolean asBatch = (Arrays.hashCode(values) & 1) == 1;
        Tensor tested = asBatch ? backend.batch(rows, columns) : backend.zeros(rows, columns);
        backend.write(values, tested);
        return new Pair(tested, reference.tensor(rows, columns, values));
    }

    Pair pair(int rows, int columns, Values values, long seed) {
        return pair(rows, columns, values.draw(rows * columns, seed, precision()));
    }

    /** A target whose old content must not matter. */
    Pair target(int rows, int columns) {
        double[] old = new double[rows * columns];
        for (int i = 0; i < old.length; i++) {
            old[i] = i % 3 == 0 ? Double.NaN : 1000 + i;
        }
        return pair(rows, columns, old);
    }

    /** A matrix of the tested backend and the same one of the reference. */
    record Pair(Tensor tested, Tensor reference) {
    }

    /** The tested tensor equals the reference's within {@code tolerance}. */
    void same(String what, Pair pair, Tolerance tolerance) {
        same(what, pair, tolerance, i -> 0);
    }

    /** The same with the magnitude of what was added up for each element. */
    void same(String what, Pair pair, Tolerance tolerance, IntToDoubleFunction magnitude) {
        equal(what + ": shape", pair.reference().shape(), pair.tested().shape());
        double[] got = backend.read(pair.tested());
        double[] want = reference.read(pair.reference());
        Used used = Used.NONE;
        int worst = -1;
        for (int i = 0; i < want.length && worst < 0; i++) {
            Used one = Used.of(got[i], want[i], tolerance, magnitude.applyAsDouble(i));
            used = used.and(one);
            worst = one.share() <= 1 ? -1 : i;
        }
        use.record(rule, what, tolerance, used);
        if (worst >= 0) {
            throw broken(what + " " + pair.reference().shape() + "[" + worst + "]", got[worst], want[worst], tolerance,
                    used.share());
        }
    }

    /**
     * A number equals the reference's within {@code tolerance}.
     *
     * @param quantity what it is
     * @param where    which one of several, such as {@code " of epoch 3"}; may be empty
     */
    void same(String quantity, String where, double got, double want, Tolerance tolerance, double magnitude) {
        Used used = Used.of(got, want, tolerance, magnitude);
        use.record(rule, quantity, tolerance, used);
        if (!(used.share() <= 1)) {
            throw broken(quantity + where, got, want, tolerance, used.share());
        }
    }

    private static AssertionError broken(String what, double got, double want, Tolerance tolerance, double share) {
        String allowed = share < Double.POSITIVE_INFINITY ? "; " + share + " times the tolerance \"" : "; the tolerance is \"";
        return new AssertionError(what + ": wanted " + want + " (" + Double.toHexString(want) + "), got " + got + " ("
                + Double.toHexString(got) + ")" + allowed + tolerance.name() + "\" (" + tolerance.why() + ")");
    }

    /** What no arithmetic makes, such as a shape, is as it should be. */
    static void equal(String what, Object want, Object got) {
        if (!want.equals(got)) {
            throw new AssertionError(what + ": wanted " + want + ", got " + got);
        }
    }

    /** An array that was handed over for reading holds what it held. */
    static void unchanged(String what, Object before, Object after) {
        if (!Objects.deepEquals(before, after)) {
            throw new AssertionError(what + ": wanted what it held before, got a change; work on a copy");
        }
    }

    @Override
    public void close() {
        backend.close();
    }
}
