package dev.regularisation.spec;

import dev.regularisation.backend.Backends;
import dev.regularisation.backend.cpu.CpuBackend;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.platform.engine.UniqueId;

/**
 * One line that repeats a test: the command, with every option that this run was given, and what else may decide its
 * outcome: rule, seed of generated cases, backend, JDK, vector width, flags.
 */
final class Reproduction {

    /** Maven's launcher leaves its arguments there. */
    private static final String ARGUMENTS = "MAVEN_CMD_LINE_ARGS";
    /** What a run of one test is to do without. */
    private static final String LEFT_OUT = "-D(test|golden|readme|(surefire|failsafe|it)\\..*|skipTests)(=.*)?";

    private Reproduction() {
    }

    /**
     * The line.
     *
     * @param declaring  class that declares the test; empty where an engine failed
     * @param methodName of the test; empty where a whole class failed
     * @param uniqueId   of the test in the JUnit Platform
     * @param name       of the invocation, which may name a backend
     */
    static String of(String declaring, String methodName, String uniqueId, String name) {
        String type = testClass(declaring, uniqueId);
        // The build looks for a method in the class that declares it, which has no tests of its own: all of the heir then.
        String method = type.equals(declaring) ? methodName : "";
        return command(type, method, Optional.ofNullable(System.getenv(ARGUMENTS)).orElse(""), PropertySeeds.ofThisRun())
                + " (" + String.join("; ", facts(declaring, methodName, type + " " + name)) + ")";
    }

    /** The class that a test ran in: {@code declaring}, or the one that inherits the test from it. */
    static String testClass(String declaring, String uniqueId) {
        return uniqueId.isEmpty() ? declaring : UniqueId.parse(uniqueId).getSegments().stream()
                .filter(segment -> segment.getType().equals("class")).map(UniqueId.Segment::getValue)
                .filter(found -> inherits(found, declaring)).findFirst().orElse(declaring);
    }

    private static boolean inherits(String type, String from) {
        try {
            return Class.forName(from).isAssignableFrom(Class.forName(type));
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** All invocations of a parameterised test are run: the build cannot ask for one of them. */
    static String command(String className, String methodName, String arguments, Optional<String> jqwikSeed) {
        List<String> command = new ArrayList<>(List.of("mvn", "verify"));
        if (!className.isEmpty()) {
            String test = className.substring(className.lastIndexOf('.') + 1) + (methodName.isEmpty() ? "" : "#" + methodName);
            command.add(quoted("-Dtest=" + test));
        }
        options(arguments).stream().filter(option -> jqwikSeed.isEmpty() || !option.startsWith("-D" + PropertySeeds.OPTION + "="))
                .forEach(option -> command.add(quoted(option)));
        jqwikSeed.ifPresent(seed -> command.add("-D" + PropertySeeds.OPTION + "=" + seed));
        return String.join(" ", command);
    }

    /** The options of Maven's command line that may change a test. */
    private static List<String> options(String arguments) {
        List<String> options = new ArrayList<>();
        String before = "";
        for (String word : arguments.trim().split("\\s+")) {
            int last = options.size() - 1;
            if (word.startsWith("-D") || word.startsWith("-P")) {
                options.add(word);
            } else if (last >= 0 && word.matches("-(X.+|-.+)") && options.get(last).startsWith("-DargLine=")) {
                // The launcher joined what was one quoted option: the flags of a JVM.
                options.set(last, options.get(last) + " " + word);
            } else if (before.equals("-D") || before.equals("-P")) {
                options.set(last, options.get(last) + word);
            }
            before = word;
        }
        options.removeIf(option -> option.matches(LEFT_OUT));
        return options;
    }

    private static String quoted(String word) {
        return word.matches("[\\w.,:=/#@+-]*") ? word : "\"" + word + "\"";
    }

    private static List<String> facts(String className, String methodName, String test) {
        List<String> facts = new ArrayList<>();
        RuleIndex.of(className, methodName).ifPresent(entry -> facts.add("rule " + entry.rule().id()));
        methods(className).stream().filter(method -> method.getName().equals(methodName))
                .flatMap(method -> PropertySeeds.of(method).stream()).findFirst()
                .ifPresent(seed -> facts.add("jqwik seed " + seed));
        facts.add("backend " + backend(test));
        facts.add("JDK " + System.getProperty("java.runtime.version") + " on " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch"));
        facts.add("flags " + String.join(" ", ManagementFactory.getRuntimeMXBean().getInputArguments()));
        Optional.ofNullable(System.getenv("JAVA_TOOL_OPTIONS")).ifPresent(flags -> facts.add("JAVA_TOOL_OPTIONS " + flags));
        return facts;
    }

    /** The backend that a test names, if it names one, and cpu with its vector width, the reference of most others. */
    private static String backend(String test) {
        List<String> words = Arrays.asList(test.split("\\W+"));
        return Stream.concat(Backends.all().stream()
                        .filter(provider -> words.contains(provider.name()) && !provider.name().equals(CpuBackend.NAME))
                        .map(provider -> provider.name() + " (" + provider.availability().detail() + ")"),
                        Stream.of(new CpuBackend().description()))
                .collect(Collectors.joining(" beside "));
    }

    private static List<Method> methods(String className) {
        try {
            return className.isEmpty() ? List.of() : List.of(Class.forName(className).getDeclaredMethods());
        } catch (ClassNotFoundException e) {
            return List.of();
        }
    }
}
