package dev.regularisation.backend.kit;

/**
 * One rule of the contract.
 *
 * @param id       such as {@code gemm.definition}
 * @param sentence what a backend must do
 * @param check    throws {@link AssertionError} where it does not
 * @param <C>      what the rule is tried on, such as a shape
 */
public record ContractRule<C>(String id, String sentence, Check<C> check) {

    /** The body of a rule. */
    @FunctionalInterface
    public interface Check<C> {
        void check(Bench bench, C on);
    }

    /** Throws an {@link AssertionError} that names this rule if the bench's backend breaks it on {@code on}. */
    public void check(Bench bench, C on) {
        bench.begin(this);
        try {
            check.check(bench, on);
        } catch (AssertionError e) {
            throw broken(bench, on, e.getMessage(), e);
        } catch (RuntimeException e) {
            // An exception's class is often all that it says.
            throw broken(bench, on, e.toString(), e);
        }
    }

    private AssertionError broken(Bench bench, C on, String how, Throwable cause) {
        return new AssertionError("rule " + id + " (" + sentence + ") is broken by " + bench.backend().description() + " on "
                + on + ": " + how, cause);
    }
}
