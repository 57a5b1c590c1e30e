package dev.regularisation.cli;

import dev.regularisation.study.StudyCell;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A part of a study.
 *
 * @param part  from 1
 * @param parts of how many
 */
record Shard(int part, int parts) {

    static final Shard WHOLE = new Shard(1, 1);

    /** Every so many-th cell: methods and sizes, which take different times, are in every part. */
    TreeSet<StudyCell> of(TreeSet<StudyCell> cells) {
        TreeSet<StudyCell> own = new TreeSet<>();
        int place = 0;
        for (StudyCell cell : cells) {
            if (place++ % parts == part - 1) {
                own.add(cell);
            }
        }
        return own;
    }

    /** Reads a part, such as {@code 2/8}. */
    static final class Converter implements ITypeConverter<Shard> {

        private static final Pattern FORM = Pattern.compile("([1-9]\\d{0,5})/([1-9]\\d{0,5})");

        @Override
        public Shard convert(String text) {
            Matcher shard = FORM.matcher(text);
            if (!shard.matches() || Integer.parseInt(shard.group(1)) > Integer.parseInt(shard.group(2))) {
                throw new TypeConversionException("wanted a part and how many there are, such as 2/8, got \"" + text + "\"");
            }
            return new Shard(Integer.parseInt(shard.group(1)), Integer.parseInt(shard.group(2)));
        }
    }
}
