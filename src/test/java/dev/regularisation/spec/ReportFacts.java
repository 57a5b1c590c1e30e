package dev.regularisation.spec;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.regularisation.backend.BackendProvider;
import dev.regularisation.backend.Backends;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the report says of the machine (its environment tab) and how it sorts failures (its categories). */
final class ReportFacts {

    /** Where the report's raw results are. */
    static final Path RESULTS = Path.of("target", "allure-results");

    /** A class of each library whose version may matter to a result or to its check. */
    private static final List<Class<?>> LIBRARIES = List.of(org.junit.jupiter.api.Test.class, net.jqwik.api.Property.class,
            org.assertj.core.api.Assertions.class, org.apache.commons.math3.util.FastMath.class,
            org.nd4j.linalg.factory.Nd4j.class, org.jfree.chart.JFreeChart.class, io.qameta.allure.Allure.class);
    private static final Pattern JAR = Pattern.compile("(?<name>.+?)-(?<version>\\d.*)\\.jar");

    private ReportFacts() {
    }

    static void write() throws IOException {
        Files.createDirectories(RESULTS);
        try (OutputStream out = Files.newOutputStream(RESULTS.resolve("environment.properties"))) {
            environment().store(out, null);
        }
        new ObjectMapper().writeValue(RESULTS.resolve("categories.json").toFile(), CATEGORIES.stream()
                .map(category -> Map.of("name", category.name(), "matchedStatuses", List.of("failed", "broken"),
                        "traceRegex", category.traceRegex())).toList());
    }

    static Properties environment() {
        Properties environment = new Properties();
        environment.setProperty("JDK", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        environment.setProperty("Platform", System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", "
                + Runtime.getRuntime().availableProcessors() + " processors");
        for (BackendProvider provider : Backends.all()) {
            environment.setProperty("Backend " + provider.name(), provider.availability().detail());
        }
        for (Class<?> type : LIBRARIES) {
            Matcher jar = JAR.matcher(Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath())
                    .getFileName().toString());
            if (jar.matches()) {
                environment.setProperty("Library " + jar.group("name"), jar.group("version"));
            }
        }
        environment.setProperty("Commit", commit());
        return environment;
    }

    /** Where a failure is filed: the first of {@link #CATEGORIES} whose tests are in its stack trace, and no other. */
    record Category(String name, String traceRegex) {
    }

    /** Allure files a failure under every category that matches, so that each excludes those before it. */
    static final List<Category> CATEGORIES = categories(
            "Claim refuted: a rule does not hold", "dev\\.regularisation\\.spec\\.rules\\.",
            "Golden drift: a result changed its bits", "dev\\.regularisation\\.golden\\.",
            "Backend mismatch: a backend breaks its contract", "dev\\.regularisation\\.backend\\.\\S*(Test|Contract|Rule)\\b",
            "Tooling: everything else", "");

    private static List<Category> categories(String... namesAndFrames) {
        List<Category> categories = new ArrayList<>();
        StringBuilder before = new StringBuilder("(?s)");
        for (int i = 0; i < namesAndFrames.length; i += 2) {
            String frame = namesAndFrames[i + 1];
            categories.add(new Category(namesAndFrames[i], before + ".*" + frame + ".*"));
            before.append("(?!.*").append(frame).append(')');
        }
        return List.copyOf(categories);
    }

    private static String commit() {
        try {
            Process git = new ProcessBuilder("git", "rev-parse", "--short=12", "HEAD").redirectErrorStream(true).start();
            try (BufferedReader out = new BufferedReader(
                    new InputStreamReader(git.getInputStream(), StandardCharsets.UTF_8))) {
                String line = out.readLine();
                return git.waitFor() == 0 && line != null ? line : "not a checkout";
            }
        } catch (IOException e) {
            return "git is not installed";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }
}
