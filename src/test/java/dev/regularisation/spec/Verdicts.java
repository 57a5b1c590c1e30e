package dev.regularisation.spec;

import dev.regularisation.files.AtomicFiles;
import dev.regularisation.golden.GoldenUpdate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The verdict of every rule, pinned: a line for each, its id and the verdict. A rule whose evidence says something else fails
 * the build; {@code mvn verify -Dgolden=update} writes what a passing run found.
 *
 * @param file where they are pinned
 */
record Verdicts(Path file) {

    /** Those of the project. */
    static final Verdicts PINNED = new Verdicts(Path.of("golden", "verdicts.txt"));

    private static final String SEPARATOR = ": ";

    /** The pinned verdicts by id. */
    Map<String, Verdict> read() {
        Map<String, Verdict> verdicts = new TreeMap<>();
        try {
            for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
                int at = line.indexOf(SEPARATOR);
                if (at < 0) {
                    throw new IllegalArgumentException(file + ": wanted lines such as \"l1.sparsifies: holds\", got \"" + line
                            + "\"; mvn verify -Dgolden=update writes the file");
                }
                verdicts.put(line.substring(0, at), Verdict.titled(line.substring(at + SEPARATOR.length())));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
        return verdicts;
    }

    /** Fails unless the verdict is the pinned one, and decided, or undecided by declaration. */
    void require(Judgement judgement) {
        require(judgement, GoldenUpdate.isAsked());
    }

    /** The same; where new verdicts are to be pinned, another one is no failure. */
    void require(Judgement judgement, boolean update) {
        String id = judgement.rule().id();
        if (judgement.verdict() == Verdict.UNDECIDED && judgement.rule().undecided().isEmpty()) {
            throw new AssertionError(id + ": wanted a verdict, and the evidence shows none; measure what decides it, or declare "
                    + "with the rule why nothing can be shown." + judgement.reasons());
        }
        Optional<Verdict> pinned = Optional.ofNullable(read().get(id));
        if (!update && !pinned.equals(Optional.of(judgement.verdict()))) {
            throw new AssertionError(id + ": the verdict was \"" + pinned.map(Verdict::title).orElse("none yet") + "\" and is \""
                    + judgement.verdict().title() + "\" now; if that is meant, mvn verify -Dgolden=update pins it in " + file
                    + ", and if not, the product or the evidence has changed." + judgement.reasons());
        }
    }

    /** What is wrong with the file after a whole run: it has verdicts of rules that no class tries. */
    List<String> orphans() {
        List<String> problems = new ArrayList<>();
        for (String id : read().keySet()) {
            if (Rules.of(id).isEmpty()) {
                problems.add(file + ": it pins a verdict of " + id + ", which no class tries; restore the class, or "
                        + "mvn verify -Dgolden=update drops the line");
            }
        }
        return problems;
    }

    /** Writes what this run found. */
    void update() throws IOException {
        StringBuilder text = new StringBuilder();
        for (RuleCard rule : Rules.all().stream().sorted(Comparator.comparing(RuleCard::id)).toList()) {
            RuleResult.of(rule.id()).ifPresent(result ->
                    text.append(rule.id()).append(SEPARATOR).append(result.verdict().title()).append('\n'));
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        AtomicFiles.write(file, out -> out.write(bytes));
    }
}
