package dev.regularisation.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A packed report has every file of Allure's report, in less room; that a browser unpacks them, the walk through it shows. */
final class PackedDataTest {

    private static final String ALLURES = """
            <script async>
                window.reportDataReady = false;
                function d(name, value){
                    return new Promise(function (resolve) {window.reportData[name] = value;resolve(true)});
                }
            </script>
            """;
    private static final Pattern FILE = Pattern.compile("d\\('data/suites\\.json','([^']*)'\\)");

    private static final Pattern SMALL = Pattern.compile("small\\(\\[\"a\\.txt\",\"b\\.json\"],'([^']*)'\\)");

    @TempDir
    private Path folder;

    @Test
    @DisplayName("every file stays with all its bytes, in less room, and what kept it now unpacks it")
    void packs() throws IOException {
        String suites = "{\"children\":[" + "{\"name\":\"λ\"},".repeat(500) + "]}";

        String finished = SingleFile.finish(ALLURES + SingleFileTest.entry("data/suites.json", suites) + ",\n"
                + SingleFileTest.entry("a.txt", "μ") + "," + SingleFileTest.entry("b.json", "{}"));

        Matcher file = FILE.matcher(finished);
        assertThat(file.find()).isTrue();
        assertThat(PackedData.unpack(file.group(1))).asString(StandardCharsets.UTF_8).isEqualTo(suites);
        assertThat(file.group(1).length()).isLessThan(suites.length() / 10);
        Matcher small = SMALL.matcher(finished);
        assertThat(small.find()).isTrue();
        assertThat(PackedData.unpack(small.group(1))).asString(StandardCharsets.UTF_8).isEqualTo("{\"a.txt\":\"μ\",\"b.json\":\"{}\"}");
        assertThat(finished).contains("DecompressionStream('gzip')", "window.reportDataReady = false;", "</script>")
                .doesNotContain("window.reportData[name] = value");
    }

    @Test
    @DisplayName("scripts and styles that are addressed as data stand as they are, and end where they end")
    void inlined() {
        String script = "a('</script>$1')";
        String style = "b{content:'$1'}";

        assertThat(PackedData.inlined("<script src=\"data:text/javascript;base64," + base64(script) + "\"></script>"
                + "<link rel=\"stylesheet\" type=\"text/css\" href=\"data:text/css;base64," + base64(style) + "\">"))
                .isEqualTo("<script>a('<\\/script>$1')</script><style>b{content:'$1'}</style>");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    @DisplayName("a report that keeps its files in another way stays as it is, and that is a problem")
    void unknown() throws IOException {
        String report = "<script>function keep(file) {}</script>" + SingleFileTest.entry("data/suites.json", "{}");
        Path written = Files.writeString(folder.resolve("index.html"), report);

        assertThat(SingleFile.finish(written)).singleElement().asString().contains("wanted Allure's function that keeps the files");
        assertThat(written).hasContent(report);
    }
}
