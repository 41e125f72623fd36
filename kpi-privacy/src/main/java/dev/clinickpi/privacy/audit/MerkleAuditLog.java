package dev.clinickpi.privacy.audit;

import dev.clinickpi.access.AccessDeniedException;
import dev.clinickpi.access.AuditRecord;
import dev.clinickpi.access.AuditStore;
import dev.clinickpi.access.Principal;
import dev.clinickpi.access.Role;
import dev.clinickpi.clinic.ClinicId;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * An audit log that proves itself, in front of any store of records: a Merkle tree (RFC 9162) over the canonical JSON (RFC 8785) of its entries. It signs heads
 * of the tree; whoever keeps one elsewhere can later tell whether anything before it was changed. What is signed says who read what of which clinic, never
 * anything of a patient.
 *
 * <p>The tree follows from the records and their order alone. So several processes may write to one store, each through a log of its own, or around it: whoever
 * asks for a head gets one of all records that there are. In memory stays what the next entry depends on, some kilobytes; opening a log reads its records once,
 * by pages, and so does a proof or an export.
 *
 * <p>An entry never bears an earlier time than the one before. Where a record does, its entry bears the time of the one before and keeps what the clock said beside
 * it.
 *
 * <p>Safe for use by many threads.
 */
public final class MerkleAuditLog implements AuditStore {

    private final AuditStore store;
    private final StoredEntries entries;
    private final SigningKey key;
    private final Clock clock;

    /** Held by who moves the two below. */
    private final Object growth = new Object();

    private LogState state = LogState.EMPTY;
    private Instant signedAt = Instant.MIN;

