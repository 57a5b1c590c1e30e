package dev.regularisation.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The report says where it was made, and files every failure under one category. */
final class ReportFactsTest {

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of("Claim refuted", "at dev.regularisation.spec.rules.L1GradientTest.showcase(L1GradientTest.java:40)"),
                Arguments.of("Claim refuted", "at dev.regularisation.backend.cpu.CpuBackend.gemm(CpuBackend.java:1)\n"
                        + "at dev.regularisation.spec.rules.MlpOverfitsTest.everyBackend(MlpOverfitsTest.java:66)"),
                Arguments.of("Golden drift", "at dev.regularisation.golden.GoldenFolder.check(GoldenFolder.java:50)\n"
                        + "at dev.regularisation.golden.GoldenRunsTest.postRun(GoldenRunsTest.java:44)"),
                Arguments.of("Backend mismatch", "at dev.regularisation.backend.kit.ContractRule.check(ContractRule.java:9)\n"
                        + "at dev.regularisation.backend.kit.BackendContract.sum(BackendContract.java:77)"),
                Arguments.of("Backend mismatch", "at dev.regularisation.backend.nd4j.Nd4jAgainstPyTorchTest.curve(X.java:1)"),
                Arguments.of("Tooling", "at dev.regularisation.backend.Shapes.check(Shapes.java:1)\n"
                        + "at dev.regularisation.cli.CommandTest.post(CommandTest.java:1)"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("failures")
    void oneCategory(String expected, String trace) {
        assertThat(ReportFacts.CATEGORIES.stream()
                .filter(category -> ("java.lang.AssertionError\n" + trace).matches(category.traceRegex())))
                .singleElement().satisfies(category -> assertThat(category.name()).startsWith(expected));
    }

    @Test
    @DisplayName("the environment names JDK, platform, backends with their vector width, libraries with their versions, and commit")
    void environment() {
        Properties environment = ReportFacts.environment();

        assertThat(environment).containsKeys("JDK", "Platform", "Commit", "Backend nd4j");
        assertThat(environment.getProperty("Backend cpu")).contains("vector-");
        assertThat(environment).contains(entry("Library jqwik-api", "1.9.3"));
        assertThat(environment.stringPropertyNames()).contains("Library junit-jupiter-api", "Library commons-math3",
                "Library nd4j-api", "Library assertj-core", "Library jfreechart", "Library allure-java-commons");
    }
}
