package dev.regularisation.cli;

import dev.regularisation.data.Problem;
import dev.regularisation.study.Audit;
import dev.regularisation.study.StudyBasis;
import dev.regularisation.study.StudyEngine;
import dev.regularisation.study.StudyRow;
import dev.regularisation.study.StudyTable;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains rows of a study again. */
@Command(
        name = AuditCommand.NAME,
        sortOptions = false,
        description = "Draws rows of a study.csv at random, trains their plans again and compares every column to the last bit. "
                + "Ends with 1 where a row does not come out again, and names it.")
final class AuditCommand implements Callable<Integer> {

    static final String NAME = "audit";

    /** More rows than that are counted, not printed. */
    private static final int PRINTED = 20;
    private static final double SURE = 0.01;

    @Option(names = "--study", paramLabel = "DIR", required = true,
            description = "The folder of the study, such as golden/study/post. Nothing is written there.")
    private Path folder;

    @Option(names = "--rows", paramLabel = "N", defaultValue = "100",
            description = "How many rows are drawn; all, where there are no more. Default: ${DEFAULT-VALUE}.")
    private int rows;

    @Option(names = "--audit-seed", paramLabel = "S",
            description = "Draws the same rows as another audit with that seed. Default: a new one, which is printed.")
    private Long seed;

    @Option(names = "--data", paramLabel = "FILE.csv",
            description = "The file of samples, where the study is of one.")
    private Path data;

    @Mixin
    private EngineOptions engines;

    @Mixin
    private BackendOptions backend;

    @Spec
    private CommandSpec spec;

    @Override
    @SuppressWarnings("try")
    public Integer call() throws IOException {
        engines.requireThreads();
        if (rows < 1) {
            throw new IllegalArgumentException("rows: wanted at least 1, got " + rows);
        }
        StudyTable table = StudyTable.read(folder);
        if (table.rows().isEmpty()) {
            throw new IllegalArgumentException(table.file() + ": wanted rows to train again, got none");
        }
        backend.likeThose(spec, table.basis());
        Problem problem = problem(table);
        StudyEngine engine = backend.engine(spec, engines, null);
        long drawn = seed == null ? new SecureRandom().nextInt(Integer.MAX_VALUE) : seed;
        List<StudyRow> sample = Audit.sample(table.rows(), rows, drawn);
        Console console = new Console(spec.commandLine().getOut());
        console.line("audit: " + sample.size() + " of " + table.rows().size() + " rows of " + table.file()
                + (sample.size() == table.rows().size() ? "" : ", --audit-seed " + drawn));
        List<Audit.Difference> differences;
        try (Interruption interruption = new Interruption(spec); Console.Counter counter = console.count(NAME, sample.size())) {
            differences = Audit.run(problem, sample, engine, counter);
        }
        differences.stream().limit(PRINTED).forEach(difference -> console.line("audit: differs: " + words(difference)));
        if (differences.size() > PRINTED) {
            console.line("audit: and " + (differences.size() - PRINTED) + " more");
        }
        console.line("audit: " + (sample.size() - differences.size()) + " of " + sample.size() + " rows came out again to the "
                + "last bit" + (differences.isEmpty() ? "; " + proves(sample.size(), table.rows().size()) : ""));
        return differences.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private Problem problem(StudyTable table) {
        StudyBasis basis = table.basis();
        if (basis.data().isPresent() != (data != null)) {
            throw new IllegalArgumentException(data == null
                    ? "data: wanted " + basis.data().orElseThrow() + ", on which the study ran, got none; name the file with --data"
                    : "data: wanted none, as the study has samples that are drawn, got " + data + "; leave it out");
        }
        Problem problem = basis.problem(Optional.ofNullable(data), table.rows().get(0).cell().trainSize());
        if (data != null && !problem.fingerprint().entrySet().stream().allMatch(mark ->
                String.valueOf(mark.getValue()).equals(String.valueOf(basis.shared().get(mark.getKey()))))) {
            throw new IllegalArgumentException("data: wanted the file on which the study ran, " + basis + ", got "
                    + problem.fingerprint() + " of " + data);
        }
        return problem;
    }

    /** Each column that differs, as recorded and as it came out. */
    private static String words(Audit.Difference difference) {
        List<String> recorded = difference.recorded().texts(difference.columns());
        List<String> again = difference.again().texts(difference.columns());
        StringBuilder words = new StringBuilder(difference.recorded().cell().toString());
        for (int i = 0; i < recorded.size(); i++) {
            words.append(i == 0 ? ": " : ", ").append(difference.columns().get(i)).append(' ').append(recorded.get(i))
                    .append(" came out as ").append(again.get(i));
        }
        return words.toString();
    }

    private static String proves(int sample, int all) {
        return sample == all ? "that is all of them" : String.format(Locale.ROOT,
                "were more than %.2g %% of all rows wrong, such a sample would have shown one with probability %.0f %%",
                100 * Audit.missedShare(SURE, sample), 100 * (1 - SURE));
    }
}
