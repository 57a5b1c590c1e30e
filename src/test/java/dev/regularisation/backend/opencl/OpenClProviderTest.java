package dev.regularisation.backend.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regularisation.backend.Backends;
import dev.regularisation.cli.Main;
import dev.regularisation.cli.CommandRun;
import dev.regularisation.study.StudyLog;
import dev.regularisation.support.FreshJvm;
import dev.regularisation.support.TwoAtATime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What users of opencl meet: devices, their choice, a library that is missing. */
class OpenClProviderTest {

    private static final String[] SMALL = {"--dims", "4", "--validation-size", "30", "--no-plots"};

    @Test
    @EnabledIfSystemProperty(named = "thorough", matches = "true",
            disabledReason = "every build simulates what is missing, at the binding")
    @DisplayName("What is missing of OpenCL is named in one line, nothing else is printed, and cpu still trains")
    void missing() {
        CompletableFuture<String> library =
                TwoAtATime.start(() -> listed(jar -> true, "-Dorg.lwjgl.opencl.libname=libNoSuchThing.so"));
        CompletableFuture<String> natives = TwoAtATime.start(() -> listed(jar -> !jar.matches("lwjgl-[\\d.]+-natives-.*")));

        assertThat(library.join())
                .contains("not available: this machine has no OpenCL library; install the GPU's driver, or PoCL");
        assertThat(natives.join())
                .contains("not available: the native library of LWJGL for ").contains("add the jar with that classifier");
    }

    /** The line about opencl, after those about the others. */
    private static String listed(Predicate<String> jars, String... flags) {
        FreshJvm.Result result = FreshJvm.run(
                Stream.concat(Stream.of("--add-modules=jdk.incubator.vector"), Stream.of(flags)).toList(), Map.of(), jars,
                Main.class, "backends");
        assertThat(result.code()).as(result.output()).isZero();
        List<String> lines = result.output().lines().filter(line -> !line.startsWith("WARNING: Using incubator")).toList();
        assertThat(lines).as(result.output()).hasSize(3);
        assertThat(lines.get(0)).startsWith("cpu ").contains(" available: ");
        return lines.get(2);
    }

    @Test
    @EnabledIfSystemProperty(named = "thorough", matches = "true",
            disabledReason = "only another way to find backends can load it")
    @DisplayName("Neither a listing of names nor training on cpu loads a class of LWJGL")
    void untouched() {
        String loaded = FreshJvm.output(Names.class, jar -> true, "-Xlog:class+load", "--add-modules=jdk.incubator.vector");

        assertThat(loaded).contains("[cpu, nd4j, opencl]").doesNotContain("org.lwjgl");
    }

    /** The main class of that JVM. */
    static final class Names {

        private Names() {
        }

        public static void main(String[] args) {
            System.out.println(Backends.all().stream().map(provider -> provider.name()).toList());
            System.exit(CommandRun.of("train", "--epochs", "1", "--validation-size", "5", "--no-plots", "--out",
                    Path.of(System.getProperty("java.io.tmpdir"), "names-" + ProcessHandle.current().pid()).toString()).code());
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux is told by LD_PRELOAD, and shows what is loaded in /proc")
    @DisplayName("These tests share signals with the compilers of drivers, which would take safepoints for crashes")
    void signals() throws IOException {
        assertThat(Files.readAllLines(Path.of("/proc/self/maps"))).as("LD_PRELOAD, as pom.xml sets it for the tests")
                .anyMatch(line -> line.endsWith("/libjsig.so"));
    }

    @Test
    @WhereOpenClIs
    @DisplayName("backends lists each device with maker, driver, arithmetic and the outcome of the self-test")
    void listing() {
        CommandRun run = CommandRun.of("backends");

        assertThat(run.code()).isZero();
        assertThat(run.out()).containsPattern("(?m)^opencl float32, float64  available: (GPU|CPU|accelerator) .+ \\(.+, driver .+\\)$")
                .containsPattern("(?m)^       --device 0: .+ compute units, .+ GiB, float32 with .+division.*; self-test passed$");
    }

    @Test
    @WhereOpenClIs
    @DisplayName("a study on a device leaves cpu's study.csv, goes on where it stopped, and refuses devices that are not there")
    void study(@TempDir Path folder) {
        String[] study = {"study", "--seeds", "3", "--methods", "linear,mlp-minibatch", "--train-sizes", "40"};

        assertThat(CommandRun.of(with(study, SMALL, "--out", folder.resolve("cpu").toString())).code()).isZero();
        String[] first = {"study", "--seeds", "2", "--methods", "linear", "--train-sizes", "40"};
        assertThat(CommandRun.of(with(first, SMALL, "--out", folder.resolve("cl").toString(), "--backend", "opencl")).code()).isZero();
        CommandRun rest = CommandRun.of(with(study, SMALL, "--out", folder.resolve("cl").toString(), "--backend", "opencl",
                "--device", "0", "--device-memory", "64K"));
        assertThat(rest.code()).as(rest.err()).isZero();
        assertThat(rest.out()).contains("6 runs, 2 of them done before", ", epoch ");
        assertThat(folder.resolve("cl").resolve(StudyLog.FILE))
                .hasSameTextualContentAs(folder.resolve("cpu").resolve(StudyLog.FILE));

        String[] to = {"--out", folder.resolve("none").toString()};
        assertThat(CommandRun.of(with(study, to, "--backend", "opencl", "--device", "7"))).satisfies(run -> {
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.err()).hasLineCount(1).contains("device: wanted a number from 0 to ", "got \"7\", which none has");
        });
        assertThat(CommandRun.of(with(study, to, "--device", "0")).err()).hasLineCount(1).contains("cpu has none to choose from");
        assertThat(CommandRun.of(with(study, to, "--device-memory", "1G")).err()).hasLineCount(1).contains("no device, got");
        assertThat(CommandRun.of(with(study, to, "--backend", "opencl", "--device-memory", "none")).err()).hasLineCount(1)
                .contains("wanted a number of bytes above 0, such as 500000000, 500M or 8G, got \"none\"");
        assertThat(folder.resolve("none")).doesNotExist();
    }

    private static String[] with(String[] arguments, String[] others, String... more) {
        return Stream.of(arguments, others, more).flatMap(Stream::of).toArray(String[]::new);
    }
}
