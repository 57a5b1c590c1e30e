package dev.regularisation.golden;

import dev.regularisation.files.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes what the tests got the golden files, on request: unchanged files stay untouched, orphans go.
 *
 * @param approved the golden files
 * @param received what a run of the tests got
 */
public record GoldenUpdate(Path approved, Path received) {

    /** What the last run of the tests got. */
    public static final Path RECEIVED = Path.of("target", "golden");

    /** Golden files in their place. */
    public GoldenUpdate() {
        this(GoldenFolder.APPROVED, RECEIVED);
    }

    /** What is known when the tests have run. */
    public enum Run {
        /** Every test ran, and the build would pass. */
        WHOLE_AND_PASSING,
        /** Every test ran, and something failed. */
        WHOLE,
        /** Some tests were left out. */
        PARTIAL
    }

    /** Whether this run is to make new golden files, so that a difference is no failure. */
    public static boolean isAsked() {
        return "update".equals(System.getProperty("golden"));
    }

    /** Updates if {@code -Dgolden=update} was given, and says what changed, or else looks for orphans; returns problems. */
    public List<String> onRequest(Run run) throws IOException {
        if (!isAsked()) {
            return orphansAreProblems(run);
        }
        Optional<String> refusal = refusal(run, System.getenv("CI") != null);
        if (refusal.isEmpty()) {
            List<String> changed = new ArrayList<>(update());
            new StudiesUpdate().approve().forEach(study -> changed.add(StudiesUpdate.APPROVED.resolve(study).toString()));
            System.out.println("Golden files changed: " + (changed.isEmpty() ? "none" : String.join(", ", changed)));
        }
        return refusal.stream().toList();
    }

    List<String> orphansAreProblems(Run run) throws IOException {
        return run == Run.PARTIAL ? List.of() : orphans().stream().map(name -> "golden file " + name + ": no test makes it; "
                + "mvn verify -Dgolden=update removes it").toList();
    }

    /** Why there is to be no update. */
    static Optional<String> refusal(Run run, boolean continuousIntegration) {
        if (continuousIntegration) {
            return Optional.of("golden files are not updated where CI is set; do it on a developer's machine and review the change");
        }
        return switch (run) {
            case WHOLE_AND_PASSING -> Optional.empty();
            case WHOLE -> Optional.of("golden files are updated only by a run that passes; first repair what failed");
            case PARTIAL -> Optional.of("golden files are updated only by a whole run; leave out -Dtest");
        };
    }

    /** Updates; returns what changed. */
    List<String> update() throws IOException {
        Files.createDirectories(approved);
        List<String> changed = new ArrayList<>();
        for (Path file : files(received)) {
            Path target = approved.resolve(file.getFileName().toString());
            byte[] text = Files.readAllBytes(file);
            if (!Files.exists(target) || !Arrays.equals(text, Files.readAllBytes(target))) {
                AtomicFiles.write(target, out -> out.write(text));
                changed.add(file.getFileName().toString());
            }
        }
        for (String orphan : orphans()) {
            Files.delete(approved.resolve(orphan));
            changed.add(orphan + " (removed)");
        }
        return changed;
    }

    /** Names of golden files that no test made. */
    private List<String> orphans() throws IOException {
        return files(approved).stream().map(file -> file.getFileName().toString())
                .filter(name -> !Files.exists(received.resolve(name))).toList();
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
