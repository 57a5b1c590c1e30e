package dev.regularisation.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;

/** Pages of the report lose nothing of what a test hands them. */
final class SheetTest {

    @Example
    @Label("a row with a cell more or less than the header is refused with the caption")
    void rows() {
        List<String> header = List.of("method", "loss");

        assertThatThrownBy(() -> new Sheet().table("Losses", header, List.of(List.of("plain"))))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("table \"Losses\": a row has 1 cells, the header 2");
        assertThat(new Sheet().table("Losses", header, List.of(List.of("plain", "0.6"))).html())
                .contains("<th>method</th><th>loss</th>", "<td>plain</td><td>0.6</td>");
    }

    @Example
    @Label("a table as CSV quotes what needs it")
    void tableAsCsv() {
        assertThat(Sheet.csv(List.of("method", "loss, best"), List.of(List.of("plain \"MLP\"", "0.6"))))
                .isEqualTo("method,\"loss, best\"\n\"plain \"\"MLP\"\"\",0.6\n");
    }

    @Example
    @Label("series are attached, and of a page without any its tables")
    void attachments() {
        Sheet sheet = new Sheet().table("Losses", List.of("method"), List.of(List.of("plain")));
        assertThat(sheet.attachments()).containsExactly(new Sheet.Attachment("Losses", "method\nplain\n"));

        sheet.series("all.csv", "loss\n0.123456789012\n");
        assertThat(sheet.attachments()).containsExactly(new Sheet.Attachment("all.csv", "loss\n0.123456789\n"));
    }

    @Example
    @Label("text stands on the page as it is, markup and all")
    void escapes() {
        assertThat(new Sheet().paragraph("a < b & \"c\" > d").html()).contains("<p>a &lt; b &amp; &quot;c&quot; &gt; d</p>");
    }

    @Property
    @Label("a float32 in a series comes back from its nine digits, bit for bit")
    void everyFloat(@ForAll float value) {
        String shortened = Sheet.nineDigits("epoch,loss\n12," + (double) value + "\n");

        assertThat(shortened).startsWith("epoch,loss\n12,").endsWith("\n");
        assertThat(Float.parseFloat(shortened.substring("epoch,loss\n12,".length()).strip())).isEqualTo(value);
    }

    @Example
    @Label("short numbers, whole numbers and words of a series stay as they are")
    void otherText() {
        String csv = "seed,loss,backend\n1234567890123,0.25,nd4j-1.0.0\n-7,1.5e-7,cpu\n";

        assertThat(Sheet.nineDigits(csv)).isEqualTo(csv);
        assertThat(Sheet.nineDigits("0.123456789012345,-1.00000000001E-12")).isEqualTo("0.123456789,-1.00000000E-12");
    }
}
