package dev.regularisation.setting;

/** What Java allows, whatever a user asks for. */
public final class Limits {

    /** Elements of the largest array: virtual machines keep a few of the largest indices to themselves. */
    public static final int LARGEST_ARRAY = Integer.MAX_VALUE - 64;

    private Limits() {
    }
}
