/**
 * Hostile conditions: runs that are killed, disks that are full, two runs in one folder, and nonsense in every option and
 * every file that the program reads.
 *
 * <p>Invariant: the program either does what was asked or says in one line why not; files are whole, and earlier results stay.
 * Golden files under the same conditions are tested in {@code dev.regularisation.golden}, requests that make no sense one by
 * one in {@code dev.regularisation.cli}.
 */
package dev.regularisation.hostile;
