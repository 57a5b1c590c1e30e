package dev.regularisation.setting;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One of several things of which a plan chooses one, such as an update rule or a loss, with settings of its own. */
public interface Kind {

    /** Its name in options and files, such as {@code huber}. */
    String id();

    /** Its name in prose and subtitles, such as {@code Huber}. */
    String title();

    /** The settings that mean something to it and, unless they name them too, nothing to other kinds. */
    List<Setting<?>> own();

    /** A setting that chooses one of {@code kinds}. */
    static <K extends Kind> Setting.Draft<K> choice(String title, List<K> kinds) {
        return Setting.choice(title, kinds, Kind::id, Kind::title);
    }

    /** The settings of all kinds, each once, in the order of the kinds. */
    static Stream<Setting<?>> settings(List<? extends Kind> kinds) {
        return kinds.stream().<Setting<?>>flatMap(kind -> kind.own().stream()).distinct();
    }

    /**
     * Refuses a setting that means nothing to the chosen kind.
     *
     * @param what   what there are kinds of, in prose
     * @param chosen the chosen one of {@code kinds}
     * @throws IllegalArgumentException naming the setting and the kinds that have it
     */
    static void requireOwn(String what, Kind chosen, List<? extends Kind> kinds, Settings settings) {
        Stream<Setting<?>> others = settings(kinds).filter(setting -> !chosen.own().contains(setting));
        others.filter(settings::isChosen).findFirst().ifPresent(setting -> {
            throw new IllegalArgumentException(setting.title() + ": wanted none for the " + what + " " + chosen.id() + ", got "
                    + settings.text(setting) + "; leave it out, or choose the " + what + " "
                    + kinds.stream().filter(kind -> kind.own().contains(setting)).map(Kind::id)
                            .collect(Collectors.joining(" or ")));
        });
    }
}
