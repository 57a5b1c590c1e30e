package dev.regularisation.plot;

import java.util.ArrayList;
import java.util.List;

/** Where an axis has ticks, and what they say. */
final class Ticks {

    /**
     * One tick.
     *
     * @param place where the axis has it
     * @param label its text; empty for a minor tick
     */
    record Tick(double place, String label) {
    }

    private static final int FEWEST_LABELS = 3;
    private static final int MOST_DECADES_WITH_MINOR_TICKS = 5;
    private static final int FEW_EPOCHS = 100;

    private Ticks() {
    }

    static List<Tick> of(Scale scale, double lower, double upper, int mostLabels) {
        return switch (scale) {
            case LINEAR -> linear(lower, upper, mostLabels);
            case LOG -> log(lower, upper, mostLabels);
            case EPOCH -> epochs(lower, upper);
        };
    }

    private static List<Tick> linear(double lower, double upper, int mostLabels) {
        double step = niceStep(lower, upper, mostLabels);
        List<Tick> ticks = new ArrayList<>();
        double first = Math.ceil(lower / step);
        // Counted, not compared: near the limits of double, adding a step may change nothing.
        for (int i = 0; i <= mostLabels && (first + i) * step <= upper; i++) {
            double value = (first + i) * step;
            ticks.add(new Tick(value, Numbers.tick(value, step)));
        }
        return ticks;
    }

    /** The least of …, 0.1, 0.2, 0.5, 1, 2, 5, … with few enough multiples in the range. */
    private static double niceStep(double lower, double upper, int mostLabels) {
        double power = Math.pow(10, Math.floor(Math.log10((upper - lower) / mostLabels)));
        for (int digit : new int[] {1, 2, 5, 10, 20}) {
            double step = digit * power;
            if (Math.floor(upper / step) - Math.ceil(lower / step) + 1 <= mostLabels) {
                return step;
            }
        }
        return 50 * power;
    }

    private static List<Tick> log(double lower, double upper, int mostLabels) {
        int first = (int) Math.ceil(Math.log10(lower));
        int last = (int) Math.floor(Math.log10(upper));
        int powers = last - first + 1;
        if (powers > MOST_DECADES_WITH_MINOR_TICKS) {
            return powers(first, last, (powers - 1) / mostLabels + 1);
        }
        List<Tick> ticks = digits(lower, upper, powers < FEWEST_LABELS);
        long labels = ticks.stream().filter(tick -> !tick.label().isEmpty()).count();
        return labels < FEWEST_LABELS ? linear(lower, upper, mostLabels) : ticks;
    }

    /** Powers of ten, every so many of them labelled. */
    private static List<Tick> powers(int first, int last, int every) {
        List<Tick> ticks = new ArrayList<>();
        for (int exponent = first; exponent <= last; exponent++) {
            String label = Math.floorMod(exponent, every) == 0 ? Numbers.powerOfTen(exponent) : "";
            ticks.add(new Tick(Math.pow(10, exponent), label));
        }
        return ticks;
    }

    /** All digits of each decade; 1 is labelled, and in a short range 2 and 5 too. */
    private static List<Tick> digits(double lower, double upper, boolean few) {
        List<Tick> ticks = new ArrayList<>();
        int last = (int) Math.floor(Math.log10(upper));
        for (int exponent = (int) Math.floor(Math.log10(lower)); exponent <= last; exponent++) {
            for (int digit = 1; digit <= 9; digit++) {
                double value = digit * Math.pow(10, exponent);
                if (value >= lower && value <= upper) {
                    boolean labelled = digit == 1 || few && (digit == 2 || digit == 5);
                    ticks.add(new Tick(value, labelled ? Numbers.tick(value, value) : ""));
                }
            }
        }
        return ticks;
    }

    private static List<Tick> epochs(double lower, double upper) {
        List<Tick> ticks = new ArrayList<>();
        double zero = Scale.EPOCH.place(0);
        if (zero >= lower) {
            ticks.add(new Tick(zero, "0"));
        }
        ticks.addAll(digits(Math.max(lower, 1), upper, upper < FEW_EPOCHS));
        return ticks;
    }
}
