package dev.regularisation.spec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a run said of a rule, left in a file for what is made when all tests have run.
 *
 * @param verdict  how the statement stands
 * @param sentence what the verdict says
 * @param figure   the figure that tables show, such as {@code 0.4996 against 0.5975}
 */
record RuleResult(Verdict verdict, String sentence, String figure) {

    private static final Path FOLDER = Path.of("target", "rules");
    private static final String SUFFIX = ".result";

    /** Leaves it. */
    void leave(String id) {
        try {
            Files.createDirectories(FOLDER);
            Files.write(FOLDER.resolve(id + SUFFIX), List.of(verdict.title(), sentence, figure));
        } catch (IOException e) {
            throw new UncheckedIOException("the result of " + id + " cannot be left", e);
        }
    }

    /** What this run said of the rule; nothing where it was not tried. */
    static Optional<RuleResult> of(String id) {
        Path file = FOLDER.resolve(id + SUFFIX);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            List<String> lines = Files.readAllLines(file);
            return Optional.of(new RuleResult(Verdict.titled(lines.get(0)), lines.get(1), lines.get(2)));
        } catch (IOException e) {
            throw new UncheckedIOException("the result of " + id + " cannot be read", e);
        }
    }
}
