/**
 * The command line: {@link dev.regularisation.cli.Main} with the commands {@code post}, {@code train}, {@code predict},
 * {@code study}, {@code audit}, {@code merge}, {@code compare}, {@code explain} and {@code backends}.
 *
 * <p>Invariant: a command ends with 0 when it did what was asked, with 2 when the request made no sense, with 1 when it
 * could not be carried out, with 130 when it was interrupted; every failure is one line that says what was wanted, what
 * came and how to mend it, and leaves earlier results as they were.
 */
package dev.regularisation.cli;
