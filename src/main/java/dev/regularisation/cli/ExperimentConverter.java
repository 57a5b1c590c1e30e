package dev.regularisation.cli;

import dev.regularisation.post.PostExperiment;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an experiment by its id. */
final class ExperimentConverter implements ITypeConverter<PostExperiment> {

    @Override
    public PostExperiment convert(String id) {
        try {
            return PostExperiment.of(id);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
