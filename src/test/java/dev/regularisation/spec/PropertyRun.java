package dev.regularisation.spec;

import io.qameta.allure.Allure;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * A property run from inside another, which reports to nobody and leaves nothing on the page of that one. Not from a test of
 * JUnit's: jqwik runs one property at a time, and the build its engine beside JUnit's.
 */
final class PropertyRun {

    private PropertyRun() {
    }

    /** A file for what jqwik remembers, which is not there yet; the caller deletes it. */
    static Path database() {
        return Path.of(System.getProperty("java.io.tmpdir"), "jqwik-" + UUID.randomUUID());
    }

    /**
     * Runs a property.
     *
     * @param type     where it is declared
     * @param property its name, of which the class has one
     * @param database where jqwik remembers failures
     * @return what the page of the property would show; nothing where no report is being made
     */
    static Optional<Sheet> of(Class<?> type, String property, Path database) {
        Method method = Stream.of(type.getDeclaredMethods()).filter(m -> m.getName().equals(property)).findFirst().orElseThrow();
        LauncherFactory.create(LauncherConfig.builder().enableTestExecutionListenerAutoRegistration(false).build())
                .execute(LauncherDiscoveryRequestBuilder.request()
                        .selectors(DiscoverySelectors.selectMethod(type, method)).filters(EngineFilter.includeEngines("jqwik"))
                        .configurationParameter("jqwik.database", database.toString())
                        .configurationParameter("jqwik.reporting.usejunitplatform", "true").build());
        return Allure.getLifecycle().getCurrentTestCase().flatMap(PropertyFacts::take);
    }
}
