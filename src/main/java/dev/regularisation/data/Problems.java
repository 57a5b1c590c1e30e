package dev.regularisation.data;

import dev.regularisation.setting.Setting;
import dev.regularisation.setting.Settings;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The problems that settings can ask for. To add one is to write its class, with settings of its own, and a line here. */
public final class Problems {

    private static final List<Entry> ALL = List.of(
            new Entry("samples of a file (--data)", settings -> settings.get(TableProblem.DATA) != null, TableProblem.SETTINGS,
                    TableProblem::of),
            new Entry("samples that are drawn", settings -> true, LinearProblem.SETTINGS, LinearProblem::of));

    private static final List<Setting<?>> SETTINGS =
            ALL.stream().<Setting<?>>flatMap(entry -> entry.own().stream()).distinct().toList();

    /**
     * One problem.
     *
     * @param what  its samples in prose, with what asks for them unless nothing need
     * @param asked whether settings ask for it; the first that is asked for is meant
     * @param own   settings that mean something to it
     * @param maker makes it from settings
     */
    private record Entry(String what, Predicate<Settings> asked, List<Setting<?>> own, Function<Settings, Problem> maker) {
    }

    private Problems() {
    }

    /** The settings of all problems. */
    public static List<Setting<?>> settings() {
        return SETTINGS;
    }

    /**
     * The problem that settings ask for; samples in files are read now.
     *
     * @throws IllegalArgumentException where a setting makes no sense, or means nothing to the problem
     */
    public static Problem of(Settings settings) {
        Entry meant = ALL.stream().filter(entry -> entry.asked().test(settings)).findFirst().orElseThrow();
        List<Setting<?>> others = SETTINGS.stream().filter(setting -> !meant.own().contains(setting)).toList();
        settings.firstChosen(others).ifPresent(setting -> {
            throw new IllegalArgumentException(setting.title() + ": wanted none for " + meant.what() + ", got "
                    + settings.text(setting) + "; leave it out, or choose "
                    + ALL.stream().filter(entry -> entry.own().contains(setting)).map(Entry::what)
                            .collect(Collectors.joining(" or ")));
        });
        return meant.maker().apply(settings);
    }
}
