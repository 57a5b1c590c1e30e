package dev.regularisation.cli;

import dev.regularisation.setting.Setting;
import dev.regularisation.setting.Settings;
import java.util.Collection;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/** Options made from {@link Setting}s. */
final class PlanOptions {

    private PlanOptions() {
    }

    /** Gives a command an option for each setting. */
    static void add(CommandSpec command, Collection<Setting<?>> settings) {
        settings.forEach(setting -> command.addOption(option(setting)));
    }

    private static <T> OptionSpec option(Setting<T> setting) {
        OptionSpec.Builder option = OptionSpec.builder(setting.option()).hideParamSyntax(true);
        if (setting.label().isEmpty()) {
            return option.type(boolean.class).arity("0").description(setting.meaning()).build();
        }
        // Read twice, here and by chosen(), so that what cannot be read is refused as a value of its option.
        return option.type(String.class).paramLabel(setting.label().get()).arity("1")
                .description(setting.meaning() + " Default: " + setting.standardText() + ".")
                .converters(text -> {
                    try {
                        setting.read(text);
                        return text;
                    } catch (IllegalArgumentException e) {
                        throw new TypeConversionException(e.getMessage());
                    }
                }).build();
    }

    /** The values of settings that a request chose. */
    static Settings chosen(ParseResult request, Collection<Setting<?>> settings) {
        Settings chosen = Settings.STANDARD;
        for (Setting<?> setting : settings) {
            if (request.hasMatchedOption(setting.option())) {
                Object value = request.matchedOptionValue(setting.option(), null);
                chosen = chosen.read(setting, String.valueOf(value));
            }
        }
        return chosen;
    }
}
