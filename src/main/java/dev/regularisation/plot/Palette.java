package dev.regularisation.plot;

import dev.regularisation.post.PostExperiment;
import java.awt.Color;
import java.util.List;

/**
 * The colours of all pictures, told apart by colour-blind readers too: the palette of Okabe and Ito, "Color Universal
 * Design" (2008), without its yellow, which is lost on white.
 *
 * <p>Where a picture compares methods, colour means the method; where it shows one run, {@link #TRAINING} and
 * {@link #VALIDATION}.
 */
public final class Palette {

    public static final Color BLACK = new Color(0x000000);
    public static final Color ORANGE = new Color(0xE69F00);
    public static final Color SKY_BLUE = new Color(0x56B4E9);
    public static final Color GREEN = new Color(0x009E73);
    public static final Color BLUE = new Color(0x0072B2);
    public static final Color VERMILION = new Color(0xD55E00);
    public static final Color PURPLE = new Color(0xCC79A7);
    /** What is there for orientation: reference lines, parameters' paths. */
    public static final Color GREY = new Color(0x707070);

    /** Training samples and losses in a picture of one run. */
    public static final Color TRAINING = BLUE;
    /** Validation samples and losses in a picture of one run. */
    public static final Color VALIDATION = VERMILION;

    private static final List<Color> SERIES = List.of(BLUE, VERMILION, GREEN, PURPLE, ORANGE, SKY_BLUE, BLACK);

    private Palette() {
    }

    /** The colour of a method. */
    public static Color of(PostExperiment method) {
        return switch (method) {
            case LINEAR -> BLACK;
            case MLP -> VERMILION;
            case WEIGHT_DECAY -> SKY_BLUE;
            case L2 -> BLUE;
            case L1 -> GREEN;
            case MINIBATCH -> ORANGE;
            case DROPOUT -> PURPLE;
        };
    }

    /**
     * The line of a method: weight decay and L2 nearly coincide, so one is wide and the other dashed on top of it;
     * minibatches and dropout are noisy, so theirs are thin.
     */
    public static LineStyle line(PostExperiment method) {
        return switch (method) {
            case WEIGHT_DECAY -> LineStyle.WIDE;
            case L2 -> LineStyle.DASHED;
            case MINIBATCH, DROPOUT -> LineStyle.THIN;
            default -> LineStyle.SOLID;
        };
    }

    /** The colour of series {@code index} where series are not methods; the eighth begins again. */
    public static Color series(int index) {
        return SERIES.get(Math.floorMod(index, SERIES.size()));
    }
}
