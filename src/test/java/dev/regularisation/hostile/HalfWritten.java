package dev.regularisation.hostile;

import dev.regularisation.files.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A program that stops in the middle of writing a file, says so, and waits to be killed. */
final class HalfWritten {

    private HalfWritten() {
    }

    /** Arguments: the file. */
    public static void main(String[] args) throws IOException {
        AtomicFiles.write(Path.of(args[0]), out -> {
            out.write("half of what was to be wri".getBytes(StandardCharsets.UTF_8));
            out.flush();
            System.out.println("half");
            System.in.read();
        });
    }
}
