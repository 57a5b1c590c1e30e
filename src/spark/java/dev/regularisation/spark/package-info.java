/**
 * Studies on a cluster of Apache Spark: {@link dev.regularisation.spark.SparkProvider}, which the profile {@code spark} of the
 * build adds in a jar of its own.
 *
 * <p>Invariant: what goes over the wire is text, a cell there and a row back, so that a row that came from a worker is the row that
 * a file would have had; all files are the driver's.
 */
package dev.regularisation.spark;
