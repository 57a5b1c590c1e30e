package dev.regularisation.cli;

import dev.regularisation.setting.Excerpt;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Options with several values between commas: picocli drops empty ones at the end, and makes no values at all of a comma. */
final class ListOptions {

    private ListOptions() {
    }

    /**
     * Requires that no value of a list is empty.
     *
     * @throws ParameterException if one is, with the option's name
     */
    static void requireEveryValue(ParseResult command) {
        command.matchedOptions().stream().filter(option -> !option.splitRegex().isEmpty())
                .forEach(option -> option.originalStringValues().forEach(given -> requireEveryValue(command, option, given)));
    }

    private static void requireEveryValue(ParseResult command, OptionSpec option, String given) {
        if (List.of(given.split(option.splitRegex(), -1)).contains("")) {
            throw new ParameterException(command.commandSpec().commandLine(), "Invalid value for option '" + option.longestName()
                    + "' (" + option.paramLabel() + "): wanted values separated by commas, none of them empty, got "
                    + Excerpt.of(given), option, given);
        }
    }
}
