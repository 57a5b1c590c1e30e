package dev.regularisation.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.regularisation.data.LinearProblem;
import dev.regularisation.data.Problem;
import dev.regularisation.data.Problems;
import dev.regularisation.data.TableProblem;
import dev.regularisation.nn.Architecture;
import dev.regularisation.nn.Huber;
import dev.regularisation.nn.Loss;
import dev.regularisation.optim.AdamMoments;
import dev.regularisation.optim.OptimiserPlan;
import dev.regularisation.optim.Sgd;
import dev.regularisation.penalty.L1;
import dev.regularisation.penalty.Regularisers;
import dev.regularisation.penalty.Scope;
import dev.regularisation.setting.Setting;
import dev.regularisation.setting.Settings;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan says what was set, no more and no less, whatever settings there are. */
class PlanSettingsTest {

    @TempDir
    private Path folder;
    private String file;
    /** With one of them each setting means something. */
    private List<Settings> occasions;

    @BeforeEach
    void writeTable() throws IOException {
        file = Files.writeString(folder.resolve("t.csv"), "x,target\n" + "1,2\n".repeat(210)).toString();
        occasions = List.of(
                Settings.STANDARD,
                Settings.STANDARD.with(OptimiserPlan.RULE, OptimiserPlan.UpdateRule.SGD).with(Sgd.MOMENTUM, 0.25),
                Settings.STANDARD.with(Loss.Of.SETTING, Loss.Of.HUBER),
                Settings.STANDARD.with(L1.STRENGTH, 0.25),
                Settings.STANDARD.with(TableProblem.DATA, file).with(TableProblem.TARGET, "target"));
    }

    @Test
    @DisplayName("every setting reads what it writes, and takes a value or refuses it in one line")
    void readsWhatItWrites() {
        Random random = new Random(1);
        for (Setting<?> setting : TrainingPlan.SETTINGS) {
            Set<Object> taken = new LinkedHashSet<>();
            for (String text : texts(setting, random, 100)) {
                Throwable refusal = catchThrowable(() -> taken.add(readAndWrite(setting, text)));
                if (refusal != null) {
                    requireOneLine(refusal);
                    assertThat(refusal).as(text).isExactlyInstanceOf(IllegalArgumentException.class);
                }
            }
            assertThat(taken).as("values of " + setting).hasSizeGreaterThan(1);
            assertThat(setting.meaning()).matches("[^{}]+\\.").hasSizeLessThan(128);
            assertThat(setting.name()).matches("[a-z][a-z0-9_]*");
        }
        assertThat(TrainingPlan.SETTINGS).doesNotHaveDuplicates();
        assertThat(TrainingPlan.SETTINGS).extracting(Setting::option).doesNotHaveDuplicates();
    }

    private static <T> Object readAndWrite(Setting<T> setting, String text) {
        Settings read = Settings.STANDARD.read(setting, text);
        T value = read.get(setting);
        assertThat(setting.read(setting.text(value))).isEqualTo(value);
        assertThat(read.changed(TrainingPlan.SETTINGS))
                .isEqualTo(value.equals(setting.standard()) ? Map.of() : Map.of(setting.name(), setting.json(value)));
        return value;
    }

    /** What one might ask of a setting: its choices, or text, numbers and lists, some of them drawn, of all sizes. */
    private List<String> texts(Setting<?> setting, Random random, int drawn) {
        List<String> texts = new ArrayList<>(List.of("true", "false", file, "target", "0", "-0.0", "NaN", "-1", "Infinity",
                "nonsense", "a\nb", "", ",", "50,1", "50,25,25,1", "50,7,1", "1,4,1", "7", "200", "10000"));
        if (setting.standard() instanceof Enum<?> chosen) {
            choices(setting, chosen.getDeclaringClass(), texts);
        }
        for (int i = 0; i < drawn; i++) {
            int whole = random.nextInt() >> random.nextInt(32);
            double real = whole * Math.pow(2, -random.nextInt(64));
            texts.addAll(List.of(String.valueOf(whole), String.valueOf(random.nextLong()), String.valueOf(real),
                    random.nextDouble() + "," + random.nextDouble(), real + "," + random.nextDouble(), whole + "," + i));
        }
        return texts;
    }

