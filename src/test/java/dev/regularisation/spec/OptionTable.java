package dev.regularisation.spec;

import dev.regularisation.setting.Setting;
import dev.regularisation.training.TrainingPlan;

/** The table of what a plan can choose, made from the settings themselves. */
final class OptionTable {

    private OptionTable() {
    }

    /** The table in Markdown. */
    static String markdown() {
        StringBuilder table = new StringBuilder("\n| option | in files | means | when left out |\n|---|---|---|---|\n");
        for (Setting<?> setting : TrainingPlan.SETTINGS) {
            table.append("| `").append(setting.option()).append(setting.label().map(label -> " " + label).orElse(""))
                    .append("` | `").append(setting.name()).append("` | ").append(setting.meaning()).append(" | ")
                    .append(setting.label().isPresent() ? setting.standardText() : "off").append(" |\n");
        }
        return table.append('\n').toString();
    }
}
