/**
 * What rounding does to a run: records of runs from wherever they come, how far they are apart, and whether rounding alone takes
 * runs of a plan so far.
 */
package dev.regularisation.sensitivity;
