package dev.regularisation.cli;

import dev.regularisation.study.Changes;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads settings as they stand in a row of a study. */
final class ChangesConverter implements ITypeConverter<Changes> {

    @Override
    public Changes convert(String text) {
        try {
            return Changes.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
