/** Backends with a mistake each, which the contract kit must reject; beside the kit and no part of it. */
package dev.regularisation.backend.kit.teeth;
