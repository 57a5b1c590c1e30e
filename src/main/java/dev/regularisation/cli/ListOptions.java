package dev.regularisation.cli;

import dev.regularisation.setting.Excerpt;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Options with several values between commas: picocli drops empty ones at the end, and makes no values at all of a comma. */
final class ListOptions {

    /** Between quotes, where picocli does not split. */
    private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");

    private ListOptions() {
    }

    /**
     * Requires that no value of a list is empty.
     *
     * @throws ParameterException if one is, with the option's name
     */
    static void requireEveryValue(ParseResult command) {
        for (OptionSpec option : command.matchedOptions()) {
            if (!option.splitRegex().isEmpty()) {
                for (String given : option.originalStringValues()) {
                    if (List.of(QUOTED.matcher(given).replaceAll("quoted").split(option.splitRegex(), -1)).contains("")) {
                        throw new ParameterException(command.commandSpec().commandLine(), "Invalid value for option '"
                                + option.longestName() + "' (" + option.paramLabel() + "): wanted values separated by commas, none of "
                                + "them empty, got " + Excerpt.of(given), option, given);
                    }
                }
            }
        }
    }
}
