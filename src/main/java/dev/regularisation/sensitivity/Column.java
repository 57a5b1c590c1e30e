package dev.regularisation.sensitivity;

import dev.regularisation.training.History;
import java.util.Locale;

/** What is recorded of a run after each epoch, and never negative. */
public enum Column {
    /** Mean training loss of the epoch. */
    TRAIN_LOSS,
    /** Validation loss after the epoch. */
    VALIDATION_LOSS,
    /** Σ |θᵢ|. */
    L1_NORM,
    /** Σ θᵢ². */
    SQUARED_L2_NORM;

    /** Its name in {@code history.csv}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Its name in prose. */
    public String title() {
        return switch (this) {
            case TRAIN_LOSS -> "training loss";
            case VALIDATION_LOSS -> "validation loss";
            case L1_NORM -> "L1 norm";
            case SQUARED_L2_NORM -> "squared L2 norm";
        };
    }

    /** Its value in a run after an epoch. */
    public double of(History history, int epoch) {
        return switch (this) {
            case TRAIN_LOSS -> history.trainLoss(epoch);
            case VALIDATION_LOSS -> history.validationLoss(epoch);
            case L1_NORM -> history.l1Norm(epoch);
            case SQUARED_L2_NORM -> history.squaredL2Norm(epoch);
        };
    }
}
