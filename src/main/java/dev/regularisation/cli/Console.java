package dev.regularisation.cli;

import dev.regularisation.study.StudyListener;
import dev.regularisation.study.StudyRow;
import dev.regularisation.training.History;
import dev.regularisation.training.ProgressListener;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jline.terminal.TerminalBuilder;

/** Tells of runs under way: a progress bar each on a terminal, a line at the end of each elsewhere. */
final class Console {

    private static final int REFRESH_MILLIS = 100;

    private final PrintWriter out;
    private final boolean interactive;

    Console(PrintWriter out) {
        this(out, isTerminal());
    }

    Console(PrintWriter out, boolean interactive) {
        this.out = out;
        this.interactive = interactive;
    }

    /** From JDK 22 on a console exists without a terminal too, and says which. */
    private static boolean isTerminal() {
        java.io.Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    /** Follows a run that begins now. */
    Progress begin(String title, int epochs) {
        return new Progress(title, epochs);
    }

    /** Prints a line. */
    synchronized void line(String text) {
        out.println(text);
        out.flush();
    }

    /** One run under way. */
    final class Progress implements ProgressListener, AutoCloseable {

        private final String title;
        private final long started = System.nanoTime();
        private final ProgressBar bar;

        private Progress(String title, int epochs) {
            this.title = title;
            this.bar = interactive ? bar(title, epochs, " epochs") : null;
        }

        @Override
        public void epochEnded(int epoch, double trainLoss, double validationLoss) {
            if (bar != null) {
                bar.stepTo(epoch);
                bar.setExtraMessage(String.format(Locale.ROOT, "validation %.4g", validationLoss));
            }
        }

        /** An epoch of a run whose losses nobody asks for. */
        void epochEnded(int epoch) {
            if (bar != null) {
                bar.stepTo(epoch);
            }
        }

        /** Says how the run ended. */
        void ended(History history) {
            if (bar == null) {
                double seconds = (System.nanoTime() - started) * 1e-9;
                line(String.format(Locale.ROOT, "%s: %d epochs, best validation loss %.4f at epoch %d (%.1f s)",
                        title, history.epochs(), history.validationLoss(history.bestEpoch()), history.bestEpoch(), seconds));
            }
        }

        @Override
        public void close() {
            if (bar != null) {
                bar.close();
            }
        }
    }

    /** Counts {@code total} jobs that begin now. */
    Counter count(String title, long total) {
        return new Counter(title, total);
    }

    /** Jobs under way: a bar with the time left on a terminal, a line at each tenth elsewhere. */
    final class Counter implements StudyListener, AutoCloseable {

        private final String title;
        private final long total;
        private final long started = System.nanoTime();
        private final ProgressBar bar;
        private long done;
        /** Who is at work, where not this machine alone. */
        private String team = "";

        private Counter(String title, long total) {
            this.title = title;
            this.total = total;
            this.bar = interactive && total > 0 ? bar(title, total, " runs") : null;
        }

        @Override
        public void remark(String text) {
            line(title + ": " + text);
        }

        /** Runs that are trained together end together: until then their epochs are what there is to see. */
        @Override
        public synchronized void epochEnded(int runs, int epoch, int epochs) {
            if (bar != null) {
                bar.setExtraMessage(String.format(Locale.ROOT, "%d runs at epoch %d of %d", runs, epoch, epochs));
            } else if (epoch > 0 && epoch * 4 / epochs > (epoch - 1) * 4 / epochs && epoch < epochs) {
                line(String.format(Locale.ROOT, "%s: %d %s, epoch %d of %d", title, runs, runs == 1 ? "run" : "runs together",
                        epoch, epochs));
            }
        }

        @Override
        public synchronized void atWork(int workers) {
            team = workers + (workers == 1 ? " worker" : " workers");
            if (bar != null) {
                bar.setExtraMessage(team);
            }
        }

        @Override
        public void ended(StudyRow row) {
            step();
        }

        /** One more is done. */
        synchronized void step() {
            done++;
            if (bar != null) {
                bar.step();
            } else if (done * 10 / total > (done - 1) * 10 / total) {
                double seconds = (System.nanoTime() - started) * 1e-9;
                line(String.format(Locale.ROOT, "%s: %d of %d runs, about %.0f s left%s", title, done, total,
                        seconds / done * (total - done), team.isEmpty() ? "" : "; " + team));
            }
        }

        @Override
        public void close() {
            if (bar != null) {
                bar.close();
            }
        }
    }

    /**
     * The terminal of all bars, which leaves Ctrl-C to this JVM: one that the bars made for themselves would have the system end it,
     * at once and without a word.
     */
    private static final class OwnSignals {

        static {
            try {
                TerminalBuilder.setTerminalOverride(TerminalBuilder.builder().dumb(true).nativeSignals(false).build());
            } catch (IOException e) {
                throw new UncheckedIOException("terminal: wanted one to draw progress on, got none", e);
            }
        }

        private OwnSignals() {
        }

        static void keep() {
            // The class is initialised once.
        }
    }

    private static ProgressBar bar(String title, long total, String unit) {
        OwnSignals.keep();
        return new ProgressBarBuilder().setTaskName(title).setInitialMax(total).setUnit(unit, 1)
                .setStyle(ProgressBarStyle.ASCII).setUpdateIntervalMillis(REFRESH_MILLIS).build();
    }
}
