package dev.regularisation.setting;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Something that a plan can choose, declared once: its name in files, its option on the command line, what it means, what it
 * is when nobody says, how it is read and checked, and how it reads in a subtitle. Options, help, README's table, JSON,
 * golden files and subtitles are made from it.
 *
 * <p>Two settings of one name are the same setting. A value of null stands for what was left out, where the standard is no
 * fixed value but follows from the rest of a plan.
 *
 * @param <T> the type of its values: immutable, with {@code equals}
 */
public final class Setting<T> {

    private final String title;
    private final String name;
    private final String option;
    private final String label;
    private final String meaning;
    private final T standard;
    private final String standardText;
    private final Function<String, T> reader;
    private final Function<T, Object> writer;
    private final Function<T, Object> shown;
    private final Consumer<T> check;
    private final String phrase;
    private final boolean always;

    private Setting(Draft<T> draft, T standard, String standardText) {
        this.title = draft.title;
        this.name = draft.title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
        this.option = draft.option;
        this.label = draft.label;
        this.meaning = Objects.requireNonNull(draft.meaning, title);
        this.reader = draft.reader;
        this.writer = draft.writer;
        this.shown = draft.shown;
        this.check = draft.check;
        this.phrase = draft.phrase;
        this.always = draft.always;
        this.standard = standard;
        this.standardText = standardText;
    }

    /** A number, such as a rate. */
    public static Draft<Double> real(String title) {
        return new Draft<>(title, "X", reading("a number", Double::valueOf), value -> value);
    }

    /** A whole number of 32 bits, such as a count. */
    public static Draft<Integer> whole(String title) {
        return new Draft<>(title, "N", reading("a whole number of at most 32 bits", Integer::valueOf), value -> value);
    }

    /** A whole number of 64 bits, such as a seed. */
    public static Draft<Long> longWhole(String title) {
        return new Draft<>(title, "N", reading("a whole number of at most 64 bits", Long::valueOf), value -> value);
    }

    /** Something that is on or off. Off is the standard; its option takes no value. */
    public static Draft<Boolean> flag(String title) {
        return new Draft<>(title, null, Setting::truth, value -> value);
    }

    /** Text on one line, such as the name of a file. */
    public static Draft<String> text(String title) {
        return new Draft<String>(title, "TEXT", value -> value, value -> value).check(value -> {
            // Else no message that repeats it would be a line.
            if (value.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException(title + ": wanted text on one line, got " + Excerpt.of(value));
            }
        });
    }

    /** Whole numbers, separated by commas. */
    public static Draft<List<Integer>> wholes(String title) {
        return new Draft<>(title, "N,N,...", list("whole numbers", Integer::valueOf), value -> value);
    }

    /** Numbers, separated by commas. */
    public static Draft<List<Double>> reals(String title) {
        return new Draft<>(title, "X,X,...", list("numbers", Double::valueOf), value -> value);
    }

