package dev.regularisation.nn;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.PointwiseLoss;
import dev.regularisation.backend.Tensor;
import dev.regularisation.setting.Kind;
import dev.regularisation.setting.Setting;
import dev.regularisation.setting.Settings;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A loss L = (1/n) Σ ℓ(p − y), the mean over all n elements of a function of the error, PyTorch's {@code reduction='mean'}.
 * Errors are rounded to the backend's precision, ℓ and the sum are in double.
 */
public interface Loss extends PointwiseLoss {

    /** Which loss, and the settings that some have. */
    static List<Setting<?>> settings() {
        return Stream.concat(Stream.<Setting<?>>of(Of.SETTING), Kind.settings(List.of(Of.values()))).toList();
    }

    /** The loss that settings choose. */
    static Loss of(Settings settings) {
        Of chosen = settings.get(Of.SETTING);
        Kind.requireOwn("loss", chosen, List.of(Of.values()), settings);
        return chosen.maker.apply(settings);
    }

    /** L. Reads only. */
    default double value(Backend backend, Tensor prediction, Tensor target) {
        return backend.sumOfLosses(this, prediction, target, 0) / prediction.size();
    }

    /** ∂L/∂p = (c/n) · (ℓ'(p − y) / c) into {@code gradient}, of the same shape, overwritten. */
    default void gradient(Backend backend, Tensor prediction, Tensor target, Tensor gradient) {
        backend.lossGradient(this, slopeFactor() / prediction.size(), prediction, target, gradient);
    }

    /** The losses that a plan chooses from. To add one is to write its class and a line here. */
    enum Of implements Kind {
        /** {@link MeanSquaredError}. */
        MSE("mean squared error", settings -> new MeanSquaredError()),
        /** {@link MeanAbsoluteError}. */
        MAE("mean absolute error", settings -> new MeanAbsoluteError()),
        /** {@link Huber}. */
        HUBER("Huber loss", settings -> new Huber(settings.get(Huber.DELTA)), Huber.DELTA);

        /**
         * Which loss. No constant of {@link Loss}, because Java initialises an interface of default methods before a class of
         * it: {@link Huber}, used first, would be asked for its settings before it has any.
         */
        public static final Setting<Of> SETTING = Kind.choice("loss", List.of(values())).label("LOSS")
                .means("{}: what is minimised, a mean over samples.").reads("{}").standard(MSE);

        private final String title;
        private final Function<Settings, Loss> maker;
        private final List<Setting<?>> own;

        Of(String title, Function<Settings, Loss> maker, Setting<?>... own) {
            this.title = title;
            this.maker = maker;
            this.own = List.of(own);
        }

        @Override
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        @Override
        public String title() {
            return title;
        }

        @Override
        public List<Setting<?>> own() {
            return own;
        }
    }
}
