package dev.regularisation.cli;

import dev.regularisation.study.StudyBasis;
import dev.regularisation.study.StudyLog;
import dev.regularisation.study.StudyTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts parts of a study together. */
@Command(
        name = MergeCommand.NAME,
        sortOptions = false,
        description = "Puts the rows of several studies, such as parts made with study --shard, into one study.csv. A run may be "
                + "in several of them, with the same row; a row that differs is refused, and nothing is written.")
final class MergeCommand implements Callable<Integer> {

    static final String NAME = "merge";

    @Parameters(paramLabel = "DIR", arity = "1..*", description = "Folders of the studies, which stay as they are.")
    private List<Path> folders;

    @Mixin
    private OutputFolder output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        List<StudyTable> tables = new ArrayList<>();
        for (Path folder : folders) {
            tables.add(StudyTable.read(folder));
        }
        StudyBasis basis = tables.get(0).basis();
        for (StudyTable table : tables) {
            if (!table.basis().equals(basis)) {
                throw new IllegalArgumentException(table.file() + ": wanted rows of runs on " + basis + ", as in "
                        + tables.get(0).file() + ", got rows on " + table.basis());
            }
        }
        Path folder = output.writable(spec, List.of());
        int rows;
        try (StudyLog log = StudyLog.open(folder, basis)) {
            tables.forEach(table -> log.merge(table.file(), table.rows()));
            log.end();
            rows = log.rows().size();
        }
        spec.commandLine().getOut().println("merge: " + rows + " rows" + unfinished(tables));
        spec.commandLine().getOut().println("Results: " + folder.toAbsolutePath().normalize());
        spec.commandLine().getOut().flush();
        return 0;
    }

    private static String unfinished(List<StudyTable> tables) {
        List<String> open = tables.stream().filter(table -> !table.ended()).map(table -> table.file().toString()).toList();
        return open.isEmpty() ? "" : "; not ended when they were read: " + String.join(", ", open);
    }
}
