package dev.regularisation.cli;

import dev.regularisation.results.Baselines.Baseline;
import dev.regularisation.training.Fit;
import dev.regularisation.training.TrainingResult;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How well models fit, a line each, with the figures one below the other. Two of one title are one line. */
final class FitLines {

    private final Map<String, String> figures = new LinkedHashMap<>();

    void add(String name, TrainingResult.Model model) {
        figures.put(name + " model, epoch " + model.epoch() + ":", text(model.fit()));
    }

    void add(Baseline baseline) {
        String note = baseline.note().orElse("");
        figures.put(baseline.title() + ":",
                baseline.fit().map(fit -> text(fit) + (note.isEmpty() ? "" : " (" + note + ")")).orElse(note));
    }

    private static String text(Fit fit) {
        return String.format(Locale.ROOT, "loss %.4g train, %.4g validation; R2 %.4f train, %.4f validation",
                fit.trainLoss(), fit.validationLoss(), fit.trainR2(), fit.validationR2());
    }

    void print(PrintWriter out) {
        int width = figures.keySet().stream().mapToInt(String::length).max().orElse(0);
        figures.forEach((title, text) -> out.println(title + " ".repeat(width + 1 - title.length()) + text));
    }
}
