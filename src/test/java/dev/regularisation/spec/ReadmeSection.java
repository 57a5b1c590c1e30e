package dev.regularisation.spec;

import dev.regularisation.files.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A part of the README that is made from what it speaks of, between two comments that a reader does not see. */
enum ReadmeSection {

    /** The table of rules. */
    RULES {
        @Override
        String markdown() throws IOException {
            return RuleTable.markdown();
        }
    },

    /** The table of what a plan can choose. */
    OPTIONS {
        @Override
        String markdown() {
            return OptionTable.markdown();
        }
    };

    private static final Path README = Path.of("README.md");

    /** What is to stand there. */
    abstract String markdown() throws IOException;

    /** Whether it stands there. */
    boolean isCurrent() throws IOException {
        String readme = Files.readString(README);
        return readme.equals(made(readme));
    }

    /** Puts it there. */
    void update() throws IOException {
        String readme = made(Files.readString(README));
        AtomicFiles.write(README, out -> out.write(readme.getBytes(StandardCharsets.UTF_8)));
    }

    private String made(String readme) throws IOException {
        String begin = "<!-- " + title() + ": begin; written by mvn verify -Dreadme=update -->\n";
        String end = "<!-- " + title() + ": end -->\n";
        int from = readme.indexOf(begin);
        int to = readme.indexOf(end);
        if (from < 0 || to < from) {
            throw new IllegalStateException("README.md: wanted the lines " + begin.strip() + " and " + end.strip());
        }
        return readme.substring(0, from + begin.length()) + markdown() + readme.substring(to);
    }

    /** Its name in prose. */
    String title() {
        return name().toLowerCase(Locale.ROOT);
    }
}
