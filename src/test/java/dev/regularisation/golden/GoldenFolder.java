package dev.regularisation.golden;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Compares what a test got with its golden file. */
final class GoldenFolder {

    /** The golden files. */
    static final Path APPROVED = Path.of("golden", "cpu");

    private GoldenFolder() {
    }

    /**
     * Leaves {@code got} in {@link GoldenUpdate#RECEIVED} and compares it.
     *
     * @throws AssertionError if there is no golden file or it differs, naming the first and the worst difference; the report
     * then has both texts and, of a run, both curves
     */
    static void check(String name, GoldenText got) throws IOException {
        Files.createDirectories(GoldenUpdate.RECEIVED);
        Files.writeString(GoldenUpdate.RECEIVED.resolve(name), got.toString(), StandardCharsets.UTF_8);
        if (!GoldenUpdate.isAsked()) {
            check(APPROVED.resolve(name), got, Evidence.REPORT);
        }
    }

    static void check(Path approved, GoldenText got, Evidence evidence) throws IOException {
        String text = got.toString();
        if (!Files.exists(approved)) {
            evidence.attach("Received", text);
            throw new AssertionError("golden file " + approved + " is missing. " + GoldenDifference.REMEDY);
        }
        // Bytes that are no UTF-8 become signs that break the checksum, whose message helps more than a decoder's.
        String expected = new String(Files.readAllBytes(approved), StandardCharsets.UTF_8);
        if (expected.equals(text)) {
            return;
        }
        evidence.attach("Received", text);
        evidence.attach("Golden file", expected);
        Map<String, String> values = GoldenText.parse(approved.toString(), expected);
        got.history().ifPresent(history -> evidence.attach("Both curves", "image/png",
                GoldenPicture.of(approved.toString(), values, history).png()));
        throw new AssertionError(new GoldenDifference(approved.toString(), values, got.values()).message());
    }
}
