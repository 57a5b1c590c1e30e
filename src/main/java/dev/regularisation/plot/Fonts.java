package dev.regularisation.plot;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Optional;

/**
 * The font of all pictures: DejaVu Sans, which comes with the program, on every machine, whatever fonts that has. So
 * pictures look the same everywhere, and a machine needs neither fonts nor fontconfig. Characters that DejaVu Sans lacks,
 * such as Chinese ones in the name of a column, are drawn as boxes.
 */
public final class Fonts {

    private Fonts() {
    }

    /**
     * Why this Java cannot write text into a picture, and how to mend it; empty when it can. Worth asking before a long
     * run. Reads the fonts when first asked.
     */
    public static Optional<String> problem() {
        return Optional.ofNullable(Faces.LOADED.problem);
    }

    static void require() {
        problem().ifPresent(problem -> {
            throw new IllegalStateException(problem);
        });
    }

    /** The font, upright, {@code size} pixels high. Throws where {@link #problem} has something to say. */
    static Font plain(float size) {
        require();
        return Faces.LOADED.plain.deriveFont(size);
    }

    /** The same, bold. */
    static Font bold(float size) {
        require();
        return Faces.LOADED.bold.deriveFont(size);
    }

    /** Both faces, or a problem: a class of its own, so that a Java without {@code java.awt} can be asked for it too. */
    private record Faces(Font plain, Font bold, String problem) {

        private static final Faces LOADED = load();

        private static Faces load() {
            try {
                Font plain = FontFile.PLAIN.read();
                Font bold = FontFile.BOLD.read();
                return measure(plain) > 0 && measure(bold) > 0
                        ? new Faces(plain, bold, null)
                        : problem("one that finds no characters in " + plain.getFontName(), "use another JDK");
            } catch (IOException e) {
                return problem("\"" + e + "\" when it read its font",
                        "make room for 2 MB in the folder of temporary files or name another, -Djava.io.tmpdir=FOLDER");
            } catch (Exception | LinkageError | InternalError e) {
                // FontFormatException among them, which must not be named here where there is no java.awt.
                return problem("\"" + root(e) + "\"", "use a JDK that has the module java.desktop, with all that it needs");
            }
        }

        private static int measure(Font font) {
            Graphics2D g = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
            try {
                return g.getFontMetrics(font).stringWidth("0");
            } finally {
                g.dispose();
            }
        }

        private static Throwable root(Throwable e) {
            return e.getCause() == null ? e : root(e.getCause());
        }

        private static Faces problem(String got, String remedy) {
            return new Faces(null, null, "pictures: wanted a Java that can draw text, got " + got + "; " + remedy);
        }
    }
}
