package dev.regularisation.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.EngineDescriptor;
import org.junit.platform.launcher.LauncherConstants;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The build's engine runs the others at once, and hides no failure of one. */
class ConcurrentEnginesTest {

    private record Engine(String name, Runnable work) implements TestEngine {

        @Override
        public String getId() {
            return name;
        }

        @Override
        public TestDescriptor discover(EngineDiscoveryRequest request, UniqueId id) {
            EngineDescriptor engine = new EngineDescriptor(id, name);
            engine.addChild(new EngineDescriptor(id.append("test", "only"), "only") {
                @Override
                public Type getType() {
                    return Type.TEST;
                }
            });
            return engine;
        }

        @Override
        public void execute(ExecutionRequest request) {
            TestDescriptor engine = request.getRootTestDescriptor();
            request.getEngineExecutionListener().executionStarted(engine);
            work.run();
            request.getEngineExecutionListener().executionFinished(engine, TestExecutionResult.successful());
        }
    }

    private static List<String> run(TestEngine... engines) {
        List<String> ends = new ArrayList<>();
        LauncherFactory.create(LauncherConfig.builder().enableTestEngineAutoRegistration(false)
                .enableTestExecutionListenerAutoRegistration(false).addTestEngines(new ConcurrentEngines(List.of(engines))).build())
                .execute(LauncherDiscoveryRequestBuilder.request().configurationParameter(
                        LauncherConstants.DEACTIVATE_LISTENERS_PATTERN_PROPERTY_NAME, "*").build(), new TestExecutionListener() {
                    @Override
                    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                        synchronized (ends) {
                            ends.add(test.getDisplayName() + " " + result.getStatus() + result.getThrowable()
                                    .map(problem -> ": " + problem.getMessage()).orElse(""));
                        }
                    }
                });
        return ends;
    }

    @Test
    @DisplayName("two engines that wait for each other both end")
    void atOnce() {
        CyclicBarrier both = new CyclicBarrier(2);

        assertThat(run(new Engine("one", () -> meet(both)), new Engine("other", () -> meet(both))))
                .containsExactlyInAnyOrder("one SUCCESSFUL", "other SUCCESSFUL", "JUnit and jqwik SUCCESSFUL");
    }

    private static void meet(CyclicBarrier all) {
        try {
            all.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException("waits in vain", e);
        }
    }

    @Test
    @DisplayName("where one fails the other runs to its end, and the failure is told")
    void failure() {
        Engine fails = new Engine("fails", () -> {
            throw new IllegalStateException("a fault");
        });

        assertThat(run(fails, new Engine("other", () -> { }))).contains("other SUCCESSFUL", "JUnit and jqwik FAILED: a fault");
    }
}
