package dev.regularisation.support;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.EngineDescriptor;

/**
 * Runs JUnit's tests and jqwik's properties side by side. JUnit's platform runs one engine after the other, and jqwik one property
 * after the other, so that a second core had little to do for a sixth of the build.
 *
 * <p>The build alone knows it, by the folder {@code src/test/failsafe}; elsewhere, as in an editor, engines run as they always do.
 */
public final class ConcurrentEngines implements TestEngine {

    private static final String ID = "concurrent";

    private final List<TestEngine> engines;

    /** Runs the engines that the class path has. */
    public ConcurrentEngines() {
        this(ServiceLoader.load(TestEngine.class).stream().filter(engine -> engine.type() != ConcurrentEngines.class)
                .map(ServiceLoader.Provider::get).toList());
    }

    ConcurrentEngines(List<TestEngine> engines) {
        this.engines = engines;
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public TestDescriptor discover(EngineDiscoveryRequest request, UniqueId id) {
        TestDescriptor all = new EngineDescriptor(id, "JUnit and jqwik");
        for (TestEngine engine : engines) {
            all.addChild(engine.discover(request, id.appendEngine(engine.getId())));
        }
        return all;
    }

    @Override
    public void execute(ExecutionRequest request) {
        TestDescriptor all = request.getRootTestDescriptor();
        request.getEngineExecutionListener().executionStarted(all);
        Executor threads = task -> new Thread(task, "engine").start();
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (TestEngine engine : engines) {
            // One in which there is nothing to run has been left out.
            all.getChildren().stream().filter(tests -> tests.getUniqueId().equals(all.getUniqueId().appendEngine(engine.getId())))
                    .forEach(tests -> running.add(CompletableFuture.runAsync(() -> engine.execute(part(request, tests)), threads)));
        }
        request.getEngineExecutionListener().executionFinished(all, outcome(running));
    }

    /** Waits for all of them, so that a failure of one cuts no other short. */
    private static TestExecutionResult outcome(List<CompletableFuture<Void>> running) {
        try {
            CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).join();
            return TestExecutionResult.successful();
        } catch (CompletionException e) {
            return TestExecutionResult.failed(e.getCause());
        }
    }

    private static ExecutionRequest part(ExecutionRequest request, TestDescriptor tests) {
        return ExecutionRequest.create(tests, request.getEngineExecutionListener(), request.getConfigurationParameters(),
                request.getOutputDirectoryCreator(), request.getStore());
    }
}
