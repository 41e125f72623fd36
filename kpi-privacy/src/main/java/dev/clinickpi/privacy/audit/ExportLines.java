package dev.clinickpi.privacy.audit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The lines of an export as bytes. A line ends with a line feed and nothing else, the last one too. */
final class ExportLines {

    /** An entry, its number, its root and their names. */
    private static final int LONGEST = AuditEntry.LONGEST + 1_024;

    private final InputStream in;
    private long count;

    /** @param count how many lines stand before */
    ExportLines(InputStream in, long count) {
        this.in = new BufferedInputStream(in);
        this.count = count;
    }

    /** How many were handed over or begun, and stand before. */
    long count() {
        return count;
    }

    /**
     * The next line without its end; null behind the last.
     *
     * @throws IllegalArgumentException if it has no end, or is longer than any that an export has
     */
    byte @Nullable [] next() throws IOException {
        int first = in.read();
        if (first < 0) {
            return null;
        }
        count++;
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        for (int next = first; next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IllegalArgumentException("the file ends within it");
            }
            if (line.size() == LONGEST) {
                throw new IllegalArgumentException("it is longer than any line of an export");
            }
            line.write(next);
        }
        return line.toByteArray();
    }
}
