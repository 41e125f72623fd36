package dev.clinickpi.privacy.audit;

import dev.clinickpi.access.AuditLog;
import dev.clinickpi.access.AuditRecord;
import dev.clinickpi.access.AuditStore;
import dev.clinickpi.access.Role;
import dev.clinickpi.clinic.ClinicId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** Records, logs of them and their exports. */
final class Trail {

    static final Instant BEGIN = Instant.parse("2026-03-01T09:00:00Z");
    static final Clock CLOCK = Clock.fixed(BEGIN.plusSeconds(86_400), ZoneOffset.UTC);
    static final SigningKey KEY = SigningKey.generate();

    private Trail() {}

    /** A record like those that an engine writes, each a little later than the one before. */
    static AuditRecord record(int number) {
        Role role = Role.values()[number % 3];
        return new AuditRecord(
                BEGIN.plusSeconds(number).plusNanos(number % 2 == 0 ? 0 : 123_456_789),
                List.of("ana", "José", "soporte-2").get(number % 3),
                role,
                AuditRecord.Action.values()[number % AuditRecord.Action.values().length],
                role == Role.SUPER_ADMIN ? null : ClinicId.of(number % 2 == 0 ? "sol" : "mar"),
                "2026-03, report " + number);
    }

    static AuditStore store(int size) {
        AuditStore store = AuditLog.inMemory();
        for (int number = 1; number <= size; number++) {
            store.write(record(number));
        }
        return store;
    }

    static MerkleAuditLog log(AuditStore store) {
        return MerkleAuditLog.open(store, KEY, CLOCK);
    }

    static byte[] export(MerkleAuditLog log) {
        return export(log, 1);
    }

    static byte[] export(MerkleAuditLog log, long from) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            log.export(from, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static ExportVerdict verify(byte[] export) {
        try {
            return AuditExport.verify(new ByteArrayInputStream(export), KEY.verificationKey());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ExportVerdict verify(byte[] export, SignedTreeHead earlier) {
        try {
            return AuditExport.verify(new ByteArrayInputStream(export), KEY.verificationKey(), earlier);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
