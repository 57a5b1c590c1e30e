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
        double step = niceStep((upper - lower) / Math.max(mostLabels - 1, 1));
        List<Tick> ticks = new ArrayList<>();
        double first = Math.ceil(lower / step);
        // Counted, not compared: near the limits of double, adding a step may change nothing.
        for (int i = 0; i <= mostLabels && (first + i) * step <= upper; i++) {
            double value = (first + i) * step;
            ticks.add(new Tick(value, Numbers.tick(value, step)));
        }
        return ticks;
    }

    private static double niceStep(double atLeast) {
        double power = Math.pow(10, Math.floor(Math.log10(atLeast)));
        for (int digit : new int[] {1, 2, 5}) {
            if (digit * power >= atLeast) {
                return digit * power;
            }
        }
        return 10 * power;
    }

    private static List<Tick> log(double lower, double upper, int mostLabels) {
        int first = (int) Math.ceil(Math.log10(lower));
        int last = (int) Math.floor(Math.log10(upper));
        if (last - first + 1 < FEWEST_LABELS) {
            List<Tick> ticks = digits(lower, upper);
            long labels = ticks.stream().filter(tick -> !tick.label().isEmpty()).count();
            return labels >= FEWEST_LABELS ? ticks : linear(lower, upper, mostLabels);
        }
        int every = Math.max(1, (int) Math.ceil((last - first + 1.0) / mostLabels));
        boolean plain = first >= -4 && last <= 4;
        List<Tick> ticks = new ArrayList<>();
        for (int exponent = first; exponent <= last; exponent++) {
            double value = Math.pow(10, exponent);
            String label = plain ? Numbers.plain(value) : Numbers.powerOfTen(exponent);
            ticks.add(new Tick(value, Math.floorMod(exponent, every) == 0 ? label : ""));
        }
        return ticks;
    }

    /** Labels at 1, 2 and 5 of each decade, minor ticks at the other digits. */
    private static List<Tick> digits(double lower, double upper) {
        List<Tick> ticks = new ArrayList<>();
        int last = (int) Math.floor(Math.log10(upper));
        for (int exponent = (int) Math.floor(Math.log10(lower)); exponent <= last; exponent++) {
            for (int digit = 1; digit <= 9; digit++) {
                double value = digit * Math.pow(10, exponent);
                if (value >= lower && value <= upper) {
                    boolean labelled = digit == 1 || digit == 2 || digit == 5;
                    ticks.add(new Tick(value, labelled ? Numbers.plain(value) : ""));
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
        boolean few = upper < 100;
        for (double decade = 1; decade <= upper; decade *= 10) {
            for (int digit = 1; digit <= 9; digit++) {
                double value = digit * decade;
                if (value >= lower && value <= upper) {
                    boolean labelled = digit == 1 || few && (digit == 2 || digit == 5);
                    ticks.add(new Tick(value, labelled ? Numbers.plain(value) : ""));
                }
            }
        }
        return ticks;
    }
}
