/**
 * What rounding does to a run: {@link dev.regularisation.sensitivity.RoundingBand} trains neighbours that differ by one unit in
 * the last place, {@link dev.regularisation.sensitivity.Parting} follows how two runs part, and
 * {@link dev.regularisation.sensitivity.Grade} says whether a printed figure is inside what rounding explains.
 */
package dev.regularisation.sensitivity;
