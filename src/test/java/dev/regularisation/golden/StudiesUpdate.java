package dev.regularisation.golden;

import dev.regularisation.backend.cpu.CpuBackend;
import dev.regularisation.files.AtomicFiles;
import dev.regularisation.study.Audit;
import dev.regularisation.study.LocalThreads;
import dev.regularisation.study.Study;
import dev.regularisation.study.StudyCell;
import dev.regularisation.study.StudyEngine;
import dev.regularisation.study.StudyListener;
import dev.regularisation.study.StudyLog;
import dev.regularisation.study.StudyRow;
import dev.regularisation.study.StudyTable;
import dev.regularisation.training.TrainingPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes those rows of {@code golden/study} anew that a change of behaviour touches, as {@code mvn verify -Dgolden=update} does
 * before the tests judge them. A plan is touched where one of a few of its rows does not come out again; then all of its rows
 * are trained. What was made lies in {@code target} until the whole run has passed, and an update that was interrupted, or
 * whose tests failed, goes on from there: rows that a further change touches are found in the same way.
 *
 * @param approved the studies, a folder each
 * @param made     where those that changed are made
 * @param engine   trains the runs
 * @param say      what to tell, a line each
 */
public record StudiesUpdate(Path approved, Path made, StudyEngine engine, Consumer<String> say) {

    /** The studies in their place. */
    public static final Path APPROVED = Path.of("golden", "study");

    private static final Path MADE = Path.of("target", "golden-study");
    private static final Map<String, StudyTable> READ = new ConcurrentHashMap<>();
    /** Of each plan: what changes only some seeds is for the audits to find, which draw other rows in each build. */
    private static final int TRIED = 2;
    private static final int THREADS = 2;
    /** How often progress is told. */
    private static final int TWENTIETH = 20;
    private static final double SECONDS_IN_NANO = 1e-9;

    /** Of the studies in their place. */
    public StudiesUpdate() {
        this(APPROVED, MADE, new LocalThreads(CpuBackend::new, THREADS), System.out::println);
    }

    /**
     * Makes what must be made; the build calls it before the tests of an update, but not for one that will be refused.
     *
     * @param args the value of {@code -Dtest}, none or empty when all tests run
     */
    public static void main(String[] args) throws IOException {
        boolean partial = args.length > 0 && !args[0].isEmpty();
        Optional<String> refusal = GoldenUpdate.refusal(
                partial ? GoldenUpdate.Run.PARTIAL : GoldenUpdate.Run.WHOLE_AND_PASSING, System.getenv("CI") != null);
        if (refusal.isPresent()) {
            System.out.println(APPROVED + ": not tried; " + refusal.get());
        } else {
            new StudiesUpdate().make();
        }
    }

    /** Where the tests of this run find a study: the one just made, in an update that made it, else the approved one. */
    public static Path folder(String study) {
        Path fresh = MADE.resolve(study);
        return GoldenUpdate.isAsked() && Files.exists(fresh.resolve(StudyLog.FILE)) ? fresh : APPROVED.resolve(study);
    }

