package dev.regularisation.setting;

import java.util.List;
import java.util.stream.Collectors;

/** Foreign text in a message: short, and on one line. */
public final class Excerpt {

    private static final int LONGEST = 40;
    private static final int MOST = 12;

    private Excerpt() {
    }

    /** {@code text} in quotes, cut after 40 characters, with those escaped that have no picture of their own. */
    public static String of(String text) {
        StringBuilder result = new StringBuilder("\"");
        text.codePoints().limit(LONGEST).forEach(c -> append(c, result));
        return result.append(text.codePointCount(0, text.length()) > LONGEST ? "…\"" : "\"").toString();
    }

    private static void append(int c, StringBuilder to) {
        switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE, Character.SURROGATE, Character.UNASSIGNED -> to.append(switch (c) {
                        case '\n' -> "\\n";
                        case '\r' -> "\\r";
                        case '\t' -> "\\t";
                        default -> "\\u{%x}".formatted(c);
                    });
            default -> to.appendCodePoint(c);
        }
    }

    /** Names, at most a dozen of them. */
    public static String of(List<String> names) {
        String first = names.stream().limit(MOST).map(Excerpt::of).collect(Collectors.joining(", "));
        return names.size() > MOST ? first + " and " + (names.size() - MOST) + " more" : first;
    }
}