    @SuppressWarnings("unchecked")
    private static <T> void choices(Setting<T> setting, Class<?> type, List<String> texts) {
        Stream.of(type.getEnumConstants()).forEach(choice -> texts.add(setting.text((T) choice)));
    }

    @Test
    @DisplayName("a plan of settings has those settings, or is refused in one line")
    void planHasItsSettings() {
        Random random = new Random(2);
        int built = 0;
        for (int attempt = 0; attempt < 500; attempt++) {
            Settings asked = occasions.get(random.nextInt(occasions.size()));
            for (int i = random.nextInt(4); i >= 0; i--) {
                Setting<?> setting = TrainingPlan.SETTINGS.get(random.nextInt(TrainingPlan.SETTINGS.size()));
                List<String> texts = texts(setting, random, 3);
                asked = readIfPossible(asked, setting, texts.get(random.nextInt(texts.size())));
            }
            Settings wanted = asked;
            List<TrainingPlan> plan = new ArrayList<>();
            Throwable refusal = catchThrowable(() -> plan.add(plan(wanted)));
            if (refusal != null) {
                requireOneLine(refusal);
                continue;
            }
            built++;
            assertThat(plan.get(0).settings()).isEqualTo(asIfLeftOut(plan.get(0).problem(), wanted));
            assertThat(plan(plan.get(0).settings())).isEqualTo(plan.get(0));
            assertThat(plan.get(0).toBuilder().build()).isEqualTo(plan.get(0)).hasSameHashCodeAs(plan.get(0));
        }
        assertThat(built).as("plans built").isGreaterThan(100);
    }

    private static Settings readIfPossible(Settings settings, Setting<?> setting, String text) {
        try {
            return settings.read(setting, text);
        } catch (IllegalArgumentException e) {
            return settings;
        }
    }

    private static Settings asIfLeftOut(Problem problem, Settings asked) {
        Settings result = asked;
        if (List.of(problem.features(), 25, 25, 1).equals(asked.get(TrainingPlan.LAYERS))) {
            result = result.with(TrainingPlan.LAYERS, null);
        }
        Integer batch = asked.get(TrainingPlan.BATCH_SIZE);
        return batch != null && batch == problem.trainSize() ? result.with(TrainingPlan.BATCH_SIZE, null) : result;
    }

    private static TrainingPlan plan(Settings settings) {
        return new TrainingPlan(Problems.of(settings), settings);
    }

    private static void requireOneLine(Throwable refusal) {
        assertThat(refusal).isInstanceOf(IllegalArgumentException.class);
        assertThat(refusal.getMessage()).contains("wanted", "got").doesNotContain("\n", "\r").hasSizeLessThan(400);
    }

    @Test
    @DisplayName("each setting, set to another value, makes another plan that names the change and nothing else")
    void oneSettingMakesAnotherPlan() {
        assertThat(TrainingPlan.builder().build().changed()).as("the post's MLP").isEmpty();
        Random random = new Random(3);
        for (Setting<?> setting : TrainingPlan.SETTINGS) {
            if (setting.equals(TableProblem.DATA) || setting.equals(TableProblem.TARGET)) {
                // One does not go without the other: the last of the occasions has both.
                continue;
            }
            int changes = 0;
            for (Settings occasion : occasions) {
                TrainingPlan plan = plan(occasion);
                for (String text : texts(setting, random, 1)) {
                    Settings changed = readIfPossible(occasion, setting, text);
                    List<TrainingPlan> other = new ArrayList<>();
                    if (catchThrowable(() -> other.add(plan(changed))) == null
                            && !asIfLeftOut(plan.problem(), changed).equals(plan.settings())) {
                        assertThat(other.get(0)).isNotEqualTo(plan).doesNotHaveSameHashCodeAs(plan);
                        Map<String, Object> names = new LinkedHashMap<>(other.get(0).changed());
                        names.keySet().removeAll(plan.changed().keySet());
                        assertThat(names.keySet()).as("%s in %s", changed, occasion)
                                .isSubsetOf(Set.of(setting.name()));
                        changes++;
                    }
                }
            }
            assertThat(changes).as("changes of " + setting).isPositive();
        }
        assertThat(plan(occasions.get(4)).changed()).isEqualTo(Map.of("data", file, "target", "target"));
    }

