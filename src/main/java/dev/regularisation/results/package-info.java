/**
 * What a run leaves: {@link dev.regularisation.results.ResultFolder}, {@link dev.regularisation.results.TrainedModel} and
 * {@link dev.regularisation.results.ParameterPathsFile} on disk, and beside every result
 * {@link dev.regularisation.results.Baselines}, what a linear model reaches in closed form.
 */
package dev.regularisation.results;
