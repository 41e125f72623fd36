package dev.clinickpi.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinickpi.access.AuditLog;
import dev.clinickpi.access.AuditRecord;
import dev.clinickpi.access.AuditStore;
import dev.clinickpi.access.AuditStore.Entry;
import dev.clinickpi.access.Role;
import dev.clinickpi.clinic.ClinicId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link AuditStore} must hold. A test class of the implementation implements this interface and inherits its tests. */
public interface AuditStoreContract extends AuditLogContract {

    @Override
    AuditStore newAuditLog();

    @Override
    default List<AuditRecord> recordsOf(AuditLog log) {
        return ((AuditStore) log)
                .read(1, AuditStore.LARGEST_PAGE).stream().map(Entry::record).toList();
    }

    /** A store without records has an empty page. */
    @Test
    default void nothingIsReadOfNothing() {
        assertThat(newAuditLog().read(1, 10)).isEmpty();
    }

    /** Pages of any length, from any number on, are parts of one list that is numbered from 1 on without gaps. */
    @Test
    default void pagesArePartsOfOneList() {
        AuditStore store = newAuditLog();
        List<Entry> all = new ArrayList<>();
        for (int number = 1; number <= 25; number++) {
            AuditRecord record = record(number);
            store.write(record);
            all.add(new Entry(number, record));
        }

        for (int from = 1; from <= 27; from++) {
            for (int limit : List.of(1, 7, 24, 25, 26, AuditStore.LARGEST_PAGE)) {
                List<Entry> page = all.subList(Math.min(from - 1, 25), Math.min(from - 1 + limit, 25));
                assertThat(store.read(from, limit))
                        .as("%d from %d", limit, from)
                        .isEqualTo(page);
            }
        }
        assertThat(store.read(Long.MAX_VALUE, 5)).isEmpty();
    }

    /** A clinic's records are those that name it, with the numbers that they have among all, whatever page of them is asked for. */
    @Test
    default void aClinicsPagesHoldItsRecordsAlone() {
        AuditStore store = newAuditLog();
        List<Entry> all = new ArrayList<>();
        for (int number = 1; number <= 25; number++) {
            AuditRecord record = record(number);
            store.write(record);
            all.add(new Entry(number, record));
        }

        for (int from = 1; from <= 27; from++) {
            for (int limit : List.of(1, 7, 16, 17, AuditStore.LARGEST_PAGE)) {
                int first = from;
                assertThat(store.read(Samples.SOL.id(), from, limit))
                        .as("%d from %d", limit, from)
                        .isEqualTo(all.stream()
                                .filter(entry -> entry.number() >= first)
                                .filter(entry ->
                                        Samples.SOL.id().equals(entry.record().clinic()))
                                .limit(limit)
                                .toList());
            }
        }
        assertThat(store.read(ClinicId.of("luna"), 1, 5)).isEmpty();
        assertThat(store.read(Samples.SOL.id(), Long.MAX_VALUE, 5)).isEmpty();
    }

    /** What was read once reads the same after more was written, by whomever. */
    @Test
    default void whatWasReadStays() throws Exception {
        AuditStore store = newAuditLog();
        Threads.atOnce(4, writer -> {
            for (int round = 0; round < 25; round++) {
                List<Entry> before = store.read(1, AuditStore.LARGEST_PAGE);
                store.write(record(writer * 100 + round));
                List<Entry> after = store.read(1, AuditStore.LARGEST_PAGE);
                assertThat(after.subList(0, before.size())).isEqualTo(before);
                assertThat(after.size()).isGreaterThan(before.size());
            }
            return writer;
        });

        assertThat(store.read(1, AuditStore.LARGEST_PAGE))
                .extracting(Entry::number)
                .isEqualTo(IntStream.rangeClosed(1, 100)
                        .mapToObj(number -> (long) number)
                        .toList());
    }

    /** A number or a limit that is out of its range is the caller's mistake. */
    @Test
    default void refusesNumbersAndLimitsOutOfTheirRange() {
        AuditStore store = newAuditLog();
        for (long from : List.of(0L, -1L, Long.MIN_VALUE)) {
            assertThatThrownBy(() -> store.read(from, 1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> store.read(Samples.SOL.id(), from, 1))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (int limit : List.of(0, -1, AuditStore.LARGEST_PAGE + 1, Integer.MAX_VALUE)) {
            assertThatThrownBy(() -> store.read(1, limit)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> store.read(Samples.SOL.id(), 1, limit))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static AuditRecord record(int number) {
        return new AuditRecord(
                Samples.AT.plusNanos(number),
                "ana",
                Role.CLINIC_ADMIN,
                AuditRecord.Action.READ_FIGURES,
                number % 3 == 0 ? null : Samples.SOL.id(),
                Integer.toString(number));
    }
}
