package dev.regularisation.optim;

import dev.regularisation.backend.Backend;
import dev.regularisation.setting.Kind;
import dev.regularisation.setting.Setting;
import dev.regularisation.setting.Settings;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Which update rule, with which rates.
 *
 * @param rule     the rule
 * @param settings the rates and what else the rule has; a setting that the rule does not have is refused
 */
public record OptimiserPlan(UpdateRule rule, Settings settings) {

    /** η. */
    public static final Setting<Double> LEARNING_RATE = Setting.real("learning rate").option("--lr").label("RATE")
            .means("Learning rate.").alwaysReads("η = {}").check(OptimiserPlan::requireRate).standard(0.01);

    /** λ of the rule itself, in the gradient or beside it. */
    public static final Setting<Double> WEIGHT_DECAY = Setting.real("weight decay").label("LAMBDA")
            .means("The optimiser's weight decay, on every parameter; decoupled for adamw.").reads("weight decay {}")
            .check(value -> requireNotNegative("weight decay", value)).standard(0.0);

    /** The update rule. */
    public static final Setting<UpdateRule> RULE = Kind.choice("optimiser", List.of(UpdateRule.values())).label("RULE")
            .means("{}, as PyTorch defines them.").alwaysReads("{}").standard(UpdateRule.ADAM);

    /** What every rule has. */
    public static final List<Setting<?>> SETTINGS = List.of(RULE, LEARNING_RATE, WEIGHT_DECAY);

    private static final List<Setting<?>> ALL_SETTINGS =
            Stream.concat(SETTINGS.stream(), Kind.settings(List.of(UpdateRule.values()))).toList();

    public OptimiserPlan {
        settings = Settings.STANDARD.and(settings, ALL_SETTINGS).with(RULE, rule);
        Kind.requireOwn("optimiser", rule, List.of(UpdateRule.values()), settings);
        rule.check.accept(settings);
    }

    /** What every rule has, and what some have. */
    public static List<Setting<?>> allSettings() {
        return ALL_SETTINGS;
    }

    /** A plan with PyTorch's settings but for these. */
    public OptimiserPlan(UpdateRule rule, double learningRate, double weightDecay) {
        this(rule, Settings.STANDARD.with(LEARNING_RATE, learningRate).with(WEIGHT_DECAY, weightDecay));
    }

    /** The same with Adam's ε. */
    public OptimiserPlan(UpdateRule rule, double learningRate, double weightDecay, double epsilon) {
        this(rule, Settings.STANDARD.with(LEARNING_RATE, learningRate).with(WEIGHT_DECAY, weightDecay)
                .with(AdamMoments.EPSILON, epsilon));
    }

    private static void requireRate(double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("learning rate: wanted a positive finite number, got " + value);
        }
    }

    /** Throws, naming {@code what}, unless {@code value} is a finite number of at least 0. */
    static void requireNotNegative(String what, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(what + ": wanted a finite number of at least 0, got " + value);
        }
    }

    /** η. */
    public double learningRate() {
        return settings.get(LEARNING_RATE);
    }

    /** λ; 0 where there is none. */
    public double weightDecay() {
        return settings.get(WEIGHT_DECAY);
    }

    /** The optimiser, with fresh state for {@code parameters} numbers. */
    public Optimiser create(Backend backend, int parameters) {
        return rule.maker.create(backend, parameters, settings);
    }

    /** Makes an optimiser with fresh state. */
    @FunctionalInterface
    interface Maker {

        Optimiser create(Backend backend, int parameters, Settings settings);
    }

    /** The update rules. To add one is to write its class and a line here. */
    public enum UpdateRule implements Kind {
        /** Adam, weight decay coupled to the gradient. */
        ADAM("Adam", Adam::new, AdamMoments.SETTINGS),
        /** Adam with decoupled weight decay. */
        ADAMW("AdamW", AdamW::new, AdamMoments.SETTINGS) {
            @Override
            public boolean decayIsCoupled() {
                return false;
            }
        },
        /** Gradient descent, with momentum if wanted. */
        SGD("SGD", Sgd::new, Sgd.SETTINGS, Sgd::check);

        private final String title;
        private final Maker maker;
        private final List<Setting<?>> own;
        private final Consumer<Settings> check;

        UpdateRule(String title, Maker maker, List<Setting<?>> own) {
            this(title, maker, own, settings -> {
            });
        }

        UpdateRule(String title, Maker maker, List<Setting<?>> own, Consumer<Settings> check) {
            this.title = title;
            this.maker = maker;
            this.own = own;
            this.check = check;
        }

        /** Whether weight decay is part of the gradient, as L2 by hand is. */
        public boolean decayIsCoupled() {
            return true;
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
