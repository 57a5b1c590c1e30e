package dev.regularisation.data;

import java.util.List;

/**
 * One draw of a {@link TableProblem}, with what it takes to show a model other tables as it was shown this one:
 * {@link Scaling#features}.
 *
 * @param train        the training samples
 * @param validation   the validation samples
 * @param featureNames names of the columns that are the features, d, in the order of a sample's inputs
 * @param target       name of the column of labels
 * @param scaling      how numbers of the table became inputs
 */
public record TableData(Samples train, Samples validation, List<String> featureNames, String target, Scaling scaling)
        implements Dataset {

    public TableData {
        featureNames = List.copyOf(featureNames);
    }
}
