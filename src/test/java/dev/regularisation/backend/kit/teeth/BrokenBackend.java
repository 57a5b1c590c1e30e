package dev.regularisation.backend.kit.teeth;

import dev.regularisation.backend.Activation;
import dev.regularisation.backend.AdamStep;
import dev.regularisation.backend.Backend;
import dev.regularisation.backend.PointwiseLoss;
import dev.regularisation.backend.Tensor;
import dev.regularisation.nn.Huber;
import dev.regularisation.nn.MeanSquaredError;
import dev.regularisation.support.ForwardingBackend;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** Mistakes that people make, each in a backend that is right in everything else, and the rule that must catch it. */
enum BrokenBackend {

    TRANSPOSED_PRODUCT("gemm.definition", to -> new ForwardingBackend(to) {
        @Override
        public void gemm(boolean transposeA, Tensor a, boolean transposeB, Tensor b, Tensor c) {
            boolean square = b.rows() == b.columns();
            to.gemm(transposeA, a, square != transposeB, b, c);
        }
    }),
    BIASED_GRADIENT("gemm.definition", to -> new ForwardingBackend(to) {
        @Override
        public void gemm(boolean transposeA, Tensor a, boolean transposeB, Tensor b, Tensor c) {
            to.gemm(transposeA, a, transposeB, b, c);
            to.scale(1.001, c);
        }
    }),
    PRODUCT_ADDED_TO_OLD_CONTENT("gemm.definition", to -> new ForwardingBackend(to) {
        @Override
        public void gemm(boolean transposeA, Tensor a, boolean transposeB, Tensor b, Tensor c) {
            Tensor old = to.tensor(c.rows(), c.columns(), to.read(c));
            to.gemm(transposeA, a, transposeB, b, c);
            to.axpy(1, old, c);
        }
    }),
    BIAS_FORGOTTEN("affine.definition", to -> new ForwardingBackend(to) {
        @Override
        public void affine(Tensor w, Tensor b, Tensor x, Tensor z) {
            to.affine(w, null, x, z);
        }
    }),
    STALE_BUFFER("affine.definition", to -> new ForwardingBackend(to) {
        private Tensor weights;

        @Override
        public void affine(Tensor w, Tensor b, Tensor x, Tensor z) {
            // Keeps a copy of the weights and does not see that they changed.
            if (weights == null || !weights.shape().equals(w.shape())) {
                weights = to.tensor(w.rows(), w.columns(), to.read(w));
            }
            to.affine(weights, b, x, z);
        }
    }),
    FACTOR_FORGOTTEN("affineActivate.fused", to -> new ForwardingBackend(to) {
        @Override
        public void affineActivate(Activation f, Tensor w, Tensor b, Tensor x, Tensor factor, Tensor z, Tensor y) {
            to.affineActivate(f, w, b, x, factor, z, y);
            to.affineActivate(f, w, b, x, null, z, y);
        }
    }),
    ACTIVATED_BEFORE_THE_BIAS("affineActivate.fused", to -> new ForwardingBackend(to) {
        @Override
        public void affineActivate(Activation f, Tensor w, Tensor b, Tensor x, Tensor factor, Tensor z, Tensor y) {
            to.affineActivate(f, w, b, x, factor, z, y);
            if (b == null) {
                return;
            }
            to.affineActivate(f, w, null, x, factor, z, y);
            double[] bias = to.read(b);
            double[] values = to.read(y);
            for (int i = 0; i < values.length; i++) {
                values[i] += bias[i / y.columns()];
            }
            to.write(values, y);
        }
    }),
    INPUT_OF_THE_ACTIVATION_LOST("affineActivate.fused", to -> new ForwardingBackend(to) {
        @Override
        public void affineActivate(Activation f, Tensor w, Tensor b, Tensor x, Tensor factor, Tensor z, Tensor y) {
            to.affineActivate(f, w, b, x, factor, z, y);
            to.write(to.read(y), z);
        }
    }),
    DROPPED_UNITS_LEARN("affineActivateBackward.fused", to -> new ForwardingBackend(to) {
        @Override
        public void affineActivateBackward(Activation f, Tensor w, Tensor dz, Tensor at, Tensor factor, Tensor dx) {
            to.affineActivateBackward(f, w, dz, at, factor, dx);
            to.affineActivateBackward(f, w, dz, at, null, dx);
        }
    }),
    INACTIVE_UNITS_LEARN("affineActivateBackward.fused", to -> new ForwardingBackend(to) {
        @Override
        public void affineActivateBackward(Activation f, Tensor w, Tensor dz, Tensor at, Tensor factor, Tensor dx) {
            to.affineActivateBackward(f, w, dz, at, factor, dx);
            to.gemm(true, w, false, dz, dx);
        }
    }),
    BIAS_GRADIENT_IS_A_MEAN("parameterGradients.fused", to -> new ForwardingBackend(to) {
        @Override
        public void parameterGradients(Tensor x, Tensor dz, Tensor dw, Tensor db) {
            to.parameterGradients(x, dz, dw, db);
            if (db != null) {
                to.scale(1.0 / Math.max(1, dz.columns()), db);
            }
        }
    }),
    LAST_SAMPLE_LEFT_OUT("parameterGradients.fused", to -> new ForwardingBackend(to) {
        @Override
        public void parameterGradients(Tensor x, Tensor dz, Tensor dw, Tensor db) {
            double[] values = to.read(dz);
            for (int i = dz.columns() - 1; i >= 0 && i < values.length; i += dz.columns()) {
                values[i] = 0;
            }
            to.parameterGradients(x, to.tensor(dz.rows(), dz.columns(), values), dw, db);
        }
    }),
    MASK_OF_SAMPLES_FOR_UNITS("mask.definition", to -> new ForwardingBackend(to) {
        @Override
        public void mask(boolean[] kept, int from, double scale, Tensor factor) {
            double[] values = new double[factor.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = kept[from * factor.rows() + i] ? scale : 0;
            }
            to.write(values, factor);
        }
    }),
    BATCH_TRANSPOSED("batch.empty", to -> new ForwardingBackend(to) {
        @Override
        public Tensor batch(int features, int samples) {
            return to.zeros(samples, features);
        }
    }),
    MEAN_FOR_SUM("rowSums.definition", to -> new ForwardingBackend(to) {
        @Override
        public void rowSums(Tensor a, Tensor sums) {
            to.rowSums(a, sums);
            to.scale(1.0 / Math.max(1, a.columns()), sums);
        }
    }),
    MEAN_LOSS("sumOfLosses.definition", to -> new ForwardingBackend(to) {
        @Override
        public double sumOfLosses(PointwiseLoss loss, Tensor p, Tensor y, double initial) {
            return initial + to.sumOfLosses(loss, p, y, 0) / Math.max(1, p.size());
        }
    }),
    SQUARES_FOR_EVERY_LOSS("sumOfLosses.definition", to -> new ForwardingBackend(to) {
        @Override
        public double sumOfLosses(PointwiseLoss loss, Tensor p, Tensor y, double initial) {
            return to.sumOfLosses(new MeanSquaredError(), p, y, initial);
        }
    }),
    HALVED_LOSS_GRADIENT("lossGradient.definition", to -> new ForwardingBackend(to) {
        @Override
        public void lossGradient(PointwiseLoss loss, double factor, Tensor p, Tensor y, Tensor dp) {
            to.lossGradient(loss, factor / 2, p, y, dp);
        }
    }),
    HUBER_WITHOUT_ITS_LIMIT("lossGradient.definition", to -> new ForwardingBackend(to) {
        @Override
        public void lossGradient(PointwiseLoss loss, double factor, Tensor p, Tensor y, Tensor dp) {
            to.lossGradient(loss instanceof Huber ? new MeanSquaredError() : loss, factor, p, y, dp);
        }
    }),
    NAN_SWALLOWED("activate.definition", to -> new ForwardingBackend(to) {
        @Override
        public void activate(Activation f, Tensor x, Tensor y) {
            double[] values = to.read(x);
            for (int i = 0; i < values.length; i++) {
                values[i] = Double.isNaN(values[i]) ? 0 : values[i];
            }
            to.activate(f, x, y);
            to.activate(f, to.tensor(x.rows(), x.columns(), values), y);
        }
    }),
    SIGMOID_IS_TANH("activate.definition", to -> new ForwardingBackend(to) {
        @Override
        public void activate(Activation f, Tensor x, Tensor y) {
            to.activate(f == Activation.SIGMOID ? Activation.TANH : f, x, y);
        }
    }),
    GRADIENT_AT_ZERO("activate.backward", to -> new ForwardingBackend(to) {
        @Override
        public void activateBackward(Activation f, Tensor at, Tensor dy, Tensor dx) {
            double[] output = to.read(at);
            double[] gradient = to.read(dy);
            to.activateBackward(f, at, dy, dx);
            if (f == Activation.RELU) {
                for (int i = 0; i < output.length; i++) {
                    gradient[i] = output[i] < 0 ? 0 : gradient[i];
                }
                to.write(gradient, dx);
            }
        }
    }),
    DERIVATIVE_OF_THE_SIGMOID_AT_THE_INPUT("activate.backward", to -> new ForwardingBackend(to) {
        @Override
        public void activateBackward(Activation f, Tensor at, Tensor dy, Tensor dx) {
            if (f != Activation.SIGMOID) {
                to.activateBackward(f, at, dy, dx);
                return;
            }
            Tensor output = to.zeros(at.rows(), at.columns());
            to.activate(f, at, output);
            to.activateBackward(f, output, dy, dx);
        }
    }),
    DROPOUT_WITHOUT_RESCALE("multiply.definition", to -> new ForwardingBackend(to) {
        @Override
        public void multiply(Tensor a, Tensor b, Tensor c) {
            double[] values = to.read(a);
            double[] mask = to.read(b);
            for (int i = 0; i < mask.length; i++) {
                values[i] = mask[i] == 0 ? 0 : values[i];
            }
            to.multiply(a, b, c);
            to.write(values, c);
        }
    }),
    SIGN_OF_ZERO_IS_ONE("addSign.definition", to -> new ForwardingBackend(to) {
        @Override
        public void addSign(double alpha, Tensor x, Tensor y) {
            double[] values = to.read(x);
            for (int i = 0; i < values.length; i++) {
                values[i] = values[i] == 0 ? 1 : values[i];
            }
            to.addSign(alpha, to.tensor(x.rows(), x.columns(), values), y);
        }
    }),
    AXPY_OVERWRITES("axpy.definition", to -> new ForwardingBackend(to) {
        @Override
        public void axpy(double alpha, Tensor x, Tensor y) {
            to.axpy(alpha, x, y);
            to.axpy(alpha * 0x1p-10, x, y);
        }
    }),
    SCALED_TWICE("scale.definition", to -> new ForwardingBackend(to) {
        @Override
        public void scale(double alpha, Tensor x) {
            to.scale(alpha, x);
            to.scale(alpha, x);
        }
    }),
    EPSILON_INSIDE_THE_ROOT("adam.definition", to -> new ForwardingBackend(to) {
        @Override
        public void adam(AdamStep s, Tensor g, Tensor m, Tensor v, Tensor theta) {
            double[] before = to.read(theta);
            to.adam(s, g, m, v, theta);
            double[] first = to.read(m);
            double[] second = to.read(v);
            for (int i = 0; i < before.length; i++) {
                double corrected = second[i] / (s.secondMomentScale() * s.secondMomentScale());
                before[i] -= s.stepSize() * first[i] / Math.sqrt(corrected + s.epsilon());
            }
            to.write(before, theta);
        }
    }),
    BIAS_CORRECTION_FORGOTTEN("adam.post", to -> new ForwardingBackend(to) {
        @Override
        public void adam(AdamStep s, Tensor g, Tensor m, Tensor v, Tensor theta) {
            to.adam(new AdamStep(s.firstMomentRate(), s.secondMomentDecay(), s.secondMomentRate(), s.stepSize(), 1,
                    s.epsilon()), g, m, v, theta);
        }
    }),
    VIEW_IS_A_COPY("view.shares", to -> new ForwardingBackend(to) {
        @Override
        public Tensor view(Tensor parent, int offset, int rows, int columns) {
            Tensor view = to.view(parent, offset, rows, columns);
            return to.tensor(rows, columns, to.read(view));
        }
    }),
    GATHER_FROM_THE_START("gather.columns", to -> new ForwardingBackend(to) {
        @Override
        public void gatherColumns(Tensor source, int[] columns, int from, Tensor target) {
            to.gatherColumns(source, columns, from, target);
            to.gatherColumns(source, columns, 0, target);
        }
    }),
    TRUNCATED_ON_WRITING("write.rounds", to -> new ForwardingBackend(to) {
        @Override
        public void write(double[] values, Tensor target) {
            double[] truncated = values.clone();
            for (int i = 0; i < truncated.length; i++) {
                double rounded = precision().round(values[i]);
                boolean away = Math.abs(rounded) > Math.abs(values[i]);
                truncated[i] = values[i] * (away ? 1 - 0x1p-24 : 1 - 0x1p-50);
            }
            to.write(truncated, target);
        }
    }),
    SHAPES_IGNORED("shapes.checked", to -> new ForwardingBackend(to) {
        @Override
        public void axpy(double alpha, Tensor x, Tensor y) {
            if (x.shape().equals(y.shape())) {
                to.axpy(alpha, x, y);
            }
        }
    }),
    FOREIGN_TENSOR_IGNORED("tensors.own", to -> new ForwardingBackend(to) {
        @Override
        public void scale(double alpha, Tensor x) {
            if (x.getClass().isRecord()) {
                to.scale(alpha, x);
            }
        }
    }),
    MEMORY_NOT_CLEARED("zeros.empty", to -> new ForwardingBackend(to) {
        @Override
        public Tensor zeros(int rows, int columns) {
            Tensor dirty = to.zeros(rows, columns);
            double[] values = new double[dirty.size()];
            Arrays.fill(values, 3);
            to.write(values, dirty);
            return dirty;
        }
    }),
    DRIFTS_WITH_TIME("training.follows", to -> new ForwardingBackend(to) {
        private int steps;

        @Override
        public void adam(AdamStep s, Tensor g, Tensor m, Tensor v, Tensor theta) {
            steps++;
            to.adam(s, g, m, v, theta);
            if (theta.size() == 1951 && steps > 10) {
                to.scale(1.001, theta);
            }
        }
    }),
    MOMENTUM_FADES_WITH_TIME("training.follows", to -> new ForwardingBackend(to) {
        private Tensor last;
        private int times;

        @Override
        public void scale(double alpha, Tensor x) {
            times = x == last ? times + 1 : 0;
            last = x;
            to.scale(times > 5 ? 0.99 * alpha : alpha, x);
        }
    }),
    REMEMBERS_THE_LAST_RUN("training.repeats", to -> new ForwardingBackend(to) {
        private double noise;

        @Override
        public void lossGradient(PointwiseLoss loss, double factor, Tensor p, Tensor y, Tensor dp) {
            to.lossGradient(loss, factor * (1 + noise), p, y, dp);
            noise += 0x1p-26;
        }
    });

    private final String rule;
    private final UnaryOperator<Backend> mistake;

    BrokenBackend(String rule, UnaryOperator<Backend> mistake) {
        this.rule = rule;
        this.mistake = mistake;
    }

    /** The id of the rule that must catch it. */
    String rule() {
        return rule;
    }

    Backend breaking(Backend backend) {
        return mistake.apply(backend);
    }
}
