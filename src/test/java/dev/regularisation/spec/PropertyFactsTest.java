package dev.regularisation.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.qameta.allure.Allure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterProperty;

/** What the report says of a property: what it was tried on, and the smallest case that fails. */
final class PropertyFactsTest {

    private final Path database = PropertyRun.database();

    @AfterProperty
    void deleteDatabase() throws IOException {
        Files.deleteIfExists(database);
    }

    /** Run by the examples below; the build does not take it for a test: it is no top-level class. */
    static final class Examples {

        /** What was tried, beside what the page says of it. */
        private static final List<Integer> UNITS = new ArrayList<>();
        private static final List<Integer> EVEN = new ArrayList<>();

        @Property(tries = 40, seed = "7")
        void passes(@ForAll @IntRange(min = 3, max = 999) int units, @ForAll @Size(2) List<Boolean> kept) {
            assertThat(units).isLessThan(1000);
            assertThat(kept).hasSize(2);
            UNITS.add(units);
        }

        @Property(tries = 50)
        void hasAnAssumption(@ForAll @IntRange(max = 1000) int value) {
            Assume.that(value % 2 == 0);
            EVEN.add(value);
        }

        @Property
        void failsFrom17On(@ForAll @IntRange(max = 1000) int value) {
            assertThat(value).isLessThan(17);
        }

        @Example
        void hasNoParameters() {
            // Nothing to check: its page is what matters.
        }
    }

    private String page(String property) {
        return PropertyRun.of(Examples.class, property, database).orElseThrow().html();
    }

    @Example
    @Label("a property's page has the number of cases, the seed, and how each parameter is distributed")
    void passing() {
        String page = page("passes");

        assertThat(page).contains("40 cases, from jqwik's seed " + PropertySeeds.ofThisRun().orElse("7") + ".",
                "<td>units</td><td>int</td><td>%d to %d, middle ".formatted(Collections.min(Examples.UNITS), Collections.max(Examples.UNITS)),
                "<td>kept</td><td>List</td><td>length 2</td>").doesNotContain("fails");
        assertThat(Examples.UNITS).hasSize(40).allMatch(units -> units >= 3 && units <= 999);
    }

    @Example
    @Label("cases that do not meet the assumption are not counted as tried")
    void assumption() {
        String page = page("hasAnAssumption");

        assertThat(Examples.EVEN).hasSizeBetween(1, 49);
        assertThat(page).contains("50 cases, of which " + Examples.EVEN.size() + " meet the assumption, from jqwik's seed "
                + PropertySeeds.ofThisRun().orElse(PropertySeeds.GATE));
    }

    @Example
    @Label("of a property that fails the page has the smallest case that does")
    void failing() {
        assertThat(page("failsFrom17On")).contains("The smallest case found that fails, after ", "<td>value</td><td>17</td>");
    }

    @Example
    @Label("an example without parameters has no table")
    void example() {
        assertThat(page("hasNoParameters")).contains("1 case, from jqwik").doesNotContain("<table");
    }

    @Example
    @Label("facts are given out once: a property that is run inside a test leaves nothing on the test's page")
    void once() {
        page("passes");

        assertThat(Allure.getLifecycle().getCurrentTestCase().flatMap(PropertyFacts::take)).isEmpty();
    }
}
