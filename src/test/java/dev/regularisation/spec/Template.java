package dev.regularisation.spec;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import dev.regularisation.cli.CommandRun;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A document in Markdown with names for values, {@code {{ratio}}}. A name without a value, or a value without a name, is an
 * error, and so is a command that the program does not know.
 *
 * @param name     of the document, for messages
 * @param markdown its text
 */
record Template(String name, String markdown) {

    private static final Pattern ARGUMENTS = Pattern.compile("-Dexec\\.args=\"([^\"]*)\"");

    /** The document of that name beside a class, without its ending. */
    static Template beside(Class<?> type, String name) {
        String file = name + ".md";
        try (InputStream in = type.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(name + ": wanted a page " + file + " beside " + type.getSimpleName()
                        + ".java, got none; write it");
            }
            return new Template(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    /**
     * The text with values for its names.
     *
     * @throws IllegalStateException                  if a name has no value, or a value no name
     * @throws picocli.CommandLine.ParameterException if it gives the program arguments that it does not know
     */
    String filled(Map<String, String> values) {
        Matcher arguments = ARGUMENTS.matcher(markdown);
        while (arguments.find()) {
            CommandRun.parse(arguments.group(1));
        }
        Set<String> asked = new TreeSet<>();
        String filled;
        try {
            filled = Mustache.compiler().escapeHTML(false).compile(markdown).execute((Mustache.CustomContext) asks -> {
                asked.add(asks);
                return values.get(asks);
            });
        } catch (MustacheException e) {
            throw new IllegalStateException(name + ": wanted a value for every name on the page; " + e.getMessage(), e);
        }
        requireNoneLeft(name, values.keySet(), asked);
        return filled;
    }

    /** Fails where something is given that the page has no place for. */
    static void requireNoneLeft(String name, Set<String> given, Set<String> shown) {
        List<String> left = given.stream().filter(one -> !shown.contains(one)).sorted().toList();
        if (!left.isEmpty()) {
            throw new IllegalStateException(name + ": wanted a place on the page for everything that is given, got none for "
                    + left);
        }
    }
}
