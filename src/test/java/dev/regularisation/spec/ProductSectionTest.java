package dev.regularisation.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every test of the product has its section in the report. */
final class ProductSectionTest {

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("a section names packages and classes that exist")
    void prefixesExist(ProductSection section) {
        Path root = Path.of("src", "test", "java", "dev", "regularisation");

        assertThat(section.prefixes()).isNotEmpty().allMatch(prefix -> Files.isDirectory(root.resolve(prefix.replace('.', '/')))
                || Files.isRegularFile(root.resolve(prefix.replace('.', '/') + ".java")));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "training.HistoryTest, LAWS", "training.ReproducibilityTest, PORTABILITY", "training.PostCurvesTest, GOLDEN",
        "golden.GoldenRunsTest, GOLDEN", "golden.HostileGoldenTest, PORTABILITY", "portability.MatrixTest, PORTABILITY",
        "backend.nd4j.Nd4jBackendTest, BACKENDS", "cli.LaunchTest, PORTABILITY", "cli.CommandTest, TOOLS",
        "spec.GateTest, TOOLS", "ArchitectureTest, TOOLS",
    })
    @DisplayName("a class belongs where the longest prefix of its name does")
    void longestPrefix(String name, ProductSection expected) {
        assertThat(ProductSection.of("dev.regularisation." + name)).isEqualTo(expected);
    }

    @Test
    @DisplayName("the sections follow those of the post")
    void order() {
        assertThat(ProductSection.LAWS.ordered()).isEqualTo("%02d Laws and streams".formatted(Section.values().length + 1));
        assertThat(ProductSection.TOOLS.ordered()).isGreaterThan(ProductSection.PORTABILITY.ordered());
    }
}
