/**
 * The post's catalogue: its seven experiments, {@link dev.regularisation.post.PostExperiment}, and the figures that its
 * notebook printed, {@link dev.regularisation.post.PublishedFigures}.
 */
package dev.regularisation.post;