    /**
     * One of several things.
     *
     * @param name  of each, in options and files; case does not matter in reading it
     * @param shown of each, in subtitles
     */
    public static <C> Draft<C> choice(
            String title, List<C> choices, Function<C, String> name, Function<C, String> shown) {
        List<String> names = choices.stream().map(name).toList();
        Function<String, C> reader = text -> choices.stream()
                .filter(choice -> name.apply(choice).equalsIgnoreCase(text.strip())).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "wanted one of " + String.join(", ", names) + ", got " + Excerpt.of(text)));
        Draft<C> draft = new Draft<>(title, "NAME", reader, name::apply);
        draft.shown = shown::apply;
        draft.names = names.size() < 2 ? String.join("", names)
                : String.join(", ", names.subList(0, names.size() - 1)) + " or " + names.get(names.size() - 1);
        return draft;
    }

    private static <C> Function<String, C> reading(String what, Function<String, C> reader) {
        return text -> {
            try {
                return reader.apply(text.strip());
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("wanted " + what + ", got " + Excerpt.of(text), e);
            }
        };
    }

    private static <C> Function<String, List<C>> list(String what, Function<String, C> reader) {
        Function<String, C> one = reading(what + " separated by commas", reader);
        return text -> Stream.of(text.split(",", -1)).map(part -> {
            try {
                return one.apply(part);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("wanted " + what + " separated by commas, got " + Excerpt.of(text), e);
            }
        }).toList();
    }

    private static Boolean truth(String text) {
        String value = text.strip().toLowerCase(Locale.ROOT);
        if (!List.of("true", "false").contains(value)) {
            throw new IllegalArgumentException("wanted true or false, got " + Excerpt.of(text));
        }
        return Boolean.valueOf(value);
    }

    /** A setting being declared. Everything but its meaning and its standard has a usual form. */
    public static final class Draft<T> {

        private final String title;
        private final Function<String, T> reader;
        private final Function<T, Object> writer;
        private Function<T, Object> shown;
        private String option;
        private String label;
        private String names = "";
        private String meaning;
        private Consumer<T> check = value -> {
        };
        private String phrase;
        private boolean always;

        private Draft(String title, String label, Function<String, T> reader, Function<T, Object> writer) {
            this.title = title;
            this.option = "--" + title.toLowerCase(Locale.ROOT).replace(' ', '-');
            this.label = label;
            this.reader = reader;
            this.writer = writer;
            this.shown = writer;
        }

        /** The option, where it is not the title with dashes. */
        public Draft<T> option(String name) {
            option = name;
            return this;
        }

        /** What stands for the value in help, such as {@code RATE}. */
        public Draft<T> label(String name) {
            label = name;
            return this;
        }

        /** What it means, in a sentence; {@code {}} stands for the names of what there is to choose from. */
        public Draft<T> means(String sentence) {
            meaning = sentence.replace("{}", names);
            return this;
        }

        /**
         * What throws {@link IllegalArgumentException}, naming what was wanted and what came, where a value makes no sense;
         * added to earlier checks.
         */
        public Draft<T> check(Consumer<T> test) {
            check = check.andThen(test);
            return this;
        }

        /** How it reads in a subtitle where it is not the standard; {@code {}} stands for the value. */
        public Draft<T> reads(String text) {
            phrase = text;
            return this;
        }

        /** The same, wherever it has a value: a reader wants to see it in every subtitle. */
        public Draft<T> alwaysReads(String text) {
            always = true;
            return reads(text);
        }

        /** How a value reads in that text, where not as in files. */
        public Draft<T> shows(Function<T, Object> form) {
            shown = form;
            return this;
        }

        /** The setting, with the value that it has when nobody says. */
        public Setting<T> standard(T value) {
            return new Setting<>(this, value, null);
        }

        /** The setting, whose standard follows from the rest of a plan, in words such as "the full batch". */
        public Setting<T> leftOut(String words) {
            return new Setting<>(this, null, words);
        }
    }

    /** Its name in prose and errors, such as {@code learning rate}. */
    public String title() {
        return title;
    }

    /** Its name in files, such as {@code learning_rate}. */
    public String name() {
        return name;
    }

    /** Its option, such as {@code --lr}. */
    public String option() {
        return option;
    }

    /** What stands for the value in help; nothing for a flag. */
    public Optional<String> label() {
        return Optional.ofNullable(label);
    }

    /** What it means, in a sentence. */
    public String meaning() {
        return meaning;
    }

    /** Its value when nobody says; null where that follows from the rest of a plan. */
    public T standard() {
        return standard;
    }

    /** The standard in words: as an option would take it, or what it follows from. */
    public String standardText() {
        return standardText == null ? text(standard) : standardText;
    }

    /**
     * Reads a value, as an option takes it and {@link #text} writes it.
     *
     * @throws IllegalArgumentException saying what was wanted and what came, but not of which setting
     */
    public T read(String text) {
        return reader.apply(text);
    }

    /** Throws {@link IllegalArgumentException} where {@code value} makes no sense. */
    public void check(T value) {
        if (value != null) {
            check.accept(value);
        }
    }

    /** A value as JSON has it: a number, a truth, a text or a list of these. */
    public Object json(T value) {
        return writer.apply(value);
    }

    /** A value as an option takes it. */
    public String text(T value) {
        return json(value) instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining(",")) : String.valueOf(json(value));
    }

    /**
     * How a value reads in a subtitle, if it is to be mentioned there.
     *
     * @param number how numbers are printed
     */
    public Optional<String> phrase(T value, Function<Number, String> number) {
        if (phrase == null || value == null || !always && value.equals(standard)) {
            return Optional.empty();
        }
        Object said = shown.apply(value);
        Object[] parts = said instanceof List<?> list ? list.toArray() : new Object[] {said};
        return Optional.of(phrase.replace("{}", Arrays.stream(parts)
                .map(part -> part instanceof Number n ? number.apply(n) : String.valueOf(part))
                .collect(Collectors.joining(", "))));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Setting<?> that && title.equals(that.title);
    }

    @Override
    public int hashCode() {
        return title.hashCode();
    }

    @Override
    public String toString() {
        return title;
    }
}
