package dev.regularisation.cli;

import dev.regularisation.setting.Excerpt;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a file or folder; picocli's own converter complains of one that cannot be with the name of an exception. */
final class PathConverter implements ITypeConverter<Path> {

    @Override
    public Path convert(String text) {
        // A variable that is not set, as in --out "$results", is no wish for the working directory.
        if (text.isBlank()) {
            throw refusal(text, "a name without a letter");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw refusal(text, e.getReason());
        }
    }

    private static TypeConversionException refusal(String text, String reason) {
        return new TypeConversionException("wanted the name of a file or folder, got " + Excerpt.of(text) + " (" + reason + ")");
    }
}
