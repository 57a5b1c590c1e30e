package dev.regularisation.plot;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Optional;

/** Whether this machine can write text into a picture: Java on Linux needs the system's fontconfig and one font. */
public final class Fonts {

    private static final String REMEDY =
            "pictures need a font, and Java finds none on this machine; install fontconfig and a font"
                    + " (Debian, Ubuntu: apt-get install fontconfig fonts-dejavu-core;"
                    + " Fedora: dnf install fontconfig dejavu-sans-fonts; Alpine: apk add fontconfig ttf-dejavu)";

    private Fonts() {
    }

    /** What is missing and how to mend it; empty when pictures can be drawn. Worth asking before a long run. */
    public static Optional<String> problem() {
        try {
            Graphics2D g = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
            try {
                return g.getFontMetrics(Style.TEXT).stringWidth("0") > 0 ? Optional.empty() : Optional.of(REMEDY);
            } finally {
                g.dispose();
            }
        } catch (RuntimeException | LinkageError | InternalError e) {
            return Optional.of(REMEDY + " [" + e + "]");
        }
    }

    static void require() {
        problem().ifPresent(problem -> {
            throw new IllegalStateException(problem);
        });
    }
}
