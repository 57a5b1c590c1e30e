package dev.regularisation.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A CSV file is read for what it says, or refused in one line that tells where it is wrong. */
class TableTest {

    private static final Path FILE = Path.of("d.csv");

    @Test
    @DisplayName("a table may have a byte order mark, any line ends, quotes, blanks around numbers and blank lines")
    void read() {
        Table table = parse("\ufeff\r\n age , \"bmi, \"\"raw\"\"\",\"two\nlines\"\r\n"
                + " 1 ,\"-2.5\", .5\r\n\r\n\"\n7\",+3.,1E-3\r9,1e-50,0\n  \n\n");

        assertThat(table.columns()).containsExactly("age", "bmi, \"raw\"", "two\nlines");
        assertThat(rows(table)).isDeepEqualTo(new double[][] {{1, -2.5, 0.5}, {7, 3, 1e-3}, {9, 1e-50, 0}});
        assertThat(new int[] {table.line(0), table.line(1), table.line(2)}).containsExactly(4, 6, 8);
        assertThat(table.column("two\nlines")).isEqualTo(2);
        assertThat(parse("x\n1\n\n2").rows()).isEqualTo(2);
    }

    @Test
    @DisplayName("what is no table of numbers is refused, naming file, line and column and how to mend it")
    void refusals() {
        Map<String, String> wanted = new LinkedHashMap<>();
        String empty = ": wanted a header and rows of numbers, got an empty file; check that it was saved";
        wanted.put("", empty);
        wanted.put("\ufeff", empty);
        wanted.put("\n \r\n", empty);
        wanted.put("a,b\n\n", ": wanted rows of numbers below the header, got none; add them");
        wanted.put("\na,,b\n1,2,3\n", ", line 2: wanted a name for each column, got none for column 2 of 3; name it, or remove"
                + " the comma too many");
        wanted.put("a,b, a\n1,2,3\n", ", line 1, column \"a\": wanted a name for this column alone, got it for columns 1 and 3;"
                + " rename one");
        wanted.put("a;b\n1,5;2,5\n", ", line 1: wanted columns separated by commas, got \"a;b\"; save the file with commas and"
                + " decimal points");
        wanted.put("a\tb\n1\t2\n", ", line 1: wanted columns separated by commas, got \"a\\tb\"; save the file with commas and"
                + " decimal points");
        wanted.put("a,b,c\n1,2,3\n\n1,2\n", ", line 4, column \"c\": wanted 3 fields, one for each column, got 2; add what is"
                + " missing or remove the row");
        wanted.put("a,b\n1,000,2\n", ", line 2, after column \"b\": wanted 2 fields, one for each column, got 3; write numbers"
                + " without commas inside");
        wanted.put("a,b\n1,\n", number("b", "an empty field, a missing value"));
        wanted.put("a,b\n\"\",1\n", number("a", "an empty field, a missing value"));
        for (String missing : List.of("NA", "na", "NaN", "null", "?")) {
            wanted.put("a,b\n1, " + missing + " \n", number("b", "\"" + missing + "\", a missing value"));
        }
        for (String text : List.of("n/a", "inf", "-Infinity", "0x1p3", "1f", "1_000", "1 000", "٣", ".", "1e", "--1")) {
            wanted.put("a,b\n1," + text + "\n", number("b", "\"" + text + "\""));
        }
        wanted.put("a,b\n1,\"x\u001b[2J\n\u202e\"\n", number("b", "\"x\\u{1b}[2J\\n\\u{202e}\""));
        wanted.put("a,b\n1," + "😀".repeat(50) + "\n", number("b", "\"" + "😀".repeat(40) + "…\""));
        for (String large : List.of("1e39", "-3.4028236e38", "1e999")) {
            wanted.put("a,b\n1," + large + "\n", ", line 2, column \"b\": wanted a number that float32 can hold, below 3.4e38,"
                    + " got \"" + large + "\"; use a larger unit for the column");
        }
        for (String quotes : List.of("\"2\n3,4\n", "\"2\"3\n")) {
            wanted.put("a,\"b\nc\"\n1," + quotes, ", line 3: wanted each quoted field to end in a quote before a comma or line"
                    + " end, got one that does not; close it, and write a quote inside a field twice");
        }
        wanted.put("a,b\r\n1,2\r3,\0\n", ", line 3: wanted text, got a NUL byte; save the table as CSV in UTF-8");

        wanted.forEach((text, message) -> assertThatIllegalArgumentException().as(text).isThrownBy(() -> parse(text))
                .withMessage(FILE + message));
        refused("a,b\n1,2\né,3\n".getBytes(ISO_8859_1), ", line 3: wanted UTF-8, got byte 0xe9; save the file as CSV in UTF-8");
        refused("a,b\n1,2".getBytes(UTF_16), ", line 1: wanted text, got a NUL byte; save the table as CSV in UTF-8");
        assertThatIllegalStateException().isThrownBy(() -> TableReader.parse(FILE, "a,b\n1,2\n".getBytes(UTF_8), 47))
                .withMessage("d.csv: wanted a table that fits into the 0 MiB that this JVM may use, got one of at least 0 MiB;"
                        + " leave out rows or columns, or start Java with a larger -Xmx");
    }