    @Test
    @DisplayName("a full batch is one however it was asked for, and so are the standard layers, on any problem")
    void fullBatchAndStandardLayers() {
        Problem table = plan(occasions.get(4)).problem();
        for (Problem problem : List.of(LinearProblem.POST, new LinearProblem(7, 30, 10, 0.1), table)) {
            TrainingPlan plain = TrainingPlan.builder().problem(problem).build();
            List<Integer> layers = List.of(problem.features(), 25, 25, 1);

            TrainingPlan spelt =
                    TrainingPlan.builder().problem(problem).layers(layers).batchSize(problem.trainSize()).build();

            assertThat(spelt).isEqualTo(plain).hasSameHashCodeAs(plain).hasToString(plain.toString());
            assertThat(spelt.changed()).isEqualTo(plain.changed());
            assertThat(spelt.layers()).isEqualTo(plain.layers()).isEqualTo(layers);
            assertThat(spelt.batchSize()).isEqualTo(plain.batchSize()).isEqualTo(problem.trainSize());
            assertThat(plain.toBuilder().batchSize(problem.trainSize() - 1).build()).isNotEqualTo(plain);
            assertThat(plain.toBuilder().layers(problem.features(), 25, 1).build()).isNotEqualTo(plain);
        }
    }

    @Test
    @DisplayName("a setting that means nothing beside the others is refused, with those for which it means something")
    void foreignSettings() {
        Settings sgd = occasions.get(1);
        Map<Settings, String> refused = new LinkedHashMap<>();
        refused.put(sgd.with(AdamMoments.EPSILON, 0.5),
                "epsilon: wanted none for the optimiser sgd, got 0.5; leave it out, or choose the optimiser adam or adamw");
        refused.put(sgd.with(AdamMoments.BETAS, List.of(0.5, 0.75)),
                "betas: wanted none for the optimiser sgd, got 0.5,0.75; leave it out, or choose the optimiser adam or adamw");
        refused.put(Settings.STANDARD.with(Sgd.MOMENTUM, 0.5),
                "momentum: wanted none for the optimiser adam, got 0.5; leave it out, or choose the optimiser sgd");
        refused.put(sgd.with(Sgd.MOMENTUM, 0.0).with(Sgd.NESTEROV, true),
                "nesterov: wanted a momentum above 0 with it, got 0; give --momentum, such as 0.9");
        refused.put(Settings.STANDARD.with(Huber.DELTA, 0.5),
                "delta: wanted none for the loss mse, got 0.5; leave it out, or choose the loss huber");
        refused.put(Settings.STANDARD.with(Regularisers.SCOPE, Scope.WEIGHTS),
                "penalise: wanted a penalty on parameters with it, got none; leave it out, or give one, such as --l2");
        refused.put(Settings.STANDARD.with(TableProblem.TARGET, "y"),
                "target: wanted none for samples that are drawn, got y; leave it out, or choose samples of a file (--data)");
        refused.put(occasions.get(4).with(LinearProblem.NOISE, 0.5),
                "noise: wanted none for samples of a file (--data), got 0.5; leave it out, or choose samples that are drawn");
        refused.forEach((settings, message) ->
                assertThatIllegalArgumentException().isThrownBy(() -> plan(settings)).withMessage(message));
    }

    @Test
    @DisplayName("any class with settings can be the first that is used")
    void anyClassFirst() throws IOException, URISyntaxException, ClassNotFoundException {
        Path classes = Path.of(TrainingPlan.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<String> names;
        try (Stream<Path> files = Files.walk(classes)) {
            names = files.map(file -> classes.relativize(file).toString().replace('\\', '/'))
                    .filter(file -> file.matches("dev/regularisation/(nn|optim|penalty|data|training)/[^-]*\\.class"))
                    .map(file -> file.replace('/', '.').replaceFirst("\\.class$", "")).sorted().toList();
        }

        for (String name : names) {
            try (URLClassLoader fresh = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
                assertThat(Class.forName(name, true, fresh).getClassLoader()).isEqualTo(fresh);
            }
        }
        assertThat(names).contains(Huber.class.getName(), Architecture.class.getName(), TableProblem.class.getName());
    }

    private static URL[] classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator)).map(entry -> {
            try {
                return Path.of(entry).toUri().toURL();
            } catch (MalformedURLException e) {
                throw new IllegalStateException(entry, e);
            }
        }).toArray(URL[]::new);
    }
}
