package dev.regularisation.backend.kit;

import dev.regularisation.backend.Activation;
import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Tensor;
import dev.regularisation.backend.kit.Bench.Pair;
import dev.regularisation.nn.MeanSquaredError;
import java.util.List;
import java.util.Random;

/** Rules about what a tensor holds, before anything is computed: no rounding is left open, all are exact for everyone. */
public final class DataRules {

    static final ContractRule<Shape> ZEROS = new ContractRule<>("zeros.empty",
            "a new tensor holds zeros, whatever memory held before",
            (bench, on) -> {
                Tensor used = bench.backend().zeros(on.rows(), on.columns());
                bench.backend().write(on.values().draw(on.size(), on.seed(), bench.precision()), used);
                Tensor fresh = bench.backend().zeros(on.rows(), on.columns());
                bench.same("tensor", new Pair(fresh, bench.reference().zeros(on.rows(), on.columns())), Tolerance.exact());
            });

    static final ContractRule<Shape> WRITE = new ContractRule<>("write.rounds",
            "write rounds each number to the precision, once, and read returns it exactly",
            (bench, on) -> {
                double[] values = on.values().draw(on.size(), on.seed(), bench.precision());
                for (int i = 0; i < values.length; i++) {
                    values[i] *= 1 + 0x1p-30 + (i % 2) * 0x1p-24;
                }
                double[] before = values.clone();
                bench.same("tensor", bench.pair(on.rows(), on.columns(), values), Tolerance.exact());
                Bench.unchanged("array that was written", before, values);
            });

    static final ContractRule<Shape> VIEW = new ContractRule<>("view.shares",
            "a view and its parent share their elements: a change of one is seen in the other",
            (bench, on) -> {
                int offset = (int) Math.floorMod(on.seed(), 5L);
                Pair parent = bench.pair(offset + on.size() + 3, 1, Values.TAME, on.seed());
                Pair view = new Pair(bench.backend().view(parent.tested(), offset, on.rows(), on.columns()),
                        bench.reference().view(parent.reference(), offset, on.rows(), on.columns()));
                bench.same("view", view, Tolerance.exact());
                onBoth(bench, view, (backend, tensor) ->
                        backend.write(on.values().draw(on.size(), on.seed() + 1, bench.precision()), tensor));
                bench.same("parent after a change of the view", parent, Tolerance.exact());
                onBoth(bench, parent, (backend, tensor) -> backend.scale(2, tensor));
                bench.same("view after a change of the parent", view, Tolerance.exact());
            });

    static final ContractRule<Shape> GATHER = new ContractRule<>("gather.columns",
            "gatherColumns copies the columns that the indices name, from the given place on, bit for bit",
            (bench, on) -> {
                Random random = new Random(on.seed());
                int n = on.columns() + 1;
                Pair source = bench.pair(on.rows(), n, on.values(), on.seed());
                int[] columns = random.ints(on.columns() + 4, 0, n).toArray();
                int[] before = columns.clone();
                int from = random.nextInt(4);
                Pair target = bench.target(on.rows(), on.columns());
                bench.backend().gatherColumns(source.tested(), columns, from, target.tested());
                bench.reference().gatherColumns(source.reference(), columns, from, target.reference());
                bench.same("target", target, Tolerance.exact());
                bench.same("source afterwards", source, Tolerance.exact());
                Bench.unchanged("array of indices", before, columns);
            });

    static final ContractRule<Shape> SHAPES = new ContractRule<>("shapes.checked",
            "shapes that do not fit are refused with an IllegalArgumentException that names the operation",
            (bench, on) -> {
                Backend b = bench.backend();
                Tensor a = b.zeros(on.rows(), on.columns());
                Tensor other = b.zeros(on.rows() + 1, on.columns() + 2);
                refused("affine", () -> b.affine(a, b.zeros(on.rows(), 1), other, other));
                refused("gemm", () -> b.gemm(false, a, false, other, a));
                refused("affine", () -> b.affineActivate(Activation.RELU, a, b.zeros(on.rows(), 1), other, null, other, other));
                refused("affineActivate", () -> b.affineActivate(Activation.TANH, b.zeros(2, 3), b.zeros(2, 1), b.zeros(3, 4),
                        b.zeros(2, 3), b.zeros(2, 4), b.zeros(2, 4)));
                refused("affineActivate", () -> b.affineActivate(Activation.SILU, b.zeros(2, 3), null, b.zeros(3, 4),
                        null, b.zeros(4, 2), b.zeros(2, 4)));
                refused("affineActivateBackward", () -> b.affineActivateBackward(Activation.RELU, a, other, a, null, a));
                refused("affineActivateBackward", () -> b.affineActivateBackward(Activation.TANH, b.zeros(2, 3), b.zeros(2, 4),
                        b.zeros(3, 4), b.zeros(4, 3), b.zeros(3, 4)));
                refused("parameterGradients", () -> b.parameterGradients(other, a, a, b.zeros(on.rows(), 1)));
                refused("parameterGradients", () -> b.parameterGradients(b.zeros(3, 4), b.zeros(2, 4), b.zeros(2, 3),
                        b.zeros(3, 1)));
                refused("mask", () -> b.mask(new boolean[on.size()], 1, 1, other));
                refused("rowSums", () -> b.rowSums(a, b.zeros(on.rows() + 1, 1)));
                refused("activate", () -> b.activate(Activation.SILU, a, other));
                refused("activateBackward", () -> b.activateBackward(Activation.TANH, a, a, other));
                refused("multiply", () -> b.multiply(a, other, a));
                refused("sumOfLosses", () -> b.sumOfLosses(new MeanSquaredError(), a, other, 0));
                refused("lossGradient", () -> b.lossGradient(new MeanSquaredError(), 1, a, other, a));
                refused("axpy", () -> b.axpy(1, a, other));
                refused("addSign", () -> b.addSign(1, a, other));
                refused("adam", () -> b.adam(AdamRules.step(1), a, a, other, a));
                refused("gatherColumns", () -> b.gatherColumns(a, new int[] {on.columns()}, 0, b.zeros(on.rows(), 1)));
                refused("view", () -> b.view(b.zeros(3, 1), 2, 2, 1));
                refused("write", () -> b.write(new double[on.size() + 1], a));
                refused("read", () -> b.read(a, new double[on.size() + 1]));
            });

    static final ContractRule<Shape> FOREIGN = new ContractRule<>("tensors.own",
            "a tensor of another backend is refused with an IllegalArgumentException that names this one",
            (bench, on) -> {
                Tensor foreign = new Tensor() {
                    @Override
                    public int rows() {
                        return on.rows();
                    }

                    @Override
                    public int columns() {
                        return on.columns();
                    }
                };
                refused(bench.backend().name(), () -> bench.backend().scale(1, foreign));
            });

    private DataRules() {
    }

    static List<ContractRule<Shape>> all() {
        return List.of(ZEROS, WRITE, VIEW, GATHER, SHAPES, FOREIGN);
    }

    private interface Change {
        void apply(Backend backend, Tensor tensor);
    }

    private static void onBoth(Bench bench, Pair pair, Change change) {
        change.apply(bench.backend(), pair.tested());
        change.apply(bench.reference(), pair.reference());
    }

    private static void refused(String named, Runnable operation) {
        Object got = "none";
        try {
            operation.run();
        } catch (RuntimeException e) {
            if (e instanceof IllegalArgumentException && e.getMessage() != null && e.getMessage().startsWith(named)) {
                return;
            }
            got = e;
        }
        throw new AssertionError("exception: wanted an IllegalArgumentException whose message begins with \"" + named
                + "\", got " + got);
    }
}
