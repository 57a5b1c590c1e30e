package dev.regularisation.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a size of memory: a whole number of bytes, or of K, M or G, powers of 1024. */
final class BytesConverter implements ITypeConverter<Long> {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})([KMG]?)");
    private static final String UNITS = "KMG";
    private static final int STEP = 10;

    @Override
    public Long convert(String text) {
        Matcher size = SIZE.matcher(text.toUpperCase(Locale.ROOT));
        long number = size.matches() ? Long.parseLong(size.group(1)) : 0;
        int shift = number == 0 || size.group(2).isEmpty() ? 0 : STEP * (UNITS.indexOf(size.group(2)) + 1);
        if (number == 0 || number > Long.MAX_VALUE >> shift) {
            throw new TypeConversionException(
                    "wanted a number of bytes above 0, such as 500000000, 500M or 8G, got \"" + text + "\"");
        }
        return number << shift;
    }
}
