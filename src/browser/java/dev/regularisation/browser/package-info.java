/** Reads the report as a person would, in a browser without a network, and says what is wrong with it. */
package dev.regularisation.browser;
