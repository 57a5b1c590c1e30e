package dev.regularisation.spec;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The data of a report in one file, packed: Allure writes each file of an ordinary report as Base64 of what it holds, of which
 * a browser reads all before it shows anything. Here it is Base64 of gzip streams, one for each large file and one for all small
 * ones, and the browser unpacks a file when a page asks for it: less than half as long a report. Allure's pages await the property of
 * {@code reportData} that has the file's name, so that a promise serves them as well as text. Its scripts and styles, which it
 * writes as addresses of data, stand as they are, so that the browser need not fetch them from itself.
 */
final class PackedData {

    /** A file of more bytes has a stream of its own. */
    private static final int LARGE = 6000;

    /** Allure's own function, which keeps a file as it comes. */
    private static final Pattern KEEPS = Pattern.compile(
            "function d\\(name, value\\)\\{\\s*return new Promise\\(.*?\\);\\s*}(?=\\s*</script>)", Pattern.DOTALL);
    private static final Pattern SCRIPT = Pattern.compile("<script src=\"data:text/javascript;base64,([^\"]*)\"></script>");
    private static final Pattern STYLE = Pattern.compile(
            "<link rel=\"stylesheet\" type=\"text/css\" href=\"data:text/css;base64,([^\"]*)\">");

    /** Keeps the promise in the place of the property once a page has asked: what is read twice is unpacked once. */
    static final String UNPACKS = """
            function d(name, packed) {
                        file(name, async () => base64(await unpacked(packed)));
                        return Promise.resolve(true);
                    }
                    function small(names, packed) {
                        let all;
                        for (const name of names) {
                            file(name, async () => {
                                all = all || unpacked(packed).then(blob => blob.text()).then(JSON.parse);
                                return base64(new Blob([(await all)[name]]));
                            });
                        }
                        return Promise.resolve(true);
                    }
                    function file(name, read) {
                        Object.defineProperty(window.reportData, name, {configurable: true, get: function () {
                            const content = read();
                            Object.defineProperty(window.reportData, name, {value: content});
                            return content;
                        }});
                    }
                    async function unpacked(packed) {
                        if (!window.DecompressionStream) {
                            document.getElementById('content').textContent = 'This report needs a browser that knows '
                                + 'DecompressionStream (every large one since May 2023); please open it with a newer one.';
                        }
                        const bytes = Uint8Array.from(atob(packed), character => character.charCodeAt(0));
                        return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).blob();
                    }
                    async function base64(blob) {
                        const reader = new FileReader();
                        const read = new Promise((resolve, reject) => { reader.onload = resolve; reader.onerror = reject; });
                        reader.readAsDataURL(blob);
                        await read;
                        return reader.result.slice(reader.result.indexOf(',') + 1);
                    }""";

    private PackedData() {
    }

    /** Whether the report hands its files to the function that {@link #unpacking} replaces. */
    static boolean isKnown(String html) {
        return KEEPS.matcher(html).find();
    }

    /** The report with a function that unpacks its files, which are to be {@link #pack packed}. */
    static String unpacking(String html) {
        return KEEPS.matcher(html).replaceFirst(Matcher.quoteReplacement(UNPACKS));
    }

    /** Scripts and styles where they are addressed as data. */
    static String inlined(String html) {
        String scripts = SCRIPT.matcher(html).replaceAll(script -> Matcher.quoteReplacement(
                "<script>" + text(script.group(1)).replace("</script", "<\\/script") + "</script>"));
        return STYLE.matcher(scripts).replaceAll(style -> Matcher.quoteReplacement("<style>" + text(style.group(1)) + "</style>"));
    }

    private static String text(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    /** Calls of the functions that unpack: large files each, then the small ones, which are text. */
    static String packed(Map<String, byte[]> files) {
        List<String> calls = new ArrayList<>();
        Map<String, String> small = new LinkedHashMap<>();
        files.forEach((name, file) -> {
            if (file.length > LARGE) {
                calls.add("d('" + name + "','" + pack(file) + "')");
            } else {
                small.put(name, new String(file, StandardCharsets.UTF_8));
            }
        });
        ObjectMapper json = new ObjectMapper();
        calls.add("small(" + json.valueToTree(small.keySet()) + ",'"
                + pack(json.valueToTree(small).toString().getBytes(StandardCharsets.UTF_8)) + "')");
        return String.join(",\n", calls);
    }

    /** Base64 of the gzip stream of a file's bytes. */
    private static String pack(byte[] file) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(packed.toByteArray());
    }

    /** The bytes of a file that was {@link #pack packed}. */
    static byte[] unpack(String packed) throws IOException {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(packed)))) {
            return gzip.readAllBytes();
        }
    }
}
