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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** What the report says of the machine (its environment tab) and how it sorts failures (its categories). */
final class ReportFacts {

    /** Where the report's raw results are. */
    static final Path RESULTS = Path.of("target", "allure-results");

    private ReportFacts() {
    }

    static void write() throws IOException {
        Files.createDirectories(RESULTS);
        Properties environment = new Properties();
        environment.setProperty("JDK", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        environment.setProperty("Platform", System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", "
                + Runtime.getRuntime().availableProcessors() + " processors");
        for (BackendProvider provider : Backends.all()) {
            environment.setProperty("Backend " + provider.name(), provider.availability().detail());
        }
        environment.setProperty("Seeds of ensembles", System.getProperty("seeds", "20"));
        environment.setProperty("Commit", commit());
        try (OutputStream out = Files.newOutputStream(RESULTS.resolve("environment.properties"))) {
            environment.store(out, null);
        }
        new ObjectMapper().writeValue(RESULTS.resolve("categories.json").toFile(), List.of(
                category("Golden drift: a result changed its bits", ".*[gG]olden.*"),
                category("Backend mismatch: a backend breaks its contract", ".*dev\\.regularisation\\.backend\\..*"),
                category("Claim refuted: a rule does not hold", ".*dev\\.regularisation\\.spec\\.rules\\..*"),
                category("Tooling: everything else", ".*")));
    }

    private static Map<String, Object> category(String name, String trace) {
        Map<String, Object> category = new LinkedHashMap<>();
        category.put("name", name);
        category.put("matchedStatuses", List.of("failed", "broken"));
        category.put("traceRegex", "(?s)" + trace);
        return category;
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
