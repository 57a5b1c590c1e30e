package dev.regularisation.cli;

import java.lang.module.ModuleFinder;

/**
 * Loads the Vector API into this JVM after its start: the kernel on it is three times as fast as loops, to the same bits.
 *
 * <p>A manifest cannot ask for a module, only {@code --add-modules} can, or the JDK itself, which loads the modules of
 * agents late. The jar's manifest exports the package that does so to this program. That is internal to the JDK: where it
 * is missing or not exported nothing breaks, and {@link SecondJvm} has the option instead. A JVM that was given the module
 * by option warns its user that the module incubates; loaded like this it does not, and the user, who cannot change
 * what this program is compiled against, has nothing to do about it. What computes is named in every result.
 */
final class VectorModule {

    private static final String MODULE = "jdk.incubator.vector";
    private static final String LOADER = "jdk.internal.module.Modules";

    private VectorModule() {
    }

    /** Loads the module unless it is here already; whether it then is. */
    static boolean load() {
        return load(LOADER);
    }

    /** The same by the method {@code loadModule} of a class that need not exist. */
    static boolean load(String loader) {
        if (isLoaded()) {
            return true;
        }
        try {
            Class.forName(loader).getMethod("loadModule", String.class).invoke(null, MODULE);
            return isLoaded();
        } catch (ReflectiveOperationException e) {
            // Another JDK, or not started from the jar, or no such module.
            return false;
        }
    }

    /** Asked of the class: the boot layer knows nothing of modules that were loaded later. */
    private static boolean isLoaded() {
        try {
            Class.forName(MODULE + ".FloatVector", false, VectorModule.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** Whether this Java installation has the module at all. */
    static boolean isInstalled() {
        return ModuleFinder.ofSystem().find(MODULE).isPresent();
    }

    /** The option that lets a JVM of this installation load the module, if possible without a warning. */
    static String option() {
        return option(LOADER);
    }

    /** The same where the module is loaded by a class that need not exist. */
    static String option(String loader) {
        try {
            Class<?> type = Class.forName(loader);
            type.getMethod("loadModule", String.class);
            return "--add-exports=java.base/" + type.getPackageName() + "=ALL-UNNAMED";
        } catch (ReflectiveOperationException e) {
            return "--add-modules=" + MODULE;
        }
    }
}
