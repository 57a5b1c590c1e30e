/**
 * What rounding does to a run: records of runs from wherever they come, how far they are apart, whether rounding alone takes
 * runs of a plan so far, and in which step and why two of them part.
 */
package dev.regularisation.sensitivity;
