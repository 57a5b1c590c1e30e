package dev.regularisation.backend.kit;

import dev.regularisation.backend.Backend;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * All rules on a fixed choice of shapes, without a test framework: what the teeth of the rules are tried with, and what can
 * certify one more variant of a backend in a single test.
 */
public final class Contract {

    private static final int[] SIZES = {0, 1, 2, 7, 33};

    private Contract() {
    }

    /** The ids of all rules. */
    public static Set<String> rules() {
        Set<String> ids = new TreeSet<>();
        forEach(new Visitor() {
            @Override
            public <C> void visit(ContractRule<C> rule, List<C> cases) {
                ids.add(rule.id());
            }
        });
        return ids;
    }

    /** The first violation of each of these rules that is broken. Each rule is tried on a backend of its own. */
    public static List<String> violations(Supplier<Backend> backend, Strictness strictness, Set<String> rules) {
        List<String> violations = new ArrayList<>();
        forEach(new Visitor() {
            @Override
            public <C> void visit(ContractRule<C> rule, List<C> cases) {
                if (rules.contains(rule.id())) {
                    violation(rule, cases, backend, strictness).ifPresent(violations::add);
                }
            }
        });
        return violations;
    }

    private interface Visitor {
        <C> void visit(ContractRule<C> rule, List<C> cases);
    }

    private static void forEach(Visitor visitor) {
        DataRules.all().forEach(rule -> visitor.visit(rule, shapes()));
        ElementWiseRules.all().forEach(rule -> visitor.visit(rule, shapes()));
        SumRules.sums().forEach(rule -> visitor.visit(rule, shapes()));
        SumRules.products().forEach(rule -> visitor.visit(rule, products()));
        FusedRules.products().forEach(rule -> visitor.visit(rule, products()));
        FusedRules.shapes().forEach(rule -> visitor.visit(rule, shapes()));
        AdamRules.all().forEach(rule -> visitor.visit(rule, shapes()));
        TrainingRules.all().forEach(rule -> visitor.visit(rule, ShortRun.few()));
    }

    private static <C> Optional<String> violation(
            ContractRule<C> rule, List<C> cases, Supplier<Backend> backend, Strictness strictness) {
        try (Bench bench = new Bench(backend.get(), strictness, ToleranceUse.discarded())) {
            cases.forEach(on -> rule.check(bench, on));
            return Optional.empty();
        } catch (AssertionError e) {
            return Optional.of(e.getMessage());
        }
    }

    private static List<Shape> shapes() {
        List<Shape> shapes = new ArrayList<>();
        for (int rows : SIZES) {
            for (int columns : SIZES) {
                for (Values values : Values.values()) {
                    shapes.add(new Shape(rows, columns, values, 31L * rows + columns));
                }
            }
        }
        return shapes;
    }

    private static List<Product> products() {
        List<Product> products = new ArrayList<>();
        for (int m : SIZES) {
            for (int k : SIZES) {
                for (Values values : Values.values()) {
                    int n = SIZES[(m + k) % SIZES.length];
                    products.add(new Product(m, k, n, m % 2 == 0, k % 2 == 0, values, 31L * m + k));
                    products.add(new Product(m, k, n, m % 2 == 1, k % 2 == 0, values, 31L * m + k));
                }
            }
        }
        return products;
    }
}
