package dev.regularisation.golden;

import java.io.IOException;
import java.nio.file.Path;

/** The update of golden files as a program, that can be killed. */
final class InterruptibleUpdate {

    private InterruptibleUpdate() {
    }

    /** Arguments: the folder of golden files, the folder of received ones. Prints what changed. */
    public static void main(String[] args) throws IOException {
        System.out.println(new GoldenUpdate(Path.of(args[0]), Path.of(args[1])).update());
    }
}
