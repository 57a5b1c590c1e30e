package dev.regularisation.data;

/** What a {@link Problem} draws: samples to train on and samples to validate with. The arrays are shared: read only. */
public interface Dataset {

    /** The training samples. */
    Samples train();

    /** The validation samples, with as many features. */
    Samples validation();
}
