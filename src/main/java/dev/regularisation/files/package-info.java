/**
 * Files: {@link dev.regularisation.files.AtomicFiles} replaces them, {@link dev.regularisation.files.FolderLock} keeps a folder
 * for one run, {@link dev.regularisation.files.SafeTensors} is a format that Python reads.
 *
 * <p>Invariant: a reader sees the old content of a file or the new, never part of one.
 */
package dev.regularisation.files;
