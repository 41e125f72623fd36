package dev.clinickpi.privacy.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A line of an export that is an entry: its number, what it says, and the root of the tree that ends with it. That root is not signed. It is there so that the
 * first line that does not fit can be named; without it, one head over all would tell only that there is such a line.
 */
final class ExportLine {

    private static final byte[] BEGIN = "{\"entry\":".getBytes(StandardCharsets.US_ASCII);

    private ExportLine() {}

    static String of(AuditEntry entry, LogState grown) {
        return new CanonicalJson()
                .object("entry", entry.json())
                .member("number", grown.size())
                .member("root", grown.root().toString())
                .toString();
    }

    static boolean isOne(byte[] line) {
        return line.length >= BEGIN.length && Arrays.equals(line, 0, BEGIN.length, BEGIN, 0, BEGIN.length);
    }

    /**
     * The state of the log with the entry of a line.
     *
     * @throws IllegalArgumentException if the line is not the one that has to stand there
     */
    static LogState append(LogState before, byte[] line) {
        JsonNode object = JsonMembers.object(line);
        AuditEntry entry = AuditEntry.read(JsonMembers.object(object, "entry"));
        long number = JsonMembers.number(object, "number");
        if (number != before.size() + 1) {
            throw new IllegalArgumentException("entry " + (before.size() + 1) + " belongs here and not entry " + number
                    + ": one was taken out, put in or moved");
        }
        if (!before.allows(entry)) {
            throw new IllegalArgumentException("it bears another time than it can behind the entry before it");
        }
        LogState grown = before.append(entry);
        if (!JsonMembers.text(object, "root").equals(grown.root().toString())) {
            throw new IllegalArgumentException("it is not what was recorded: its hash does not fit its root");
        }
        if (!Arrays.equals(of(entry, grown).getBytes(StandardCharsets.UTF_8), line)) {
            throw new IllegalArgumentException("it is not in canonical form");
        }
        return grown;
    }
}
