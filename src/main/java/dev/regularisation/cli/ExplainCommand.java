package dev.regularisation.cli;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Precision;
import dev.regularisation.data.Problems;
import dev.regularisation.sensitivity.BandFile;
import dev.regularisation.sensitivity.Cause;
import dev.regularisation.sensitivity.Explanation;
import dev.regularisation.sensitivity.Explanation.Moment;
import dev.regularisation.sensitivity.SideBySide;
import dev.regularisation.setting.Settings;
import dev.regularisation.training.TrainingPlan;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tells why two runs part. */
@Command(
        name = ExplainCommand.NAME,
        sortOptions = false,
        description = "Trains a plan twice side by side, the second time as --against says, and names the first step in which the two "
                + "take a decision differently, such as a rectifier near 0, and the step that parts them for good: after it they are "
                + "ten times as far apart as ever before, in the parameter that differs most, and stay so.",
        footer = "%nLayers count from 1, units, inputs and samples from 0.")
final class ExplainCommand implements Callable<Integer> {

    static final String NAME = "explain";

    private static final String BACKEND = "backend";
    private static final String PRECISION = "precision";
    private static final String NEIGHBOUR = TrainingPlan.NEIGHBOUR.name();

    @Option(names = "--against", paramLabel = "WHAT=VALUE", split = ",", defaultValue = "neighbour=1",
            description = "In what the second run differs: neighbour=N, precision=FORMAT, backend=NAME, or several with commas. "
                    + "Default: ${DEFAULT-VALUE}.")
    private final Map<String, String> against = new TreeMap<>();

    @Mixin
    private BackendOptions backend;

    @Spec
    private CommandSpec spec;

    /** A run of the plan. */
    private record Side(int neighbour, String backend, Precision precision) {

        String inWords() {
            return BandFile.name(neighbour) + " on " + backend + " in " + BackendOptions.title(precision);
        }
    }

    @Override
    @SuppressWarnings("try")
    public Integer call() {
        Settings chosen = PlanOptions.chosen(spec.commandLine().getParseResult(), TrainingPlan.SETTINGS);
        TrainingPlan plan = new TrainingPlan(Problems.of(chosen), chosen);
        Side one = new Side(plan.get(TrainingPlan.NEIGHBOUR), backend.name(), backend.precision());
        Side other = other(one);
        Supplier<Backend> backends = backend.backends(spec);
        Supplier<Backend> others = backend.with(other.backend, other.precision).backends(spec);
        Console console = new Console(spec.commandLine().getOut());
        Explanation explanation;
        try (Interruption interruption = new Interruption(spec);
                Backend first = backends.get();
                Backend second = others.get();
                Console.Progress progress = console.begin(NAME, plan.epochs())) {
            explanation = SideBySide.explain(plan, other.neighbour, first, second, progress::epochEnded);
        }
        console.line("explain: " + one.inWords() + " and " + other.inWords());
        lines(explanation).forEach(line -> console.line("explain: " + line));
        return ExitCode.OK;
    }

    private Side other(Side one) {
        Set<String> known = Set.of(BACKEND, PRECISION, NEIGHBOUR);
        against.keySet().stream().filter(what -> !known.contains(what)).findFirst().ifPresent(what -> {
            throw new IllegalArgumentException("against: wanted neighbour=N, precision=FORMAT or backend=NAME, got \"" + what + "="
                    + against.get(what) + "\"");
        });
        Side other = new Side(
                against.containsKey(NEIGHBOUR) ? TrainingPlan.NEIGHBOUR.read(against.get(NEIGHBOUR)) : one.neighbour,
                against.getOrDefault(BACKEND, one.backend),
                against.containsKey(PRECISION) ? precision(against.get(PRECISION)) : one.precision);
        if (other.equals(one)) {
            throw new IllegalArgumentException("against: wanted a run that is not " + one.inWords() + ", got that; name another, such "
                    + "as --against neighbour=" + (one.neighbour + 1));
        }
        return other;
    }

    private static Precision precision(String name) {
        return Stream.of(Precision.values()).filter(precision -> BackendOptions.title(precision).equalsIgnoreCase(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("against: wanted precision=float32 or precision=float64, got \""
                        + name + "\""));
    }

    private static Stream<String> lines(Explanation explanation) {
        if (explanation.greatest() == 0) {
            return Stream.of(explanation.steps() + " steps, the same to the last bit: they do not part");
        }
        Stream<String> first = Stream.of(explanation.first().map(moment -> "first decision that differs: " + place(moment) + ": "
                        + causes(moment) + format("; at most %.2g apart before, %.2g after", moment.before(), moment.after()))
                .orElse("no decision differs in any of " + explanation.steps() + " steps"));
        Stream<String> parting = explanation.parting().map(moment -> Stream.of(
                "they part for good at " + place(moment) + format(": at most %.2g apart before, %.2g after, never less than %.2g since, "
                        + (moment.jump() < 100 ? "%.2g" : "%.0f") + " times as far", moment.before(), moment.after(), moment.least(),
                        moment.jump()),
                "because of " + causes(moment),
                "most in " + moment.farthest().inWords() + (moment.isLocated() ? ", of that unit" : ""))).orElseGet(() -> Stream.of(
                "no step parts them for good: none leaves them ten times as far apart as ever before"
                        + (explanation.first().isPresent() ? "" : "; where they grow apart it is smoothly, without a cause to name")));
        return Stream.of(first, parting, Stream.of(format("from %.2g apart at the start to %.2g at the end, %.2g at most",
                explanation.start(), explanation.last(), explanation.greatest()))).flatMap(lines -> lines);
    }

    private static String place(Moment moment) {
        return "epoch " + moment.epoch() + ", batch " + moment.batch();
    }

    private static String causes(Moment moment) {
        if (moment.causes().isEmpty()) {
            return "nothing that is known: no decision differs, and no root that Adam divides by is tiny";
        }
        long more = moment.decided() - moment.causes().size();
        return String.join("; ", moment.causes().stream().map(Cause::inWords).toList()) + (more > 0 ? "; and " + more + " more" : "");
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
