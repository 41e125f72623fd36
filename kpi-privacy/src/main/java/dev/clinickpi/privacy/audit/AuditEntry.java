package dev.clinickpi.privacy.audit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinickpi.access.AuditRecord;
import dev.clinickpi.clinic.ClinicId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * A record as a leaf of the tree, in words: an export of a later version may have actions and roles that this one has no name for.
 *
 * <p>An entry never bears an earlier time than the one before. Where the clock of whoever wrote the record said something earlier, the entry bears the time of the
 * one before it and says beside it what that clock said. So it follows from the records and their order alone what each entry is, whoever wrote them.
 *
 * @param at the time that it bears
 * @param clock what the writer's clock said, where that is earlier than {@code at}; else null
 */
record AuditEntry(
        Instant at,
        @Nullable Instant clock,
        String principal,
        String role,
        String action,
        @Nullable String clinic,
        String detail) {

    /** The longest canonical form of a record, in bytes: a reason of a megabyte is a mistake or an attack. */
    static final int LONGEST = 1 << 20;

    /**
     * The entry of a record.
     *
     * @param notBefore the time that the entry before it bears
     * @throws IllegalArgumentException if it has no canonical form, or one that is too long
     */
    static AuditEntry of(AuditRecord record, Instant notBefore) {
        ClinicId clinic = record.clinic();
        AuditEntry entry = new AuditEntry(
                record.at(),
                null,
                wellFormed("principal", record.principal()),
                record.role().name(),
                record.action().name(),
                clinic == null ? null : wellFormed("clinic", clinic.value()),
                wellFormed("detail", record.detail()));
        // Looked at before the time is: whether a record can be an entry must not depend on where it will stand.
        if (entry.bytes().length > LONGEST) {
            throw new IllegalArgumentException(
                    "An audit record has at most " + LONGEST + " bytes as JSON: shorten its detail");
        }
        return record.at().isBefore(notBefore) ? entry.raisedTo(notBefore) : entry;
    }

    private AuditEntry raisedTo(Instant time) {
        return new AuditEntry(time, at, principal, role, action, clinic, detail);
    }

    private static String wellFormed(String field, String value) {
        if (!CanonicalJson.isWellFormed(value)) {
            throw new IllegalArgumentException("The " + field
                    + " of an audit record has half of a surrogate pair, which has no canonical form in JSON");
        }
        return value;
    }

    /**
     * The entry that an object of JSON is. What else the object holds is not looked at: whoever reads compares the canonical form with what was read.
     *
     * @throws IllegalArgumentException if a member is missing or of another kind
     */
    static AuditEntry read(JsonNode object) {
        String clock = JsonMembers.textOrNull(object, "clock");
        return new AuditEntry(
                instant("at", JsonMembers.text(object, "at")),
                clock == null ? null : instant("clock", clock),
                JsonMembers.text(object, "principal"),
                JsonMembers.text(object, "role"),
                JsonMembers.text(object, "action"),
                JsonMembers.textOrNull(object, "clinic"),
                JsonMembers.text(object, "detail"));
    }

    static Instant instant(String name, String value) {
        try {
            return Instant.parse(value);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" is no instant of UTC, such as 2026-03-01T09:30:00Z", e);
        }
    }

    /** Whether its times are those that it has to have behind an entry that bears a time. */
    boolean follows(Instant before) {
        return clock == null ? !at.isBefore(before) : at.equals(before) && clock.isBefore(at);
    }

    /** Its canonical form. */
    String json() {
        return new CanonicalJson()
                .member("action", action)
                .member("at", at.toString())
                .member("clinic", clinic)
                .member("clock", clock == null ? null : clock.toString())
                .member("detail", detail)
                .member("principal", principal)
                .member("role", role)
                .toString();
    }

    MerkleHash leaf() {
        return MerkleHash.ofLeaf(bytes());
    }

    private byte[] bytes() {
        return json().getBytes(StandardCharsets.UTF_8);
    }
}
