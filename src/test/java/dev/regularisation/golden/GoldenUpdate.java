package dev.regularisation.golden;

import dev.regularisation.experiment.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Makes what the tests got the golden files, on request: unchanged files stay untouched, orphans go. */
public final class GoldenUpdate {

    private GoldenUpdate() {
    }

    /**
     * Updates if {@code -Dgolden=update} was given.
     *
     * @return problems; none if nothing was asked or all went well
     */
    public static List<String> onRequest(boolean testsPassed, boolean partial) throws IOException {
        if (!GoldenFolder.updating()) {
            return partial || !Files.isDirectory(GoldenFolder.RECEIVED) ? List.of()
                    : GoldenFolder.orphans().stream().map(name -> "golden file " + name + ": no test makes it; "
                            + "mvn verify -Dgolden=update removes it").toList();
        }
        if (System.getenv("CI") != null) {
            return List.of("golden files are not updated where CI is set; do it on a developer's machine and review the change");
        }
        if (!testsPassed || partial) {
            return List.of("golden files are updated only by a whole run that passes");
        }
        Files.createDirectories(GoldenFolder.APPROVED);
        List<String> changed = new ArrayList<>();
        try (Stream<Path> received = Files.list(GoldenFolder.RECEIVED)) {
            for (Path file : received.sorted().toList()) {
                Path approved = GoldenFolder.APPROVED.resolve(file.getFileName());
                byte[] text = Files.readAllBytes(file);
                if (!Files.exists(approved) || !Arrays.equals(text, Files.readAllBytes(approved))) {
                    AtomicFiles.write(approved, out -> out.write(text));
                    changed.add(file.getFileName().toString());
                }
            }
        }
        for (String orphan : GoldenFolder.orphans()) {
            Files.delete(GoldenFolder.APPROVED.resolve(orphan));
            changed.add(orphan + " (removed)");
        }
        System.out.println("Golden files changed: " + (changed.isEmpty() ? "none" : String.join(", ", changed)));
        return List.of();
    }
}
