package dev.regularisation.spark;

import dev.regularisation.study.StudyCell;
import dev.regularisation.study.StudyEngineOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.spark.SparkConf;

/** What a study asks of Spark, where neither {@code spark-submit} nor a property {@code spark.…} of this JVM says otherwise. */
final class SparkSettings {

    /** After how much silence the user hears of it; a property that users may set, such as {@code 10m}. */
    static final String QUIET = "spark.regularisation.quiet";

    private static final Duration STANDARD_QUIET = Duration.ofMinutes(2);
    private static final int CONNECT_MILLIS = 5_000;
    /** Cells return their failures, so attempts are for machines that were lost; a cell that takes each with it ends there. */
    private static final int ATTEMPTS = 16;
    private static final Pattern STANDALONE = Pattern.compile("spark://([^,/:]+:\\d{1,5}(?:,[^,/:]+:\\d{1,5})*)");
    private static final Pattern LOCAL = Pattern.compile("local(\\[.*])?|local-cluster\\[.*]");

    private final SparkConf conf;
    private final String master;

    private SparkSettings(SparkConf conf, String master) {
        this.conf = conf;
        this.master = master;
    }

    /**
     * Settings of a study.
     *
     * @throws IllegalArgumentException without a master, or where cores or the place of the driver make no sense
     */
    static SparkSettings of(StudyEngineOptions options) {
        SparkConf conf = new SparkConf();
        options.master().ifPresent(conf::setMaster);
        String master = conf.get("spark.master", "");
        if (master.isEmpty()) {
            throw new IllegalArgumentException("master: wanted the URL of a Spark master, such as spark://host:7077 or local[2], got none; "
                    + "give --master, here or to spark-submit");
        }
        if (master.startsWith("spark://") && !STANDALONE.matcher(master).matches()) {
            throw new IllegalArgumentException("master: wanted spark://host:port, got " + master + "; mend --master");
        }
        if (conf.get("spark.submit.deployMode", "client").equals("cluster")) {
            throw new IllegalArgumentException("deploy mode: wanted client, since the driver writes the study's folder, got cluster; leave "
                    + "--deploy-mode out of spark-submit");
        }
        options.cores().ifPresent(cores -> {
            if (!STANDALONE.matcher(master).matches()) {
                throw new IllegalArgumentException("cores: wanted none with master " + master + ", got " + cores + "; leave it out, and say "
                        + "local[" + cores + "] or spark.executor.instances");
            }
            conf.set("spark.cores.max", Integer.toString(cores));
        });
        conf.setIfMissing("spark.app.name", "regularisation study");
        conf.setIfMissing("spark.ui.enabled", "false");
        conf.setIfMissing("spark.task.maxFailures", Integer.toString(ATTEMPTS));
        return new SparkSettings(conf, master).withJars();
    }

    /** Workers get the program from the driver, unless spark-submit or a class path of their own gives it to them. */
    private SparkSettings withJars() {
        if (!isLocal() && !conf.contains("spark.jars") && !conf.contains("spark.executor.extraClassPath")) {
            List<Path> jars = Stream.of(StudyCell.class, SparkSettings.class, CSVFormat.class).map(SparkSettings::source).distinct().toList();
            jars.stream().filter(jar -> !Files.isRegularFile(jar)).findFirst().ifPresent(folder -> {
                throw new IllegalArgumentException("program: wanted jars to send to workers, got the folder " + folder
                        + "; run mvn package -Pspark and start from its jars");
            });
            conf.set("spark.jars", jars.stream().map(jar -> jar.toUri().toString()).collect(Collectors.joining(",")));
        }
        return this;
    }

    private static Path source(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Throws where no standalone master takes a connection: Spark itself would try for a minute, and end without a reason. */
    void requireMaster() {
        Matcher standalone = STANDALONE.matcher(master);
        if (!standalone.matches()) {
            return;
        }
        List<String> refusals = new ArrayList<>();
        for (String address : standalone.group(1).split(",")) {
            int colon = address.indexOf(':');
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(address.substring(0, colon),
                        Integer.parseInt(address.substring(colon + 1))), CONNECT_MILLIS);
                return;
            } catch (IOException | IllegalArgumentException e) {
                refusals.add(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
            }
        }
        throw new IllegalStateException("master: wanted one that answers at " + master + ", got " + String.join(", ", refusals)
                + "; start it, or mend --master");
    }

    boolean isLocal() {
        return LOCAL.matcher(master).matches();
    }

    String master() {
        return master;
    }

    /** A copy, for a context. */
    SparkConf conf() {
        return conf.clone();
    }

    /** After how much silence the user hears of it. */
    Duration quiet() {
        return Duration.ofMillis(conf.getTimeAsMs(QUIET, STANDARD_QUIET.toMillis() + "ms"));
    }
}