    private MerkleAuditLog(AuditStore store, SigningKey key, Clock clock) {
        this.store = Objects.requireNonNull(store, "store");
        this.entries = new StoredEntries(store);
        this.key = Objects.requireNonNull(key, "key");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * The log of a store, whose records it reads.
     *
     * @param store where the records are; the log has to be allowed to read all of them
     * @param key what its heads are signed with
     * @param clock what its heads are dated by
     * @throws AuditTamperedException if a record is missing from its place, or has no canonical form
     * @throws RuntimeException if the store cannot be read
     */
    public static MerkleAuditLog open(AuditStore store, SigningKey key, Clock clock) {
        MerkleAuditLog log = new MerkleAuditLog(store, key, clock);
        log.catchUp();
        return log;
    }

    /**
     * The log of a store that still has to hold what a head stood for.
     *
     * @param known a head of the same log that was kept elsewhere, and whose signature the caller trusts or has verified
     * @throws AuditTamperedException if the store has fewer entries or others, or a record is missing from its place, or has no canonical form
     * @throws RuntimeException if the store cannot be read
     */
    public static MerkleAuditLog open(AuditStore store, SigningKey key, Clock clock, SignedTreeHead known) {
        MerkleAuditLog log = new MerkleAuditLog(store, key, clock);
        requireStandsFor(known, log.advance(LogState.EMPTY, known.size(), (entry, grown) -> {}));
        log.catchUp();
        return log;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if it has no canonical form, since a text has half of a surrogate pair, or one of more than a megabyte
     * @throws AuditTamperedException if the store lost records that this log has seen
     */
    @Override
    public void write(AuditRecord record) {
        AuditEntry.of(record, Instant.MIN);
        long before = size();
        store.write(record);
        if (catchUp().size() == before) {
            throw new AuditTamperedException(
                    "The audit log's store went back: a record that was just written does not stand behind the "
                            + before + " that were there");
        }
    }

    /** {@inheritDoc} They are what the store has; a proof or an export tells whether that was changed. */
    @Override
    public List<Entry> read(long from, int limit) {
        return store.read(from, limit);
    }

    /** {@inheritDoc} They are what the store has; a proof or an export tells whether that was changed. */
    @Override
    public List<Entry> read(ClinicId clinic, long from, int limit) {
        return store.read(clinic, from, limit);
    }

    /**
     * A head of all records that there are, signed now. Keep it where whoever can write to the store cannot: with an auditor, in another system, on paper.
     *
     * @throws AuditTamperedException if a record is missing from its place, or has no canonical form
     * @throws RuntimeException if the store cannot be read
     */
    public SignedTreeHead head() {
        synchronized (growth) {
            LogState all = catchUp();
            Instant now = clock.instant();
            signedAt = latest(latest(now, all.at()), signedAt);
            return SignedTreeHead.sign(all.size(), all.root(), signedAt, key);
        }
    }

    /**
     * The proof that an entry is in the log. Making it reads the log up to the head.
     *
     * @param number the entry's place, from 1 to the size of the head
     * @param head a head of this log
     * @throws IllegalArgumentException if the head has no entry of that number
     * @throws AuditTamperedException if the log no longer is what the head stands for
     * @throws RuntimeException if the store cannot be read
     */
    public InclusionProof inclusion(long number, SignedTreeHead head) {
        if (number < 1 || number > head.size()) {
            throw new IllegalArgumentException("The entries of the head are numbered from 1 to " + head.size());
        }
        SubtreeRoots path = new SubtreeRoots(MerklePath.ofInclusion(number - 1, head.size()));
        List<String> entry = new ArrayList<>();
        LogState replayed = advance(LogState.EMPTY, head.size(), (each, grown) -> {
            path.add(grown.size() - 1, each.leaf());
            if (grown.size() == number) {
                entry.add(each.json());
            }
        });
        requireStandsFor(head, replayed);
        return new InclusionProof(entry.get(0), number, head.size(), path.roots());
    }

    /**
     * The proof that the log of a head begins with that of an earlier one. Making it reads the log up to the later.
     *
     * @throws IllegalArgumentException if the earlier head has more entries than the later
     * @throws AuditTamperedException if the log no longer is what either stands for
     * @throws RuntimeException if the store cannot be read
     */
    public ConsistencyProof consistency(SignedTreeHead earlier, SignedTreeHead later) {
        if (earlier.size() > later.size()) {
            throw new IllegalArgumentException("The earlier head has more entries than the later");
        }
        SubtreeRoots path = new SubtreeRoots(MerklePath.ofConsistency(earlier.size(), later.size()));
        StoredEntries.Visitor visitor = (entry, grown) -> path.add(grown.size() - 1, entry.leaf());
        LogState first = advance(LogState.EMPTY, earlier.size(), visitor);
        requireStandsFor(earlier, first);
        requireStandsFor(later, advance(first, later.size(), visitor));
        return new ConsistencyProof(earlier.size(), later.size(), path.roots());
    }

    /**
     * Writes the log as a file that {@link AuditExport} checks offline: an entry a line, then a head, all of them canonical JSON in UTF-8. One of the
     * last entries says who has it.
     *
     * @param principal a super admin
     * @param out is flushed and not closed
     * @return the head that the file ends with
     * @throws AccessDeniedException unless the principal is a super admin
     * @throws IOException if {@code out} does not take it; what was written by then has no head and so is no export
     * @throws AuditTamperedException if the store no longer holds what this log has seen; what was written by then has no head either
     * @throws RuntimeException if the store cannot be read, or that it is exported not be recorded; nothing was written then
     */
    public SignedTreeHead export(Principal principal, OutputStream out) throws IOException {
        return export(principal, 1, out);
    }

    /**
     * Writes the log from an entry on, for whoever has the entries before. The file begins with what the head at its end needs of the others. To check it takes a
     * head that was kept and stands for all of those: that of the export before, when this one begins behind it.
     *
     * @param principal a super admin
     * @param from the number of the first entry, from 1 to that behind the last one
     * @param out is flushed and not closed
     * @return the head that the file ends with
     * @throws IllegalArgumentException if there is no such entry and it is not the next one either; nothing was recorded then
     * @throws AccessDeniedException unless the principal is a super admin
     * @throws IOException if {@code out} does not take it; what was written by then has no head and so is no export
     * @throws AuditTamperedException if the store no longer holds what this log has seen; what was written by then has no head either
     * @throws RuntimeException if the store cannot be read, or that it is exported not be recorded; nothing was written then
     */
    public SignedTreeHead export(Principal principal, long from, OutputStream out) throws IOException {
        boolean allowed = principal.role() == Role.SUPER_ADMIN;
        if (allowed) {
            requirePlace(from);
        }
        String detail = from == 1 ? "" : "from number " + from;
        write(new AuditRecord(
                clock.instant(),
                principal.name(),
                principal.role(),
                allowed ? AuditRecord.Action.EXPORT_AUDIT_LOG : AuditRecord.Action.AUDIT_TRAIL_REFUSED,
                null,
                allowed ? detail : "export"));
        if (!allowed) {
            throw new AccessDeniedException("Only a super admin may export the audit log");
        }
        return export(from, out);
    }

    private void requirePlace(long from) {
        long size = catchUp().size();
        if (from < 1 || from > size + 1) {
            throw new IllegalArgumentException(
                    "The log has " + size + " entries: begin with one from 1 to " + (size + 1));
        }
    }

    /** The export by itself. */
    SignedTreeHead export(long from, OutputStream out) throws IOException {
        SignedTreeHead head = head();
        LogState before = advance(LogState.EMPTY, from - 1, (entry, grown) -> {});
        if (from > 1) {
            writeLine(out, ExportBegin.of(before));
        }
        LogState replayed =
                entries.advance(before, head.size(), (entry, grown) -> writeLine(out, ExportLine.of(entry, grown)));
        requireStandsFor(head, replayed);
        writeLine(out, head.json());
        out.flush();
        return head;
    }

    private static void writeLine(OutputStream out, String line) throws IOException {
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private long size() {
        synchronized (growth) {
            return state.size();
        }
    }

    private LogState catchUp() {
        synchronized (growth) {
            state = advance(state, Long.MAX_VALUE, (entry, grown) -> {});
            return state;
        }
    }

    /** As {@link StoredEntries#advance}, for visitors that write nowhere. */
    private LogState advance(LogState from, long size, StoredEntries.Visitor visitor) {
        try {
            return entries.advance(from, size, visitor);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requireStandsFor(SignedTreeHead head, LogState replayed) {
        if (replayed.size() < head.size()) {
            throw new AuditTamperedException("The audit log has " + replayed.size() + " entries and had " + head.size()
                    + ": its store went back, or the head is of another log");
        }
        if (!replayed.root().equals(head.root())) {
            throw new AuditTamperedException(
                    "The first " + head.size()
                            + " entries of the audit log are not those that the head stands for: its store was changed, or the head is of another log");
        }
    }

    private static Instant latest(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
