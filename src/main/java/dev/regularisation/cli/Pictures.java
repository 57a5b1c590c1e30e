package dev.regularisation.cli;

import dev.regularisation.plot.Fonts;
import dev.regularisation.plot.PredictionPicture;
import dev.regularisation.plot.TrainingPicture;
import dev.regularisation.training.TrainingResult;
import java.io.IOException;
import java.nio.file.Path;
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

    /** Writes {@code training.png} and {@code predictions.png}. */
    static void write(Path folder, TrainingResult result, String title) throws IOException {
        TrainingPicture.of(result, title).writePng(folder.resolve("training.png"));
        PredictionPicture.of(result, title).writePng(folder.resolve("predictions.png"));
    }
}
