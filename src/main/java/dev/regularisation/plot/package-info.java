/**
 * Pictures of runs and of studies over them, on JFreeChart: PNG files, or bytes for a report, 1,200 pixels wide.
 *
 * <p>A record says what to show; {@link dev.regularisation.plot.Picture} is the result, with its alternative text.
 * Invariant: any outcome can be drawn. What an axis cannot show (NaN, infinities, zero on a logarithmic axis) is left
 * out, and the picture says so. A method has one colour in every picture, and nothing is drawn over data but data:
 * legends, labels and notes stand outside the axes. Needs no display and no fonts; a program on a
 * machine with a display sets {@code java.awt.headless}.
 */
package dev.regularisation.plot;
