package dev.regularisation.spec;

import io.qameta.allure.Allure;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.AroundTryHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;
import net.jqwik.api.lifecycle.TryExecutionResult;
import net.jqwik.api.lifecycle.TryExecutor;
import net.jqwik.api.lifecycle.TryLifecycleContext;

/**
 * What each property was tried on, for its page in the report: the number of cases, the seed they came from, how they are
 * distributed, and on failure the smallest case that fails. jqwik finds this class as a service.
 */
public final class PropertyFacts implements AroundPropertyHook, AroundTryHook {

    /** Pages of properties by the report's name of the test, until it is written. */
    private static final Map<String, Sheet> PAGES = new ConcurrentHashMap<>();

    /** The parameters of the property that runs now: one at a time, which may run another. It shrinks on another thread. */
    private volatile List<GeneratedCases> current = List.of();

    /** The facts of a test of the report, if it is a property; they are given out once. */
    static Optional<Sheet> take(String uuid) {
        return Optional.ofNullable(PAGES.remove(uuid));
    }

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
        Parameter[] parameters = context.targetMethod().getParameters();
        List<GeneratedCases> cases = Stream.of(parameters).map(parameter -> new GeneratedCases()).toList();
        List<GeneratedCases> outer = current;
        current = cases;
        PropertyExecutionResult result = property.execute();
        current = outer;
        Allure.getLifecycle().getCurrentTestCase().ifPresent(uuid -> PAGES.put(uuid, sheet(parameters, cases, result)));
        return result;
    }

    @Override
    public TryExecutionResult aroundTry(TryLifecycleContext context, TryExecutor aTry, List<Object> parameters) {
        for (int i = 0; i < parameters.size(); i++) {
            current.get(i).add(parameters.get(i));
        }
        return aTry.execute(parameters);
    }

    static Sheet sheet(Parameter[] parameters, List<GeneratedCases> cases, PropertyExecutionResult result) {
        Sheet sheet = new Sheet().paragraph("Tried", (result.countChecks() == result.countTries()
                ? result.countTries() + (result.countTries() == 1 ? " case" : " cases")
                : "%d cases, of which %d meet the assumption".formatted(result.countTries(), result.countChecks()))
                + result.seed().map(", from jqwik's seed %s"::formatted).orElse("") + ".");
        if (parameters.length > 0) {
            List<List<String>> rows = new ArrayList<>();
            for (int i = 0; i < parameters.length; i++) {
                rows.add(List.of(parameters[i].getName(), parameters[i].getType().getSimpleName(), cases.get(i).summary()));
            }
            sheet.table("The cases", List.of("parameter", "type", "generated"), rows);
        }
        result.shrunkSample().ifPresent(sample -> {
            List<List<String>> rows = new ArrayList<>();
            for (int i = 0; i < parameters.length; i++) {
                rows.add(List.of(parameters[i].getName(), GeneratedCases.text(sample.parameters().get(i))));
            }
            sheet.table("The smallest case found that fails, after %d steps".formatted(sample.countShrinkingSteps()),
                    List.of("parameter", "value"), rows);
        });
        return sheet;
    }
}
