package dev.regularisation.spec;

import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a browser paints of a report in one file while it reads the rest: the page with which the report opens, where Allure's own
 * program will show it, which takes two seconds to be there. It gives way to that one, or to the page that a reader chose
 * before.
 */
final class FirstPage {

    private static final Pattern BODY = Pattern.compile("<body>");

    private FirstPage() {
    }

    /**
     * A report that paints a page first.
     *
     * @param address of the page in the report, such as {@code #testresult/1a}
     * @param title   its title
     * @param page    its text in HTML
     */
    static String in(String report, String address, String title, String page) {
        try (InputStream template = FirstPage.class.getResourceAsStream("first-page.html")) {
            String body = Mustache.compiler().escapeHTML(false).compile(new String(template.readAllBytes(), StandardCharsets.UTF_8))
                    .execute(Map.of("address", address, "title", title, "page", page)).stripTrailing();
            return BODY.matcher(report).replaceFirst(Matcher.quoteReplacement(body));
        } catch (IOException e) {
            throw new UncheckedIOException("first-page.html cannot be read", e);
        }
    }
}
