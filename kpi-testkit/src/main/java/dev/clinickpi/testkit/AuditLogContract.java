package dev.clinickpi.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.access.AuditLog;
import dev.clinickpi.access.AuditRecord;
import dev.clinickpi.access.Role;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link AuditLog} must hold. A test class of the implementation implements this interface and inherits its tests. */
public interface AuditLogContract {

    /** A log without records. */
    AuditLog newAuditLog();

    /** What a log made by {@link #newAuditLog()} has, in the order that it has them. */
    List<AuditRecord> recordsOf(AuditLog log);

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