    /** What is in that folder, read once in a JVM: twenty thousand rows take more than a second. */
    public static StudyTable table(String study) {
        return READ.computeIfAbsent(study, name -> {
            try {
                return StudyTable.read(folder(name));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /**
     * What of a study is kept, and what is not.
     *
     * @param table   the approved study
     * @param kept    rows of plans that come out again, and those of other plans that an earlier update made
     * @param touched the cells that are missing of each plan that does not come out again
     * @param seconds that training these will take
     * @param tried   approved rows that were trained to find out
     */
    private record Trial(StudyTable table, List<StudyRow> kept, Map<String, List<StudyCell>> touched, double seconds, int tried) {

        int missing() {
            return touched.values().stream().mapToInt(List::size).sum();
        }
    }

    /** Tries a few rows of every plan, says what is touched and how long making that anew will take, and makes it. */
    void make() throws IOException {
        List<String> studies = names(approved);
        List<Trial> trials = new ArrayList<>();
        for (String study : studies) {
            trials.add(trial(study));
        }
        int rows = trials.stream().mapToInt(trial -> trial.table.rows().size()).sum();
        int missing = trials.stream().mapToInt(Trial::missing).sum();
        String tried = String.format(Locale.ROOT, "%s: %d rows of each plan tried, %,d in all; ", approved, TRIED,
                trials.stream().mapToInt(Trial::tried).sum());
        int plans = trials.stream().mapToInt(trial -> trial.touched.size()).sum();
        if (plans == 0) {
            say.accept(tried + "they come out again, so that no row is made anew");
        } else if (missing == 0) {
            say.accept(tried + "what does not come out again, " + plans + " of the plans, is made already");
        } else {
            say.accept(tried + String.format(Locale.ROOT, "%,d of %,d rows are made anew, which takes about %s:", missing, rows,
                    time(trials.stream().mapToDouble(Trial::seconds).sum())));
        }
        for (int i = 0; i < studies.size(); i++) {
            String study = studies.get(i);
            trials.get(i).touched.forEach((plan, cells) -> say.accept("  " + study + ": " + plan + ", " + cells.size() + " rows"));
        }
        for (int i = 0; i < studies.size(); i++) {
            if (trials.get(i).missing() > 0 || Files.exists(made.resolve(studies.get(i)).resolve(StudyLog.FILE))) {
                make(studies.get(i), trials.get(i));
            }
        }
    }

    private Trial trial(String study) throws IOException {
        StudyTable table = approved(study);
        Map<String, List<StudyRow>> plans = byPlan(table.rows());
        Map<String, List<StudyRow>> earlier = Files.exists(made.resolve(study).resolve(StudyLog.FILE))
                ? byPlan(StudyTable.read(made.resolve(study)).rows()) : Map.of();
        List<StudyRow> kept = new ArrayList<>();
        Map<String, List<StudyCell>> touched = new LinkedHashMap<>();
        double seconds = 0;
        int tried = 0;
        for (Map.Entry<String, List<StudyRow>> plan : plans.entrySet()) {
            List<StudyRow> sample = Audit.sample(plan.getValue(), TRIED, tried);
            long began = System.nanoTime();
            boolean same = comeOutAgain(table, sample);
            double each = SECONDS_IN_NANO * (System.nanoTime() - began) / sample.size();
            tried += sample.size();
            if (same) {
                kept.addAll(plan.getValue());
                continue;
            }
            List<StudyRow> there = earlier.getOrDefault(plan.getKey(), List.of());
            List<StudyRow> again = there.isEmpty() || comeOutAgain(table, Audit.sample(there, TRIED, tried)) ? there : List.of();
            kept.addAll(again);
            Set<StudyCell> done = again.stream().map(StudyRow::cell).collect(Collectors.toSet());
            List<StudyCell> missing =
                    plan.getValue().stream().map(StudyRow::cell).filter(cell -> !done.contains(cell)).toList();
            touched.put(plan.getKey(), missing);
            seconds += each * missing.size();
        }
        return new Trial(table, kept, touched, seconds, tried);
    }

    private StudyTable approved(String study) throws IOException {
        try {
            return StudyTable.read(approved.resolve(study));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + "; where the form of rows has changed, ci/studies.sh makes all studies "
                    + "anew, which takes about two hours", e);
        }
    }

    private boolean comeOutAgain(StudyTable table, List<StudyRow> sample) {
        return Audit.run(table.basis().problem(Optional.empty(), sample.get(0).cell().trainSize()), sample, engine, row -> { })
                .isEmpty();
    }

    /** Rows that differ in their seed or neighbour alone are of one plan. */
    private static Map<String, List<StudyRow>> byPlan(List<StudyRow> rows) {
        return rows.stream().collect(Collectors.groupingBy(row -> row.cell().toString()
                .replaceAll("(, | )" + TrainingPlan.NEIGHBOUR.name() + "=\\d+", "").replaceFirst(", seed -?\\d+$", ""),
                LinkedHashMap::new, Collectors.toList()));
    }

    private void make(String study, Trial trial) throws IOException {
        Path folder = made.resolve(study);
        if (Files.exists(folder.resolve(StudyLog.FILE)) && !Set.copyOf(trial.kept).containsAll(StudyTable.read(folder).rows())) {
            // It has rows of a plan that is touched once more.
            Files.delete(folder.resolve(StudyLog.FILE));
        }
        List<StudyCell> cells = trial.table.rows().stream().map(StudyRow::cell).toList();
        try (StudyLog log = StudyLog.open(folder, trial.table.basis())) {
            log.merge(trial.table.file(), trial.kept);
            Study.run(trial.table.basis().problem(Optional.empty(), cells.get(0).trainSize()), cells, log, engine,
                    progress(study, trial.missing()));
        }
    }

    private StudyListener progress(String study, int missing) {
        AtomicInteger ended = new AtomicInteger();
        long began = System.nanoTime();
        return row -> {
            int now = ended.incrementAndGet();
            if (now * TWENTIETH / missing > (now - 1) * TWENTIETH / missing) {
                double seconds = SECONDS_IN_NANO * (System.nanoTime() - began);
                say.accept(String.format(Locale.ROOT, "  %s: %,d of %,d rows, %s left", study, now, missing,
                        time(seconds / now * (missing - now))));
            }
        };
    }

    private static String time(double seconds) {
        Duration time = Duration.ofSeconds(Math.round(seconds));
        return time.toMinutes() == 0 ? time.toSeconds() + " s" : time.toMinutes() + " min";
    }

    /** Puts what was made in its place, when the whole run has passed; the names of the studies that changed. */
    List<String> approve() throws IOException {
        List<String> changed = new ArrayList<>();
        for (String study : names(made)) {
            Path file = made.resolve(study).resolve(StudyLog.FILE);
            byte[] rows = Files.readAllBytes(file);
            AtomicFiles.write(approved.resolve(study).resolve(StudyLog.FILE), out -> out.write(rows));
            Files.delete(file);
            changed.add(study);
        }
        return changed;
    }

    /** The studies that have rows in a folder. */
    private static List<String> names(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> studies = Files.list(folder)) {
            return studies.filter(study -> Files.exists(study.resolve(StudyLog.FILE))).map(study -> study.getFileName().toString())
                    .sorted().toList();
        }
    }
}
