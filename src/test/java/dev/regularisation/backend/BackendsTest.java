package dev.regularisation.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BackendsTest {

    @Test
    @DisplayName("cpu is found and available everywhere, in either precision")
    void cpuIsAvailable() {
        BackendProvider cpu = Backends.named("cpu");

        assertThat(cpu.availability().available()).isTrue();
        assertThat(cpu.precisions()).containsExactly(Precision.values());
        for (Precision precision : Precision.values()) {
            assertThat(cpu.create(precision).name()).isEqualTo("cpu");
            assertThat(cpu.create(precision).precision()).isEqualTo(precision);
        }
    }

    @Test
    @DisplayName("cpu takes no tensor of its other precision, and says which it takes")
    void precisionsDoNotMix() {
        BackendProvider cpu = Backends.named("cpu");
        Tensor narrow = cpu.create(Precision.FLOAT32).zeros(1, 1);

        assertThatThrownBy(() -> cpu.create(Precision.FLOAT64).scale(2, narrow))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cpu (float64): wanted a tensor made by this backend, got a "
                        + "dev.regularisation.backend.cpu.CpuTensor; copy it with read and write");
    }

    @Test
    @DisplayName("An unknown name is refused with the names there are")
    void unknownName() {
        assertThatThrownBy(() -> Backends.named("gpu"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("backend: wanted one of cpu, nd4j, opencl, got \"gpu\"");
    }

    @Test
    @DisplayName("Without ND4J's classes nd4j says so in one line, and cpu still works")
    void withoutNd4jClasses() throws ReflectiveOperationException {
        ClassLoader without = new Filtered(name -> !name.startsWith("org.nd4j."));

        assertThat(listed(without)).anyMatch(line -> line.startsWith("cpu true"))
                .anyMatch(line -> line.startsWith("nd4j false a class of ND4J is missing (org"));
    }

    @Test
    @DisplayName("Without LWJGL's classes opencl says so in one line, and cpu still works")
    void withoutLwjglClasses() throws ReflectiveOperationException {
        // ND4J does not bear to be loaded by two.
        ClassLoader without = new Filtered(name -> !name.startsWith("org.lwjgl.") && !name.contains(".nd4j."));

        assertThat(listed(without)).anyMatch(line -> line.startsWith("cpu true"))
                .anyMatch(line -> line.startsWith("opencl false a class of LWJGL is missing (org"));
    }

    @Test
    @DisplayName("A provider that cannot be loaded hides no other")
    void brokenProvider() throws ReflectiveOperationException {
        ClassLoader without = new Filtered(name -> !name.equals("dev.regularisation.backend.nd4j.Nd4jProvider"));

        assertThat(listed(without)).extracting(line -> line.split(" ")[0]).containsExactly("cpu", "opencl");
    }

    /** "name available detail" of each backend, as seen by this project's classes defined anew by {@code loader}. */
    private static List<String> listed(ClassLoader loader) throws ReflectiveOperationException {
        Class<?> listing = loader.loadClass(Listing.class.getName());
        @SuppressWarnings("unchecked")
        List<String> lines = (List<String>) listing.getMethod("lines").invoke(null);
        return lines;
    }

    /** Called through another class loader. */
    public static final class Listing {

        private Listing() {
        }

        public static List<String> lines() {
            return Backends.all(Listing.class.getClassLoader()).stream()
                    .map(provider -> provider.name() + " " + provider.availability().available() + " "
                            + provider.availability().detail())
                    .toList();
        }
    }

    /** Defines this project's classes itself and finds no class that {@code visible} rejects. */
    private static final class Filtered extends ClassLoader {

        private final Predicate<String> visible;

        Filtered(Predicate<String> visible) {
            super(BackendsTest.class.getClassLoader());
            this.visible = visible;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!visible.test(name)) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("dev.regularisation.")) {
                return super.loadClass(name, resolve);
            }
            Class<?> known = findLoadedClass(name);
            return known != null ? known : define(name);
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
