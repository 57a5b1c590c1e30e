package dev.regularisation.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterProperty;

/** What a property generates is the same in every run of the gate. */
final class PropertySeedsTest {

    private static final List<Object> TRIED = new ArrayList<>();

    private final Path database = PropertyRun.database();

    @AfterProperty
    void deleteDatabase() throws IOException {
        Files.deleteIfExists(database);
    }

    /** Run by the examples below; the build does not take it for a test: it is no top-level class. */
    static final class Examples {

        @Property(tries = 30)
        void passes(@ForAll int value, @ForAll double other) {
            TRIED.add(value);
            TRIED.add(other);
        }

        @Property(tries = 30, shrinking = ShrinkingMode.OFF)
        void failsInItsTwentiethTry(@ForAll int value) {
            TRIED.add(value);
            assertThat(TRIED.size() % 80).isNotZero();
        }

        @Property(tries = 30, seed = "7")
        void hasASeedOfItsOwn(@ForAll int value) {
            TRIED.add(value);
        }
    }

    /** What the property tries in a run of its own. */
    private List<Object> run(String property) {
        TRIED.clear();
        for (int i = 60; property.startsWith("fails") && i > 0; i--) {
            TRIED.add("so that the twentieth try is the eightieth entry");
        }
        PropertyRun.of(Examples.class, property, database);
        return List.copyOf(TRIED);
    }

    @Example
    @Label("a property tries the same values in every run")
    void sameInEveryRun() {
        assertThat(run("passes")).hasSize(60).isEqualTo(run("passes"));
        assertThat(run("hasASeedOfItsOwn")).hasSize(30).isEqualTo(run("hasASeedOfItsOwn"));
    }

    @Example
    @Label("after a failure too: neither its sample nor its seed comes first in the next run")
    void sameAfterFailure() {
        assertThat(run("failsInItsTwentiethTry")).hasSize(80).isEqualTo(run("failsInItsTwentiethTry"));
    }

    @Example
    @Label("in the gate a seed in the annotation counts, and else one seed for all; a seed of the run overrules both")
    void choice() {
        assertThat(PropertySeeds.choose(Optional.empty(), Optional.of("7"))).isEqualTo("7");
        assertThat(PropertySeeds.choose(Optional.empty(), Optional.of(""))).isEqualTo("42");
        assertThat(PropertySeeds.choose(Optional.empty(), Optional.empty())).isEqualTo("42");
        assertThat(PropertySeeds.choose(Optional.of("-3"), Optional.of("7"))).isEqualTo("-3");
        assertThat(PropertySeeds.forAll("fixed")).isEmpty();
        assertThat(PropertySeeds.forAll("-5")).contains("-5");
        assertThat(PropertySeeds.forAll("fresh")).isNotEqualTo(PropertySeeds.forAll("fresh"));
        assertThatThrownBy(() -> PropertySeeds.forAll("new")).hasMessageContaining("wanted fixed, fresh or a whole number");
    }
}
