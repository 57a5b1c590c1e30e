/**
 * What a plan can choose: {@link dev.regularisation.setting.Setting}, declared once where it belongs,
 * {@link dev.regularisation.setting.Settings}, values of them, and {@link dev.regularisation.setting.Kind}, one of several
 * things of which a plan chooses one.
 *
 * <p>Invariant: everything that shows a setting, from the command line to a golden file, is made from its declaration, and
 * names only what is not as standard, so that a new setting changes no old file.
 */
package dev.regularisation.setting;
