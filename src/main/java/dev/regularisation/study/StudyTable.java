package dev.regularisation.study;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A study as it stands on disk, to be read; {@link StudyLog} writes it.
 *
 * @param file  where its rows are
 * @param basis what its runs share
 * @param rows  finished runs, in the order of the file
 * @param ended whether the study had ended
 */
public record StudyTable(Path file, StudyBasis basis, List<StudyRow> rows, boolean ended) {

    public StudyTable {
        rows = List.copyOf(rows);
    }

    /**
     * Reads the study in a folder.
     *
     * @throws IOException              when a file cannot be read
     * @throws IllegalArgumentException naming file and line, where a file is not one of a study of this version, is damaged, or
     *                                  is not as it was when its study ended
     */
    public static StudyTable read(Path folder) throws IOException {
        Path file = folder.resolve(StudyLog.FILE);
        StudyFile there = StudyFile.read(file);
        return new StudyTable(file, StudyBasis.read(folder), there.rows(), there.ended());
    }
}
