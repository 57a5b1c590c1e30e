/**
 * The vocabulary of the specification. A {@link dev.regularisation.spec.Rule} is a class of its own, a
 * {@link dev.regularisation.spec.RuleTest}: evidence, predicates that make {@link dev.regularisation.spec.Finding}s of it, and
 * counterexamples. {@link dev.regularisation.spec.Verdict}s follow from these and are pinned; the
 * {@link dev.regularisation.spec.Document} beside the class is written after them. Coverage goes through the post sentence by
 * sentence, and {@link dev.regularisation.spec.Gate} decides what no single test can.
 */
package dev.regularisation.spec;
