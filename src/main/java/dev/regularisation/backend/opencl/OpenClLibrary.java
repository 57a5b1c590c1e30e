package dev.regularisation.backend.opencl;

import dev.regularisation.backend.Availability;
import dev.regularisation.backend.Precision;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * The devices of this machine, GPUs first, or why there are none. Everything about them may be missing, the binding, the
 * system's library, a driver, a device, and what is missing comes as an error rather than an exception: it becomes one line.
 */
final class OpenClLibrary {

    private static final String REMEDY = "; install the GPU's driver, or PoCL, which computes on the processor";

    private final List<OpenClDevice> devices;
    private final String obstacle;

    private OpenClLibrary(List<OpenClDevice> devices, String obstacle) {
        this.devices = devices;
        this.obstacle = obstacle;
    }

    /** Looked for once in a JVM, by one thread: drivers do not bear to be asked first by several. */
    private static final class Here {
        static final OpenClLibrary LIBRARY = of(Binding::new);
    }

    static OpenClLibrary here() {
        return Here.LIBRARY;
    }

    /** What a binding finds. */
    static OpenClLibrary of(Supplier<Binding> maker) {
        try {
            Binding binding = maker.get();
            List<OpenClDevice> devices = new ArrayList<>();
            long[] platforms = binding.platforms();
            if (platforms.length == 0) {
                return none("the system's OpenCL library knows no driver" + REMEDY);
            }
            List<String> failures = new ArrayList<>();
            for (long platform : platforms) {
                try {
                    for (long device : binding.devices(platform)) {
                        devices.add(new OpenClDevice(binding, device));
                    }
                } catch (OpenClException e) {
                    // A driver that is broken does not hide another that is not.
                    failures.add(e.getMessage());
                }
            }
            if (devices.isEmpty()) {
                return none(failures.isEmpty() ? "no driver of OpenCL has a device" + REMEDY : failures.get(0));
            }
            devices.sort(Comparator.comparing((OpenClDevice device) -> device.isGpu() ? 0 : device.isCpu() ? 2 : 1));
            return new OpenClLibrary(List.copyOf(devices), null);
        } catch (OpenClException e) {
            return none(e.getMessage());
        } catch (LinkageError e) {
            return none(reason(e));
        }
    }

    private static OpenClLibrary none(String obstacle) {
        return new OpenClLibrary(List.of(), obstacle);
    }

    private static String reason(LinkageError error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (cause instanceof UnsatisfiedLinkError && message.contains("lwjgl")) {
                return "the native library of LWJGL for " + System.getProperty("os.name") + " on "
                        + System.getProperty("os.arch") + " is missing; add the jar with that classifier";
            }
            if (cause instanceof ClassNotFoundException || cause instanceof NoClassDefFoundError
                    && message.startsWith("org/lwjgl") && !message.contains("opencl/CL")) {
                return "a class of LWJGL is missing (" + message + "); add lwjgl and lwjgl-opencl";
            }
        }
        return "this machine has no OpenCL library" + REMEDY;
    }

    List<OpenClDevice> devices() {
        return devices;
    }

    /** Whether there is a device that can be trusted with {@code precision}; if so, the one that is meant by default. */
    Availability availability(Precision precision) {
        if (devices.isEmpty()) {
            return Availability.no(obstacle);
        }
        return devices.stream().map(device -> device.availability(precision)).filter(Availability::available).findFirst()
                .orElseGet(() -> devices.get(0).availability(precision));
    }

    /**
     * The device that is meant: the first that can be trusted, a GPU where one can, if none is named; else the one of a
     * number in the list, or the only one whose name contains the words, in whatever case.
     *
     * @throws IllegalArgumentException where no device is meant, or several
     * @throws IllegalStateException    where it cannot be trusted
     */
    OpenClDevice chosen(Precision precision, String wanted) {
        if (devices.isEmpty()) {
            throw new IllegalStateException("the opencl backend is not available here: " + obstacle);
        }
        if (wanted == null) {
            return devices.stream().filter(device -> device.availability(precision).available()).findFirst()
                    .orElseThrow(() -> new IllegalStateException("the opencl backend is not available here: "
                            + availability(precision).detail()));
        }
        String words = wanted.strip().toLowerCase(Locale.ROOT);
        List<OpenClDevice> meant = new ArrayList<>();
        for (int i = 0; i < devices.size(); i++) {
            OpenClDevice device = devices.get(i);
            if (words.equals(Integer.toString(i))) {
                return trusted(device, precision);
            }
            if (!words.isEmpty() && (device.kind() + " " + device.name()).toLowerCase(Locale.ROOT).contains(words)) {
                meant.add(device);
            }
        }
        if (meant.size() != 1) {
            throw new IllegalArgumentException("device: wanted a number from 0 to " + (devices.size() - 1)
                    + " or words that one device's name has, got \"" + wanted + "\", which "
                    + (meant.isEmpty() ? "none has" : meant.size() + " have") + "; \"regularisation backends\" lists them");
        }
        return trusted(meant.get(0), precision);
    }

    private static OpenClDevice trusted(OpenClDevice device, Precision precision) {
        Availability availability = device.availability(precision);
        if (!availability.available()) {
            throw new IllegalStateException("device: " + availability.detail());
        }
        return device;
    }
}
