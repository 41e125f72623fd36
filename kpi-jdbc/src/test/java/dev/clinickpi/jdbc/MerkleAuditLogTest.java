package dev.clinickpi.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinickpi.access.AuditLog;
import dev.clinickpi.access.AuditRecord;
import dev.clinickpi.access.AuditStore;
import dev.clinickpi.access.Principal;
import dev.clinickpi.access.Role;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.privacy.audit.AuditExport;
import dev.clinickpi.privacy.audit.AuditTamperedException;
import dev.clinickpi.privacy.audit.ExportVerdict;
import dev.clinickpi.privacy.audit.MerkleAuditLog;
import dev.clinickpi.privacy.audit.SignedTreeHead;
import dev.clinickpi.privacy.audit.SigningKey;
import dev.clinickpi.testkit.Threads;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The audit log that proves itself, in front of the one in a database. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class MerkleAuditLogTest {

    private static final Instant BEGIN = Instant.parse("2026-03-01T09:00:00Z");
    private static final Clock CLOCK = Clock.fixed(BEGIN.plusSeconds(86_400), ZoneOffset.UTC);
    private static final SigningKey KEY = SigningKey.generate();

    @Parameter
    private DatabaseKind kind;

    private TestDatabase database;
    private JdbcAuditStore store;

    @BeforeEach
    void create() {
        database = TestDatabase.migrated(kind);
        store = JdbcAuditStore.open(database.pool());
    }

    @AfterEach
    void drop() {
        database.close();
    }

    /** What a database does to a text or an instant would be another entry, and so another root. */
    @Test
    void aLogInADatabaseIsTheOneInMemory() throws IOException {
        MerkleAuditLog kept = log(store);
        MerkleAuditLog inMemory = log(AuditLog.inMemory());
        int number = 0;
        for (String text : List.of(
                "",
                " ",
                "José Núñez \"Pepe\" \\ /",
                "line 1\nline 2\r\t\b\f\u001f\u007f\u2028",
                "\uD83E\uDDB7 e\u0301 \uFEFF",
                "x".repeat(10_000))) {
            for (Role role : Role.values()) {
                number++;
                AuditRecord record = new AuditRecord(
                        BEGIN.plusSeconds(number % 5 * 60L).plusNanos(number * 1_001L),
                        "ana" + text,
                        role,
                        action(number, role, text),
                        role == Role.SUPER_ADMIN ? null : ClinicId.of("sol"),
                        text);
                kept.write(record);
                inMemory.write(record);
            }
        }

        assertThat(kept.head()).isEqualTo(inMemory.head());
        byte[] export = export(kept);
        assertThat(export).isEqualTo(export(inMemory));
        assertThat(AuditExport.verify(new ByteArrayInputStream(export), KEY.verificationKey()))
                .isEqualTo(new ExportVerdict.Intact(inMemory.head()));
    }

    /** Two processes, each with a pool and a log of its own, and one whose clock is behind. */
    @Test
    void processesThatShareADatabaseSignTheSame() throws Exception {
        JdbcAuditStore other = JdbcAuditStore.open(database.newPool(2));
        List<MerkleAuditLog> logs = List.of(log(store), log(other));
        Threads.atOnce(4, thread -> {
            for (int i = 0; i < 20; i++) {
                logs.get(thread % 2).write(record(thread * 1_000 + i));
            }
            return thread;
        });

        SignedTreeHead head = log(store).head();
        assertThat(head.size()).isEqualTo(80);
        assertThat(logs).allSatisfy(log -> assertThat(log.head()).isEqualTo(head));
        byte[] export = export(logs.get(0));
        assertThat(AuditExport.verify(new ByteArrayInputStream(export), KEY.verificationKey()))
                .isEqualTo(new ExportVerdict.Intact(logs.get(1).head()));
    }

    /** Who owns the database can take off what keeps its records as they are. A head that was kept tells. */
    @Test
    void whatItsOwnerChangesIsFoundAtTheNextStart() {
        MerkleAuditLog log = log(store);
        for (int number = 1; number <= 5; number++) {
            log.write(record(number));
        }
        SignedTreeHead head = log.head();
        assertThat(MerkleAuditLog.open(store, KEY, CLOCK, head).head()).isEqualTo(head);
        database.sql(
                kind == DatabaseKind.POSTGRESQL
                        ? "ALTER TABLE clinic_kpi.kpi_audit DISABLE TRIGGER refuse_to_change"
                        : "DROP TRIGGER clinic_kpi.kpi_audit_append_only");
        database.sql("UPDATE clinic_kpi.kpi_audit SET detail = 'nothing' WHERE audit_no = 2");

        assertThatThrownBy(() -> MerkleAuditLog.open(store, KEY, CLOCK, head))
                .isInstanceOf(AuditTamperedException.class)
                .hasMessageContaining("first 5 entries");
        assertThatThrownBy(() -> export(log)).isInstanceOf(AuditTamperedException.class);
    }

    /** The table wants a clinic and a reason of whoever opens tables. */
    private static AuditRecord.Action action(int number, Role role, String detail) {
        AuditRecord.Action[] actions = AuditRecord.Action.values();
        return role == Role.SUPER_ADMIN || detail.isBlank()
                ? AuditRecord.Action.READ_FIGURES
                : actions[number % actions.length];
    }

    private static MerkleAuditLog log(AuditStore store) {
        return MerkleAuditLog.open(store, KEY, CLOCK);
    }

    private static byte[] export(MerkleAuditLog log) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        log.export(Principal.superAdmin("founder"), out);
        return out.toByteArray();
    }

    private static AuditRecord record(int number) {
        return new AuditRecord(
                BEGIN.plusSeconds(number),
                "ana",
                Role.CLINIC_ADMIN,
                AuditRecord.Action.READ_FIGURES,
                ClinicId.of("sol"),
                Integer.toString(number));
    }
}
