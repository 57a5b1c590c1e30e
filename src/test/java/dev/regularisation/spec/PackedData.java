package dev.regularisation.spec;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The data of a report in one file, packed: Allure writes each file of an ordinary report as Base64 of what it holds, of which
 * a browser reads all before it shows anything. Here it is Base64 of a gzip stream, and the browser unpacks a file when a page
 * asks for it: half as long a report, read in half the time. Allure's pages await the property of {@code reportData} that has
 * the file's name, so that a promise serves them as well as text.
 */
final class PackedData {

    /** Allure's own function, which keeps a file as it comes. */
    private static final Pattern KEEPS = Pattern.compile(
            "function d\\(name, value\\)\\{\\s*return new Promise\\(.*?\\);\\s*}(?=\\s*</script>)", Pattern.DOTALL);

    /** Keeps the promise in the place of the property once a page has asked: what is read twice is unpacked once. */
    static final String UNPACKS = """
            function d(name, packed) {
                        Object.defineProperty(window.reportData, name, {configurable: true, get: function () {
                            const file = unpacked(packed);
                            Object.defineProperty(window.reportData, name, {value: file});
                            return file;
                        }});
                        return Promise.resolve(true);
                    }
                    async function unpacked(packed) {
                        if (!window.DecompressionStream) {
                            document.getElementById('content').textContent = 'This report needs a browser that knows '
                                + 'DecompressionStream (every large one since May 2023); please open it with a newer one.';
                        }
                        const bytes = Uint8Array.from(atob(packed), character => character.charCodeAt(0));
                        const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
                        const reader = new FileReader();
                        const read = new Promise((resolve, reject) => { reader.onload = resolve; reader.onerror = reject; });
                        reader.readAsDataURL(await new Response(stream).blob());
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

    /** Base64 of the gzip stream of a file's bytes. */
    static String pack(byte[] file) {
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
