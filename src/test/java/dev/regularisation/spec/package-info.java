/**
 * The vocabulary of the specification: {@link dev.regularisation.spec.OldRule} is the index of what is claimed,
 * {@link dev.regularisation.spec.Shows} and {@link dev.regularisation.spec.Teeth} tie tests to it,
 * {@link dev.regularisation.spec.Page} is a rule's page in the report, and {@link dev.regularisation.spec.Gate} decides
 * whether a build passes.
 */
package dev.regularisation.spec;
