package dev.regularisation.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

class BytesConverterTest {

    private final BytesConverter converter = new BytesConverter();

    @Test
    @DisplayName("A size is a number of bytes, K, M or G, in either case; what is none, or more than a long holds, is refused")
    void sizes() {
        assertThat(List.of("1", "500000000", "3K", "500m", "8G", "8388607G")).extracting(converter::convert)
                .containsExactly(1L, 500_000_000L, 3L << 10, 500L << 20, 8L << 30, 8_388_607L << 30);
        for (String wrong : List.of("", "0", "0G", "-1", "1.5G", "8T", "G", "8 G", "8GB", "8589934592G", "999999999999G",
                "9999999999999")) {
            assertThatThrownBy(() -> converter.convert(wrong)).as(wrong).isInstanceOf(TypeConversionException.class)
                    .hasMessage("wanted a number of bytes above 0, such as 500000000, 500M or 8G, got \"" + wrong + "\"");
        }
    }
}
