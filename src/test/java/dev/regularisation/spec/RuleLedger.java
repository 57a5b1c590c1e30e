package dev.regularisation.spec;

import dev.regularisation.golden.GoldenUpdate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Keeps account of which rules ran, for {@link Gate}: a line for each test that belongs to one, with its outcome, and a
 * line for each skip and each failure of any test. It hears of JUnit's tests and jqwik's properties alike.
 */
public final class RuleLedger implements TestExecutionListener {

    /** Where the account is written. */
    static final Path FILE = Path.of("target", "rules", "ledger.tsv");

    private static final int REASON_LINES = 4;
    private static final int REASON_LENGTH = 400;

    /** A list: invocations of one test may have one name, and each counts. */
    private final List<String> lines = new ArrayList<>();

    /** Forgets the run before: its account, its figures, its golden values and its part of the report. */
    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        try {
            empty(FILE.getParent());
            empty(ReportFacts.RESULTS);
            empty(GoldenUpdate.RECEIVED);
        } catch (IOException e) {
            throw new UncheckedIOException("results of the run before cannot be removed", e);
        }
    }

    private static void empty(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> old = Files.list(folder)) {
            for (Path file : old.toList()) {
                Files.delete(file);
            }
        }
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        add(test, "skipped", reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        String reason = result.getThrowable().map(Throwable::getMessage).orElse("");
        switch (result.getStatus()) {
            case ABORTED -> add(test, "skipped", reason);
            case FAILED -> add(test, "failed", reason);
            default -> {
                if (test.isTest()) {
                    add(test, "passed", "");
                }
            }
        }
    }

    private synchronized void add(TestIdentifier test, String outcome, String reason) {
        Optional<MethodSource> source = test.getSource().filter(MethodSource.class::isInstance).map(MethodSource.class::cast);
        Optional<RuleIndex.Entry> entry = source.flatMap(method -> RuleIndex.of(method.getClassName(), method.getMethodName()));
        String where = source.map(method -> Reproduction.testClass(method.getClassName(), test.getUniqueId()) + "#"
                + method.getMethodName()).orElse(test.getDisplayName());
        lines.add(String.join("\t", outcome,
                entry.map(e -> e.rule().id()).orElse(""), entry.map(e -> e.role().name()).orElse(""),
                where, test.getDisplayName().replaceAll("\\s+", " "),
                summary(reason), outcome.equals("failed") ? repeat(test).replaceAll("\\s+", " ") : ""));
    }

    /** The first lines of a message that say something, as one: AssertJ's begin with an empty one. */
    static String summary(String reason) {
        String line = Optional.ofNullable(reason).orElse("").lines().map(String::strip).filter(text -> !text.isEmpty())
                .limit(REASON_LINES).collect(Collectors.joining(" ")).replaceAll("\\s+", " ");
        return line.length() <= REASON_LENGTH ? line : line.substring(0, REASON_LENGTH) + "…";
    }

    private static String repeat(TestIdentifier test) {
        TestSource source = test.getSource().orElse(null);
        String id = test.getUniqueId();
        if (source instanceof MethodSource method) {
            return Reproduction.of(method.getClassName(), method.getMethodName(), id, test.getDisplayName());
        }
        return Reproduction.of(source instanceof ClassSource type ? type.getClassName() : "", "", id, test.getDisplayName());
    }

    @Override
    public synchronized void testPlanExecutionFinished(TestPlan plan) {
        try {
            Files.createDirectories(FILE.getParent());
            Collections.sort(lines);
            Files.write(FILE, lines);
            PropertySeeds.ofThisRun().ifPresent(seed -> System.out.println("Properties were tried with the seed " + seed
                    + "; -D" + PropertySeeds.OPTION + "=" + seed + " repeats that"));
            ReportFacts.write();
            List<Line> account = Line.readAll();
            if (account.stream().flatMap(line -> line.rule().stream()).distinct().count() == Rules.all().size()) {
                Overview.publish(account);
                Coverage.publish(account.stream().noneMatch(line -> line.outcome().equals("failed")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the account of the rules cannot be written, to " + FILE, e);
        }
    }

    /** One line of the account; of a failure, {@code repeat} is the line that repeats it. */
    record Line(
            String outcome, Optional<RuleCard> rule, String role, String where, String name, String reason, String repeat) {

        static List<Line> readAll() throws IOException {
            if (!Files.exists(FILE)) {
                return Collections.emptyList();
            }
            return Files.readAllLines(FILE).stream().map(text -> text.split("\t", -1))
                    .map(f -> new Line(f[0], Rules.of(f[1]), f[2], f[3], f[4], f[5], f[6])).toList();
        }
    }
}
