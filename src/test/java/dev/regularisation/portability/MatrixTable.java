package dev.regularisation.portability;

import dev.regularisation.support.ShortRuns;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The matrix as Markdown: a row for each environment, as the README shows it, then a row for each run. */
final class MatrixTable {

    private static final String HEAD = """
            | environment | JDK | processor | vector width | kernel | flags | plans | differing bits |
            |---|---|---|---|---|---|---|---|
            """;
    /** What each variation trains, see {@link ShortRuns}. */
    private static final int PLANS = 10;

    private MatrixTable() {
    }

    static String markdown(List<MatrixOutcome> outcomes) {
        Map<Environment, List<MatrixOutcome>> byEnvironment = outcomes.stream()
                .collect(Collectors.groupingBy(MatrixOutcome::environment, LinkedHashMap::new, Collectors.toList()));
        String environments = byEnvironment.values().stream().map(MatrixTable::environment).collect(Collectors.joining());
        String runs = outcomes.stream().map(MatrixTable::run).collect(Collectors.joining());
        return counts(outcomes) + "\n\n" + HEAD + environments + "\nEvery run:\n\n" + HEAD + runs;
    }

    static String counts(List<MatrixOutcome> outcomes) {
        long environments = outcomes.stream().filter(MatrixOutcome::ran).map(MatrixOutcome::environment).distinct().count();
        long variations = outcomes.stream().filter(MatrixOutcome::ran).count();
        long excused = outcomes.stream().filter(outcome -> outcome.passes() && !outcome.ran()).count();
        long failed = outcomes.stream().filter(outcome -> !outcome.passes()).count();
        return String.format(Locale.ROOT, "%d environments, %d runs of %d plans each; %s%s.",
                environments, variations, PLANS,
                failed == 0 ? "zero differing bits" : failed + " failures",
                excused == 0 ? "" : "; " + excused + " not run, with a reason");
    }

    private static String environment(List<MatrixOutcome> outcomes) {
        Environment environment = outcomes.get(0).environment();
        String runs = outcomes.stream().filter(MatrixOutcome::ran).count() + " sets";
        return row(environment.name(), outcomes, environment.processor(),
                distinct(outcomes, MatrixOutcome::width), distinct(outcomes, MatrixTable::kernel),
                runs, distinct(outcomes, MatrixTable::plans), distinct(outcomes, MatrixOutcome::differingBits));
    }

    private static String run(MatrixOutcome outcome) {
        boolean ran = outcome.variation() != null;
        return row(outcome.environment().name(), List.of(outcome), outcome.environment().processor(), outcome.width(),
                kernel(outcome), ran ? '`' + outcome.flags() + '`' : "", plans(outcome),
                outcome.differingBits());
    }

    private static String row(String name, List<MatrixOutcome> outcomes, String processor, String... cells) {
        List<String> jvm = outcomes.stream().map(MatrixOutcome::jdk).filter(jdk -> !jdk.isEmpty()).distinct().toList();
        String jdk = jvm.stream().map(words -> words.split(" ")[0]).distinct().collect(Collectors.joining(", "));
        String order = jvm.stream().anyMatch(words -> words.endsWith("BIG_ENDIAN")) ? ", big-endian" : "";
        return Stream.concat(Stream.of(name, jdk, processor + order), Stream.of(cells))
                .map(cell -> cell.replace("|", "\\|").replace('\n', ' '))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String kernel(MatrixOutcome outcome) {
        return outcome.kernel().replaceAll("-.*", "");
    }

    private static String plans(MatrixOutcome outcome) {
        if (outcome.variation() == null) {
            return "";
        }
        ShortRuns runs = outcome.variation().runs();
        return String.format(Locale.ROOT, "%d × %d ep., %,d samples", PLANS, runs.epochs(), runs.samples());
    }

    private static String distinct(List<MatrixOutcome> outcomes, Function<MatrixOutcome, String> cell) {
        return outcomes.stream().map(cell).filter(text -> !text.isEmpty() && !text.equals("–")).distinct()
                .collect(Collectors.collectingAndThen(Collectors.joining("; "), text -> text.isEmpty() ? "–" : text));
    }
}
