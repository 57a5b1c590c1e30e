package dev.regularisation.backend;

/** The largest of some errors, and where it was. A NaN counts as infinite. */
final class WorstError {
    private double ulps;
    private double argument = Double.NaN;

    void add(double error, double x) {
        double size = Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
        if (size > ulps) {
            ulps = size;
            argument = x;
        }
    }

    void add(WorstError other) {
        if (other.ulps > ulps) {
            ulps = other.ulps;
            argument = other.argument;
        }
    }

    /** In units of the last place of the correctly rounded value. */
    double ulps() {
        return ulps;
    }

    @Override
    public String toString() {
        return "%.4f ulp at %a (%s)".formatted(ulps, argument, argument);
    }
}
