package dev.regularisation.spark;

import dev.regularisation.study.StudyEngine;
import dev.regularisation.study.StudyEngineOptions;
import dev.regularisation.study.StudyEngineProvider;

/**
 * Offers {@link SparkEngine}, named {@code spark}. It wants Spark {@value #WANTED} on the class path, as {@code spark-submit} has it: the
 * driver and its workers read each other's classes, which two versions of Spark write differently.
 */
public final class SparkProvider implements StudyEngineProvider {

    /** The versions of Spark that the engine is compiled for and tested with. */
    static final String WANTED = "4.2";

    private static final String BACKEND = "cpu";

    @Override
    public String name() {
        return "spark";
    }

    /**
     * {@inheritDoc} Asks the class path for Spark and the master for a connection, so that what cannot be is refused before a file
     * is touched.
     */
    @Override
    public StudyEngine create(StudyEngineOptions options) {
        if (!options.backend().equals(BACKEND)) {
            throw new IllegalArgumentException("backend: wanted " + BACKEND + " with engine spark, since workers have no other, got "
                    + options.backend() + "; leave --backend out");
        }
        options.device().ifPresent(device -> {
            throw new IllegalArgumentException("device: wanted none with engine spark, got \"" + device + "\"; leave --device out");
        });
        requireVersion(version());
        SparkSettings settings = SparkSettings.of(options);
        settings.requireMaster();
        return new SparkEngine(settings, options.precision());
    }

    private static String version() {
        try {
            return org.apache.spark.package$.MODULE$.SPARK_VERSION();
        } catch (LinkageError e) {
            throw new IllegalStateException("spark: wanted Spark " + WANTED + " on the class path, got none; start with spark-submit, or "
                    + "put the jars of a Spark there", e);
        }
    }

    /** Refuses a Spark of another version. */
    static void requireVersion(String version) {
        if (!version.startsWith(WANTED + ".")) {
            throw new IllegalStateException("spark: wanted Spark " + WANTED + " on the class path, got " + version
                    + "; submit with a Spark of that version, to a cluster of the same");
        }
    }
}
