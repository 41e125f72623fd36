package dev.clinickpi.privacy.audit;

import dev.clinickpi.privacy.audit.ExportVerdict.Broken;
import dev.clinickpi.privacy.audit.ExportVerdict.Intact;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Checks an export of an audit log, offline: that it is, bit by bit, what {@link MerkleAuditLog#export(dev.clinickpi.access.Principal, java.io.OutputStream)} wrote under a key. It reads line by line and keeps
 * none, so a file may be of any size.
 */
public final class AuditExport {

    private static final byte[] HEAD_BEGIN = "{\"at\":".getBytes(StandardCharsets.US_ASCII);

    private final ExportLines lines;
    private final VerificationKey key;
    private final @Nullable SignedTreeHead earlier;
    private LogState state;

    private AuditExport(InputStream export, VerificationKey key, @Nullable SignedTreeHead earlier, LogState begin) {
        this.lines = new ExportLines(export, begin.size());
        this.state = begin;
        this.key = Objects.requireNonNull(key, "key");
        this.earlier = earlier;
    }

    /**
     * Checks a file by itself, which has to be of the whole log. Whoever has the private key can sign another history: only a head that was kept from before tells.
     *
     * @param export the file; it is read to its end and not closed
     * @param key the key of the log, from a source that its keeper does not control
     * @throws IOException if the file cannot be read
     */
    public static ExportVerdict verify(InputStream export, VerificationKey key) throws IOException {
        return verify(export, key, LogState.EMPTY);
    }

    /** Checks what stands in a file behind some lines that were checked. */
    static ExportVerdict verify(InputStream rest, VerificationKey key, LogState begin) throws IOException {
        return new AuditExport(rest, key, null, begin).verdict();
    }

    /**
     * Checks a file, and that it goes on from all that an earlier head stood for. It need not begin with the first entry, if it does with the one behind the head or
     * before.
     *
     * @param export the file; it is read to its end and not closed
     * @param key the key of the log, from a source that its keeper does not control
     * @param earlier a head of the same log that was kept
     * @throws IllegalArgumentException if that head is not signed by the key
     * @throws IOException if the file cannot be read
     */
    public static ExportVerdict verify(InputStream export, VerificationKey key, SignedTreeHead earlier)
            throws IOException {
        if (!earlier.isSignedBy(key)) {
            throw new IllegalArgumentException(
                    "The earlier head is not signed by the key, so nothing can be held against it");
        }
        return new AuditExport(export, key, earlier, LogState.EMPTY).verdict();
    }

    private ExportVerdict verdict() throws IOException {
        try {
            SignedTreeHead head = null;
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                if (head != null) {
                    throw new IllegalArgumentException("there is something behind the head");
                }
                if (state.size() == 0 && lines.count() == 1 && ExportBegin.isOne(line)) {
                    state = begin(line);
                    requireNoFork();
                } else if (ExportLine.isOne(line)) {
                    state = ExportLine.append(state, line);
                    requireNoFork();
                } else {
                    head = head(line);
                }
            }
            return head == null ? new Broken(lines.count() + 1, "the file ends without a head") : new Intact(head);
        } catch (IllegalArgumentException e) {
            return new Broken(lines.count(), String.valueOf(e.getMessage()));
        }
    }

    /** What stands before the first line has to be known from elsewhere, or a file that was cut off in front would pass for one that begins there. */
    private LogState begin(byte[] line) {
        LogState before = ExportBegin.read(line);
        require(
                earlier != null && earlier.size() >= before.size(),
                "the file begins with entry " + (before.size() + 1)
                        + ", and what stands before is not at hand: give a head of " + before.size()
                        + " entries or more that was kept");
        return before;
    }

    private void requireNoFork() {
        if (earlier != null && earlier.size() == state.size() && !earlier.root().equals(state.root())) {
            throw new IllegalArgumentException(
                    "entries 1 to " + state.size()
                            + " are not those that the earlier head stood for: one of them was changed and what follows made to fit");
        }
    }

    private SignedTreeHead head(byte[] line) {
        if (line.length < HEAD_BEGIN.length
                || !Arrays.equals(line, 0, HEAD_BEGIN.length, HEAD_BEGIN, 0, HEAD_BEGIN.length)) {
            throw new IllegalArgumentException("it is neither an entry nor a head");
        }
        SignedTreeHead head = SignedTreeHead.read(line);
        require(head.keyId().equals(key.id()), "the head is signed with another key than the one given");
        require(head.isSignedBy(key), "the head's signature does not hold");
        require(
                head.size() == state.size(),
                "the head is of " + head.size() + " entries, and " + state.size() + " stand before it");
        require(
                head.root().equals(state.root()),
                "the entries are not those that were signed: one of entries " + firstInDoubt() + " to " + state.size()
                        + " was changed and what follows made to fit");
        require(!head.at().isBefore(state.at()), "the head bears an earlier time than the last entry");
        require(
                earlier == null || earlier.size() <= head.size(),
                "the log went back: an earlier head stood for more entries than there are");
        return head;
    }

    /** What an earlier head stood for has been held against it by now. */
    private long firstInDoubt() {
        return earlier != null && earlier.size() < state.size() ? earlier.size() + 1 : 1;
    }

    private static void require(boolean holds, String reason) {
        if (!holds) {
            throw new IllegalArgumentException(reason);
        }
    }
}
