package dev.regularisation.spec;

/** Files a page about a backend, which no single test can write since it tells of many, with the tests of backends. */
public final class BackendSheet {

    /** The name of the page of digests, to which the pages of rules lead. */
    public static final String DIGESTS = "opencl has cpu's bits";

    private BackendSheet() {
    }

    /** Adds it to the report, under a name of which the report has one. */
    public static void publish(Sheet sheet, String name, boolean passed) {
        sheet.publish(ProductSection.BACKENDS.ordered(), "tolerances", name, passed);
    }
}
