package dev.clinickpi.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinickpi.access.AuditLog;
import dev.clinickpi.access.AuditRecord;
import dev.clinickpi.access.Role;
import dev.clinickpi.clinic.ClinicId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link AuditLog} must hold. A test class of the implementation implements this interface and inherits its tests. */
public interface AuditLogContract {

    /** A log without records. */
    AuditLog newAuditLog();

    /** What a log made by {@link #newAuditLog()} has, in the order that it has them. */
    List<AuditRecord> recordsOf(AuditLog log);

    /** A log without records whose store takes none, since it is full, say; empty for one that always takes them. */
    default Optional<AuditLog> newRefusingAuditLog() {
        return Optional.empty();
    }

    /** The same log as a process finds it that starts later: another instance over the same store, if the log outlives its process. */
    default AuditLog reopen(AuditLog log) {
        return log;
    }

    /** What was written is there, whole, in the order that it was written. */
    @Test
    default void keepsWhatWasWrittenInItsOrder() {
        AuditLog log = newAuditLog();
        List<AuditRecord> written =
                IntStream.range(0, 100).mapToObj(AuditLogContract::record).toList();

        written.forEach(log::write);

        assertThat(recordsOf(log)).isEqualTo(written);
    }

    /** Two records that say the same are two: somebody looked twice. */
    @Test
    default void keepsEqualRecordsApart() {
        AuditLog log = newAuditLog();
        log.write(record(1));
        log.write(record(1));

        assertThat(recordsOf(log)).containsExactly(record(1), record(1));
    }

    /** A record without a clinic concerns the whole installation. */
    @Test
    default void keepsARecordOfTheWholeInstallation() {
        AuditLog log = newAuditLog();
        AuditRecord whole = new AuditRecord(
                Samples.AT, "founder", Role.SUPER_ADMIN, AuditRecord.Action.CHANGE_REFERENCE_DATA, null, "");
        log.write(whole);

        assertThat(recordsOf(log)).containsExactly(whole);
    }

    /** Every role, action and instant comes back as it went in, whatever the words are, and still does in the next process. */
    @Test
    default void keepsEveryFieldWhole() {
        AuditLog log = newAuditLog();
        List<AuditRecord> written = new ArrayList<>();
        for (Role role : Role.values()) {
            for (AuditRecord.Action action : AuditRecord.Action.values()) {
                written.add(new AuditRecord(Samples.AT, "ana", role, action, Samples.SOL.id(), "detail"));
            }
        }
        for (Instant at : List.of(
                Instant.EPOCH,
                Instant.parse("1990-01-01T00:00:00.000000001Z"),
                Instant.parse("2199-12-31T23:59:59.999999999Z"),
                Instant.parse("2026-10-25T00:30:00.123456789Z"))) {
            written.add(new AuditRecord(
                    at,
                    "José Núñez-O'Neill; DROP TABLE \\\"",
                    Role.SERVICE_ROLE,
                    AuditRecord.Action.READ_FIGURES,
                    ClinicId.of("sol'--\uD83E\uDDB7"),
                    "2026-03, line 1\nline 2\t' OR 1=1 %_ " + "x".repeat(10_000)));
        }
        written.forEach(log::write);

        assertThat(recordsOf(log)).isEqualTo(written);
        assertThat(recordsOf(reopen(log))).isEqualTo(written);
    }

    /** A process that starts later writes behind what is there. */
    @Test
    default void goesOnWhereItStood() {
        AuditLog log = newAuditLog();
        log.write(record(1));
        AuditLog later = reopen(log);
        later.write(record(2));
        log.write(record(3));

        assertThat(recordsOf(later)).containsExactly(record(1), record(2), record(3));
    }

    /** A record that is there before another is written stands before it. */
    @Test
    default void whatHappenedBeforeStandsBefore() throws Exception {
        AuditLog log = newAuditLog();
        int rounds = 20;
        Threads.atOnce(4, thread -> {
            for (int round = 0; round < rounds; round++) {
                int seen = recordsOf(log).size();
                log.write(record(seen));
            }
            return thread;
        });

        List<AuditRecord> records = recordsOf(log);
        assertThat(records).hasSize(4 * rounds);
        for (int place = 0; place < records.size(); place++) {
            assertThat(Integer.parseInt(records.get(place).detail())).isLessThanOrEqualTo(place);
        }
    }

    /** A write that cannot store its record says so, and does not say so of one that it stored. */
    @Test
    default void throwsWhenItStoresNothing() {
        newRefusingAuditLog().ifPresent(log -> {
            assertThatThrownBy(() -> log.write(record(1))).isInstanceOf(RuntimeException.class);

            assertThat(recordsOf(log)).isEmpty();
        });
    }

    /** None is lost or doubled when many write at once, and each writer's stay in its order. */
    @Test
    default void losesNoneWhenManyWriteAtOnce() throws Exception {
        AuditLog log = newAuditLog();
        int writers = 8;
        int each = 200;
        Threads.atOnce(writers, writer -> {
            IntStream.range(writer * each, (writer + 1) * each)
                    .mapToObj(AuditLogContract::record)
                    .forEach(log::write);
            return writer;
        });

        List<AuditRecord> records = recordsOf(log);
        assertThat(records)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, writers * each)
                        .mapToObj(AuditLogContract::record)
                        .toList());
        for (int writer = 0; writer < writers; writer++) {
            int first = writer * each;
            assertThat(records.stream()
                            .map(record -> Integer.parseInt(record.detail()))
                            .filter(number -> number >= first && number < first + each))
                    .isSorted();
        }
    }

    private static AuditRecord record(int number) {
        return new AuditRecord(
                Instant.ofEpochMilli(number),
                "ana",
                Role.CLINIC_ADMIN,
                AuditRecord.Action.READ_FIGURES,
                Samples.SOL.id(),
                Integer.toString(number));
    }
}
