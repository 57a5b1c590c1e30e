package dev.regularisation.plot;

import java.awt.Font;
import java.awt.FontFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Properties;

/** A font file among the program's resources; pom.xml says where it comes from. */
enum FontFile {

    PLAIN("DejaVuSans.ttf"), BOLD("DejaVuSans-Bold.ttf");

    /** Names the file that says which fonts Java has; only AWT on X11 needs one, and without it asks fontconfig. */
    private static final String CONFIGURATION = "sun.awt.fontconfig";

    private final String resource;

    FontFile(String resource) {
        this.resource = resource;
    }

    /**
     * Reads the font, {@code 1} pixel high. The first call in a JVM starts AWT's fonts: on Linux with this one alone, so
     * that they start where fontconfig or fonts are missing. A configuration that the JVM was started with stays.
     */
    Font read() throws IOException, FontFormatException {
        String system = System.getProperty("os.name");
        if (system.startsWith("Windows") || system.startsWith("Mac")) {
            // Java's own copy, which it closes and deletes at its end: Windows deletes no file that is open.
            try (InputStream font = open()) {
                return Font.createFont(Font.TRUETYPE_FONT, font);
            }
        }
        Path file = file();
        if (System.getProperty(CONFIGURATION) != null) {
            return Font.createFont(Font.TRUETYPE_FONT, file.toFile());
        }
        Path configuration = configuration(file);
        System.setProperty(CONFIGURATION, configuration.toString());
        try {
            return Font.createFont(Font.TRUETYPE_FONT, file.toFile());
        } finally {
            // It is read once.
            System.clearProperty(CONFIGURATION);
            Files.delete(configuration);
        }
    }

    private InputStream open() throws IOException {
        return Objects.requireNonNull(FontFile.class.getResourceAsStream(resource), resource);
    }

    /** Where the font is while this JVM lives: Java opens it again and again. In a jar it is not; then a copy. */
    private Path file() throws IOException {
        try {
            URI place = Objects.requireNonNull(FontFile.class.getResource(resource), resource).toURI();
            if (place.getScheme().equals("file")) {
                return Path.of(place);
            }
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
        Path copy = Files.createTempFile("regularisation-", ".ttf");
        copy.toFile().deleteOnExit();
        try (InputStream font = open(); OutputStream out = Files.newOutputStream(copy)) {
            font.transferTo(out);
        }
        return copy;
    }

    /** A file in the format of the JDK's {@code fontconfig.properties}: all logical fonts are this one. */
    private static Path configuration(Path font) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("version", "1");
        properties.setProperty("sequence.allfonts", "all");
        properties.setProperty("allfonts.all", "DejaVu Sans");
        properties.setProperty("filename.DejaVu_Sans", font.toString());
        Path configuration = Files.createTempFile("regularisation-", ".properties");
        try (OutputStream out = Files.newOutputStream(configuration)) {
            properties.store(out, null);
        }
        return configuration;
    }
}
