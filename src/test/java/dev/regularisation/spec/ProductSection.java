package dev.regularisation.spec;

import java.util.Arrays;
import java.util.List;

/** The sections of the report after those of the post: tests of the product itself, by what they are about. */
enum ProductSection {
    LAWS("Laws and streams", "random", "data", "nn", "optim", "penalty", "theory", "training"),
    BACKENDS("Backends", "backend", "lockstep"),
    GOLDEN("Golden values", "golden", "training.PostCurvesTest", "training.OtherPlansTest"),
    PORTABILITY("Portability and hostile conditions", "portability", "training.ReproducibilityTest", "hostile",
            "golden.HostileGoldenTest", "cli.LaunchTest", "cli.BadRequestTest"),
    TOOLS("Commands, pictures and the suite itself", "");

    private static final String ROOT = "dev.regularisation.";

    private final String title;
    private final String[] prefixes;

    ProductSection(String title, String... prefixes) {
        this.title = title;
        this.prefixes = prefixes;
    }

    /** The section of a test class: that of the longest prefix which its name has. */
    static ProductSection of(String className) {
        String name = local(className);
        ProductSection best = TOOLS;
        int longest = 0;
        for (ProductSection section : values()) {
            int length = Arrays.stream(section.prefixes).filter(name::startsWith).mapToInt(String::length).max().orElse(0);
            if (length > longest) {
                longest = length;
                best = section;
            }
        }
        return best;
    }

    /** The name of a class without the project's package. */
    static String local(String className) {
        return className.startsWith(ROOT) ? className.substring(ROOT.length()) : className;
    }

    /** Packages, or classes, without the project's package; a class belongs where the longest one fits. */
    List<String> prefixes() {
        return List.of(prefixes);
    }

    /** With its place after the sections of the post. */
    String ordered() {
        return "%02d %s".formatted(Section.values().length + 1 + ordinal(), title);
    }
}
