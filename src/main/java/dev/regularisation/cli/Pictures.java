package dev.regularisation.cli;

import dev.regularisation.files.AtomicFiles;
import dev.regularisation.plot.Fonts;
import dev.regularisation.plot.PredictionPicture;
import dev.regularisation.plot.TrainingPicture;
import dev.regularisation.training.TrainingResult;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Whether to draw, and the pictures of one run. */
final class Pictures {

    @Option(names = "--no-plots", description = "Draw no pictures.")
    private boolean none;

    /** Whether pictures are wanted; throws where they are but cannot be drawn. */
    boolean wanted(CommandSpec command) {
        if (!none) {
            Fonts.problem().ifPresent(problem -> {
                throw new ParameterException(command.commandLine(), problem + "; or add --no-plots");
            });
        }
        return !none;
    }

    /** {@code training.png} and {@code predictions.png}, by name. */
    static Map<String, AtomicFiles.Content> of(TrainingResult result, String title) {
        byte[] training = TrainingPicture.of(result, title).png();
        byte[] predictions = PredictionPicture.of(result, title).png();
        return Map.of("training.png", out -> out.write(training), "predictions.png", out -> out.write(predictions));
    }
}
