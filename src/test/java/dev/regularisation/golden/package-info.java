/**
 * Golden values: results of the {@code cpu} backend as text that a person can review, in {@code golden/cpu}.
 *
 * <p>Invariant: tests read golden files and leave what they got in {@code target/golden}; only
 * {@link dev.regularisation.golden.GoldenUpdate}, on request and never in continuous integration, writes golden files.
 */
package dev.regularisation.golden;