    private static String number(String column, String got) {
        return ", line 2, column \"" + column + "\": wanted a number, got " + got + "; remove the row or fill in a value";
    }

    private static void refused(byte[] bytes, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> TableReader.parse(FILE, bytes, 1000))
                .withMessage(FILE + message);
    }

    @Test
    @DisplayName("so is a file that is not there, is none, or is too large; equal bytes are equal tables")
    void files(@TempDir Path folder) throws IOException {
        Path one = Files.writeString(folder.resolve("one.csv"), "a,b\n1,2\n");
        Path same = Files.copy(one, folder.resolve("same.csv"));
        Path other = Files.writeString(folder.resolve("other.csv"), "a,b\n1,2.0\n");
        assertThat(Table.read(one)).isEqualTo(Table.read(same)).hasSameHashCodeAs(Table.read(same))
                .isNotEqualTo(Table.read(other));
        assertThat(Table.read(one).file()).isEqualTo(one);

        Path large = folder.resolve("large.csv");
        try (RandomAccessFile sparse = new RandomAccessFile(large.toFile(), "rw")) {
            sparse.setLength(1L << 31);
        }
        Map.of(folder.resolve("none.csv"), "a CSV file, got no such file; check the path",
                folder, "a CSV file, got a folder or device; name a file",
                large, "fewer than 2147483583 bytes, to fit one array, got 2147483648; leave out rows or columns")
                .forEach((file, message) -> assertThatIllegalArgumentException().isThrownBy(() -> Table.read(file))
                        .withMessage(file + ": wanted " + message));
        assertThatIllegalStateException().isThrownBy(() -> TableReader.read(one, 7)).withMessageContaining("fits into");
    }

    @Property(tries = 200)
    @Label("data.quoting: names and numbers come back from a file however they are quoted")
    void roundTrip(@ForAll("names") List<String> names, @ForAll @Size(5) List<@IntRange(min = -99, max = 99) Integer> numbers,
            @ForAll QuoteMode mode, @ForAll("lineEnds") String lineEnd) throws IOException {
        StringBuilder text = new StringBuilder();
        double[][] expected = new double[numbers.size()][names.size()];
        CSVFormat format = CSVFormat.RFC4180.builder().setQuoteMode(mode == QuoteMode.NONE ? QuoteMode.ALL : mode)
                .setRecordSeparator(lineEnd).get();
        try (CSVPrinter printer = new CSVPrinter(text, format)) {
            printer.printRecord(names);
            for (double[] row : expected) {
                Arrays.setAll(row, c -> numbers.get(c % 5) / 7.0 * (c + 1));
                printer.printRecord(Arrays.stream(row).boxed());
            }
        }

        Table table = parse(text.toString());

        assertThat(table.columns()).isEqualTo(names);
        assertThat(rows(table)).isDeepEqualTo(expected);
    }

    @Property(tries = 500)
    @Label("data.damaged: of any bytes put into a file, what is said is one short line that begins with its name")
    void damaged(@ForAll("damage") byte[] bytes) {
        try {
            assertThat(TableReader.parse(FILE, bytes, 1 << 20).rows()).isPositive();
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).startsWith("d.csv").hasSizeLessThan(400).doesNotContainPattern("[\\p{Cntrl}\\v]");
        }
    }

    @Provide
    Arbitrary<List<String>> names() {
        return Arbitraries.strings().withChars("ab,\"'\r\n;éß ").ofMinLength(1).ofMaxLength(6).map(String::strip)
                .filter(name -> !name.isEmpty()).list().uniqueElements().ofMinSize(2).ofMaxSize(4);
    }

    @Provide
    Arbitrary<String> lineEnds() {
        return Arbitraries.of("\n", "\r\n", "\r");
    }

    @Provide
    Arbitrary<byte[]> damage() {
        String table = "age,\"b\"\"m,i\"\r\n1,2.5\r\n\"3\",-4e2\r\n";
        Arbitrary<byte[]> put = Arbitraries.oneOf(Arbitraries.bytes(), Arbitraries.of((byte) '\n', (byte) '"', (byte) ','))
                .array(byte[].class).ofMaxSize(8);
        return Combinators.combine(Arbitraries.integers().between(0, table.length()), put).as((at, piece) ->
                (table.substring(0, at) + new String(piece, ISO_8859_1) + table.substring(at)).getBytes(ISO_8859_1));
    }

    private static Table parse(String text) {
        return TableReader.parse(FILE, text.getBytes(UTF_8), 1 << 20);
    }

    private static double[][] rows(Table table) {
        double[][] rows = new double[table.rows()][table.columns().size()];
        for (int row = 0; row < rows.length; row++) {
            int r = row;
            Arrays.setAll(rows[row], c -> table.value(r, c));
        }
        return rows;
    }
}
