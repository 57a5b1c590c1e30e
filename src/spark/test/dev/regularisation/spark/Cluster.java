package dev.regularisation.spark;

import dev.regularisation.support.Jvm;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.spark.deploy.master.Master;
import org.apache.spark.deploy.worker.Worker;

/**
 * A standalone cluster of Spark on loopback: a master, and workers of one core each, in JVMs of their own that are made of the tests'
 * class path. Closing ends all that was started here.
 */
final class Cluster implements Closeable {

    /** How long one look for an event waits, and how many looks there are at most. */
    private static final long LOOK_MILLIS = 20;
    private static final int LOOKS = 15_000;
    private static final String LOOPBACK = "127.0.0.1";

    private final Path home;
    private final List<Process> processes = new ArrayList<>();
    private final String url;
    private int workers;

    /** Starts a master, and waits until it takes connections. */
    Cluster(Path home) throws IOException, InterruptedException {
        this.home = home;
        // Spark wants the folder of its jars; all of them are on the class path.
        Files.createDirectories(home.resolve("jars"));
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK))) {
            port = free.getLocalPort();
        }
        url = "spark://" + LOOPBACK + ":" + port;
        Process master = start("master", Master.class.getName(), "--host", LOOPBACK, "--port", Integer.toString(port), "--webui-port", "0");
        await("the master", master, () -> listens(port));
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(LOOPBACK, port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** What the driver must say, too, so that its workers find it and the program, and fit a small machine. */
    static Map<String, String> properties() {
        return Map.of("spark.driver.host", LOOPBACK, "spark.driver.bindAddress", LOOPBACK, "spark.executor.memory", "480m",
                "spark.executor.extraClassPath", System.getProperty("java.class.path"),
                "spark.executor.extraJavaOptions", "-XX:+UseSerialGC");
    }

    String url() {
        return url;
    }

    /** Starts a worker of one core. */
    Process worker() throws IOException {
        String name = "worker" + workers++;
        return start(name, Worker.class.getName(), "--host", LOOPBACK, "--webui-port", "0", "--cores", "1", "--memory", "600m",
                "--work-dir", home.resolve(name).toString(), url);
    }

    private Process start(String name, String... main) throws IOException {
        List<String> command = new ArrayList<>(List.of(Jvm.own().home().resolve("bin/java").toString(), "-Xmx160m", "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(main));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(home.resolve(name + ".log").toFile());
        builder.environment().putAll(Map.of("SPARK_HOME", home.toString(), "SPARK_SCALA_VERSION", "2.13", "SPARK_LOCAL_IP", LOOPBACK));
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    /** SIGKILL of a worker and of what it started: what a machine that loses its power does. */
    static void lose(Process worker) throws InterruptedException {
        List<ProcessHandle> children = worker.descendants().toList();
        worker.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        worker.waitFor();
    }

    /** Waits for something that happens while a process runs; it must not end before. */
    static void await(String what, Process process, BooleanSupplier event) throws InterruptedException {
        for (int look = 0; !event.getAsBoolean(); look++) {
            if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS) && !event.getAsBoolean()) {
                throw new AssertionError("a process ended with " + process.exitValue() + " before " + what);
            }
            if (look == LOOKS) {
                throw new AssertionError("waited in vain for " + what);
            }
        }
    }

    @Override
    public void close() {
        for (Process process : processes) {
            List<ProcessHandle> children = process.descendants().toList();
            process.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
