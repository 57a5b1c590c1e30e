/**
 * What tests of several packages share: golden files, the post's runs, short and random ones, JVMs of their own.
 *
 * <p>Invariant: nothing here changes what it hands out, so tests may run in any order and at once.
 */
package dev.regularisation.support;
