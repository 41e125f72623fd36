package dev.clinickpi.privacy.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * The first line of an export that does not begin with the first entry: how many stand before, and the roots of the complete subtrees that they make. Nobody can
 * say anything else there: the head at the end of the export is of a tree that is made of them.
 */
final class ExportBegin {

    private static final byte[] BEGIN = "{\"after\":".getBytes(StandardCharsets.US_ASCII);

    private ExportBegin() {}

    static String of(LogState before) {
        List<String> roots =
                before.tree().subtrees().stream().map(MerkleHash::toString).toList();
        return new CanonicalJson()
                .member("after", before.size())
                .member("roots", roots)
                .toString();
    }

    static boolean isOne(byte[] line) {
        return line.length >= BEGIN.length && Arrays.equals(line, 0, BEGIN.length, BEGIN, 0, BEGIN.length);
    }

    /**
     * The state of the log in front of the first entry of the export. What time the entry before it bears is not known.
     *
     * @throws IllegalArgumentException if the line is not one that an export begins with
     */
    static LogState read(byte[] line) {
        JsonNode object = JsonMembers.object(line);
        List<MerkleHash> roots = JsonMembers.texts(object, "roots").stream()
                .map(MerkleHash::parse)
                .toList();
        LogState state = new LogState(CompactRange.of(JsonMembers.number(object, "after"), roots), Instant.MIN);
        if (state.size() == 0) {
            throw new IllegalArgumentException("nothing stands before the first entry");
        }
        if (!Arrays.equals(of(state).getBytes(StandardCharsets.UTF_8), line)) {
            throw new IllegalArgumentException("it is not in canonical form");
        }
        return state;
    }
}
