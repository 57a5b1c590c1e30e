package dev.regularisation.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The seeds that a rule is judged over: what its page says of them.
 *
 * @param studies whose rows they are, by name; none where the rule draws or trains its own
 * @param few     a number of seeds less than all
 * @param withFew what those alone show
 */
record Seeds(Set<String> studies, int few, Judgement withFew) {

    /** So many a build could afford to train by itself. */
    static final int FEW = 20;
    /** The one rule of chance that is judged at one seed, by 500,000 activations. */
    static final String OF_ONE = "dropout.zeroes-at-random";

    Seeds {
        studies = Set.copyOf(studies);
    }

    /** Where the rows are and how one is repeated; nothing where there are none. */
    String rows() {
        if (studies.isEmpty()) {
            return "";
        }
        Sheet sheet = new Sheet();
        sheet.paragraph("Over seeds", "Runs over seeds, but for those that a page says are trained for it, are rows of "
                + studies.stream().sorted().map(study -> "golden/study/" + study).collect(Collectors.joining(" and "))
                + ", trained once and kept. Any of them can be trained again, to the last bit, and every build does so with some.");
        studies.stream().sorted().forEach(study -> sheet.command("Draw and repeat rows of " + study,
                "mvn -q compile exec:java -Dexec.args=\"audit --study golden/study/" + study + " --rows 20\""));
        return sheet.body();
    }

    /** What would have been said of a few seeds, and which conditions would have come out otherwise. */
    String fewer(Judgement all) {
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        all.leaves().forEach(leaf -> outcomes.put(leaf.what(), leaf.outcome()));
        List<String> others = new ArrayList<>();
        withFew.leaves().distinct().filter(leaf -> outcomes.get(leaf.what()) != leaf.outcome()).forEach(leaf -> others.add(
                "\u201c" + leaf.what() + "\u201d would be " + leaf.outcome().title() + ", " + leaf.figures()));
        return (withFew.verdict() == all.verdict() ? "The verdict would be the same." : "The verdict would be: "
                + withFew.verdict().title() + ".") + (others.isEmpty() ? "" : " " + String.join("; ", others) + ".");
    }
}
