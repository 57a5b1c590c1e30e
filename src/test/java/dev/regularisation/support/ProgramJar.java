package dev.regularisation.support;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The program's jar with the manifest entries that pom.xml gives it, for tests that run before Maven makes it. */
public final class ProgramJar {

    private static final Pattern ENTRIES = Pattern.compile("<manifestEntries>(.*?)</manifestEntries>", Pattern.DOTALL);
    private static final Pattern ENTRY = Pattern.compile("<([A-Z][\\w-]+)>([^<]+)</\\1>");

    private ProgramJar() {
    }

    /** Writes a jar that runs {@code main} from the class path of the tests. */
    public static Path write(Path jar, Class<?> main) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, main.getName());
        attributes.put(Attributes.Name.CLASS_PATH, Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toUri().toString()).collect(Collectors.joining(" ")));
        String entries = ENTRIES.matcher(Files.readString(Path.of("pom.xml"))).results().map(found -> found.group(1))
                .findFirst().orElseThrow(() -> new IllegalStateException("pom.xml: wanted the jar's manifestEntries, found none"));
        for (MatchResult entry : ENTRY.matcher(entries).results().toList()) {
            attributes.putValue(entry.group(1), entry.group(2));
        }
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return jar;
    }
}
