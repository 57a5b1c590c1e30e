package dev.regularisation.spec;

import dev.regularisation.backend.kit.Tolerance;
import dev.regularisation.backend.kit.ToleranceUse.Compared;
import dev.regularisation.backend.kit.ToleranceUse.Used;
import dev.regularisation.backend.kit.ToleranceUse;
import dev.regularisation.plot.Axis;
import dev.regularisation.plot.BarPicture.Bar;
import dev.regularisation.plot.BarPicture;
import dev.regularisation.plot.Palette;
import dev.regularisation.plot.ReferenceLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map.Entry;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * A page of the report for each subject of {@link ToleranceUse}: which tolerance each comparison was allowed, where that
 * comes from, and how much of it was used. Made when all tests have run, whatever their order.
 */
public final class ToleranceReport implements TestExecutionListener {

    private static final String EXACT = Tolerance.exact().name();
    private static final List<String> HEADER = List.of("rule", "quantity", "tolerance, and where it comes from", "numbers",
            "largest error", "of the magnitude", "share used");

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        for (ToleranceUse use : ToleranceUse.all()) {
            boolean kept = use.entries().values().stream().allMatch(used -> used.share() <= 1);
            BackendSheet.publish(page(use), "How much of each tolerance " + use.description() + " used", kept);
            use.clear();
        }
    }

    static Sheet page(ToleranceUse use) {
        Map<Compared, Used> exact = new TreeMap<>(use.entries());
        exact.keySet().removeIf(compared -> !compared.tolerance().equals(EXACT));
        List<Entry<Compared, Used>> rounded = new ArrayList<>(use.entries().entrySet());
        rounded.removeIf(entry -> exact.containsKey(entry.getKey()));
        rounded.sort(Comparator.comparing((Entry<Compared, Used> entry) -> -entry.getValue().share())
                .thenComparing(Entry::getKey));
        Sheet sheet = new Sheet().paragraph("Setup", "Every rule of the contract compares " + use.description() + " with a slow and "
                + "obvious reference in the same precision, number by number, over generated shapes and values. The share "
                + "is the largest error as a part of what the tolerance allowed in that place; 1 would be all of it, and "
                + "the magnitude is the sum of the absolute values that were added up. u is the unit roundoff.");
        if (!rounded.isEmpty()) {
            sheet.table("Where rounding is left open", HEADER, rounded.stream().map(ToleranceReport::row).toList());
            bars(rounded).ifPresent(bars -> sheet.picture(bars.picture()));
        }
        if (!exact.isEmpty()) {
            sheet.table("Where every bit is fixed", List.of("rule", "quantities", "numbers", "differences"), exactRows(exact));
        }
        return sheet.command("Reproduce", "mvn verify -Dtest=" + use.subject() + "*")
                .series(use.subject() + ".csv", use.csv());
    }

    private static List<String> row(Entry<Compared, Used> entry) {
        Compared compared = entry.getKey();
        Used used = entry.getValue();
        return List.of(compared.rule(), compared.quantity(), compared.tolerance() + ": " + compared.why(),
                String.format(Locale.ROOT, "%,d", used.comparisons()), number(used.error()), number(used.relative()),
                number(used.share()));
    }

    private static String number(double value) {
        return value == 0 ? "0" : String.format(Locale.ROOT, value >= 0.01 && value < 1000 ? "%.2f" : "%.1e", value);
    }

    /** One row for each rule: its quantities, and how many of them differed. */
    private static List<List<String>> exactRows(Map<Compared, Used> exact) {
        Map<String, List<Entry<Compared, Used>>> byRule = new TreeMap<>();
        exact.entrySet().forEach(entry -> byRule.computeIfAbsent(entry.getKey().rule(), rule -> new ArrayList<>()).add(entry));
        return byRule.entrySet().stream().map(rule -> List.of(rule.getKey(),
                String.join(", ", rule.getValue().stream().map(entry -> entry.getKey().quantity()).toList()),
                String.format(Locale.ROOT, "%,d", rule.getValue().stream().mapToLong(e -> e.getValue().comparisons()).sum()),
                rule.getValue().stream().allMatch(e -> e.getValue().share() == 0) ? "none" : "some")).toList();
    }

    /** The shares on a logarithmic axis, which has no place for those of nothing; empty where there are no others. */
    private static Optional<BarPicture> bars(List<Entry<Compared, Used>> rounded) {
        List<Bar> bars = rounded.stream()
                .filter(entry -> entry.getValue().share() > 0 && entry.getValue().share() < Double.POSITIVE_INFINITY)
                .map(entry -> Bar.of(entry.getKey().rule() + ": " + entry.getKey().quantity(), Palette.BLUE,
                        entry.getValue().share())).toList();
        return bars.isEmpty() ? Optional.empty() : Optional.of(new BarPicture(
                "What was used of each tolerance", "Largest error as a part of what was allowed; equal results are not shown",
                Axis.log("Share of the tolerance").covering(1, 1), bars, List.of(ReferenceLine.vertical("All of it", 1))));
    }
}
