package dev.clinickpi.privacy.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.clinickpi.access.AccessDeniedException;
import dev.clinickpi.access.AuditLog;
import dev.clinickpi.access.AuditRecord;
import dev.clinickpi.access.AuditStore;
import dev.clinickpi.access.Principal;
import dev.clinickpi.access.Role;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.testkit.AuditStoreContract;
import dev.clinickpi.testkit.Threads;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MerkleAuditLogTest implements AuditStoreContract {

    private final Map<AuditLog, AuditStore> stores = new IdentityHashMap<>();

    @Override
    public AuditStore newAuditLog() {
        return over(AuditLog.inMemory());
    }

    private AuditStore over(AuditStore store) {
        AuditStore log = Trail.log(store);
        stores.put(log, store);
        return log;
    }

    @Override
    public AuditLog reopen(AuditLog log) {
        return over(stores.get(log));
    }

    @Override
    public Optional<AuditLog> newRefusingAuditLog() {
        return Optional.of(over(new EditableStore(List.of()) {
            @Override
            public void write(AuditRecord record) {
                throw new IllegalStateException("The disk is full");
            }
        }));
    }

    @Test
    void aHeadStandsForAllRecordsInTheirOrder() {
        AuditStore store = AuditLog.inMemory();
        MerkleAuditLog log = Trail.log(store);
        List<byte[]> entries = new ArrayList<>();
        for (int number = 1; number <= 33; number++) {
            log.write(Trail.record(number));
            entries.add(
                    Trail.utf8(AuditEntry.of(Trail.record(number), Instant.MIN).json()));

            SignedTreeHead head = log.head();
            assertThat(head.size()).isEqualTo(number);
            assertThat(head.root()).hasToString(RecursiveTree.hex(RecursiveTree.hash(entries)));
            assertThat(head.isSignedBy(Trail.KEY.verificationKey())).isTrue();
            assertThat(Trail.log(store).head()).isEqualTo(head);
        }
    }

    /** More records than a page has, and a page that ends with the last one. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 999, 1_000, 1_001, 2_000, 2_500})
    void aLogThatIsOpenedAnewIsTheOneThatWasClosed(int size) {
        AuditStore store = AuditLog.inMemory();
        MerkleAuditLog log = Trail.log(store);
        IntStream.rangeClosed(1, size).mapToObj(Trail::record).forEach(log::write);
        SignedTreeHead before = log.head();

        MerkleAuditLog opened = MerkleAuditLog.open(store, Trail.KEY, Trail.CLOCK, before);

        assertThat(before.size()).isEqualTo(size);
        assertThat(opened.head()).isEqualTo(before);
        opened.write(Trail.record(size + 1));
        log.write(Trail.record(size + 2));
        assertThat(opened.head()).isEqualTo(log.head());
        assertThat(log.head().size()).isEqualTo(size + 2);
    }

    /** Several processes write to one store, and somebody around them: all sign the same. */
    @Test
    void logsOfOneStoreAgree() throws Exception {
        AuditStore store = AuditLog.inMemory();
        List<MerkleAuditLog> logs = List.of(Trail.log(store), Trail.log(store), Trail.log(store));
        Threads.atOnce(6, thread -> {
            for (int i = 0; i < 50; i++) {
                AuditLog log = thread == 5 ? store : logs.get(thread % 3);
                log.write(Trail.record(thread * 50 + i));
            }
            return thread;
        });

        SignedTreeHead head = Trail.log(store).head();
        assertThat(head.size()).isEqualTo(300);
        assertThat(logs).allSatisfy(log -> assertThat(log.head()).isEqualTo(head));
        assertThat(Trail.verify(Trail.export(logs.get(0)))).isEqualTo(new ExportVerdict.Intact(head));
    }

    @Test
    void aClockThatGoesBackRaisesNoEntryBeforeTheLast() {
        AuditStore store = AuditLog.inMemory();
        MerkleAuditLog log = Trail.log(store);
        for (int second : new int[] {5, 3, 3, 5, 4, 9, 1}) {
            log.write(at(Trail.BEGIN.plusSeconds(second)));
        }

        List<Integer> borne = new ArrayList<>();
        List<Integer> said = new ArrayList<>();
        LogState state = LogState.EMPTY;
        for (AuditStore.Entry stored : store.read(1, 10)) {
            AuditEntry entry = state.entry(stored.record());
            state = state.append(entry);
            borne.add((int) (entry.at().getEpochSecond() - Trail.BEGIN.getEpochSecond()));
            said.add(
                    entry.clock() == null
                            ? null
                            : (int) (entry.clock().getEpochSecond() - Trail.BEGIN.getEpochSecond()));
        }

        assertThat(borne).containsExactly(5, 5, 5, 5, 5, 9, 9);
        assertThat(said).containsExactly(null, 3, 3, null, 4, null, 1);
        assertThat(log.head().root()).isEqualTo(state.root());
        assertThat(Trail.verify(Trail.export(log))).isInstanceOf(ExportVerdict.Intact.class);
    }

    /** A head is not dated before what it stands for, nor before the head that was signed before it. */
    @Test
    void headsAreDatedInTheirOrder() {
        Instant[] now = {Trail.BEGIN};
        Clock clock = new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now[0];
            }
        };
        MerkleAuditLog log = MerkleAuditLog.open(AuditLog.inMemory(), Trail.KEY, clock);
        log.write(at(Trail.BEGIN.plusSeconds(7)));
        assertThat(log.head().at()).isEqualTo(Trail.BEGIN.plusSeconds(7));
        now[0] = Trail.BEGIN.plusSeconds(20);
        assertThat(log.head().at()).isEqualTo(Trail.BEGIN.plusSeconds(20));
        now[0] = Trail.BEGIN.plusSeconds(10);
        assertThat(log.head().at()).isEqualTo(Trail.BEGIN.plusSeconds(20));
    }

    @Test
    void aRecordThatHasNoCanonicalFormIsNotStored() {
        AuditLog log = newAuditLog();
        AuditRecord broken =
                new AuditRecord(Trail.BEGIN, "ana", Role.CLINIC_ADMIN, AuditRecord.Action.READ_FIGURES, null, "\ud800");

        assertThatThrownBy(() -> log.write(broken)).isInstanceOf(IllegalArgumentException.class);

        assertThat(recordsOf(log)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8, 37})
    void everyEntryOfEveryHeadIsProved(int size) {
        MerkleAuditLog log = Trail.log(Trail.store(size));
        SignedTreeHead head = log.head();
        log.write(Trail.record(size + 1));
        SignedTreeHead later = log.head();
        for (int number = 1; number <= size; number++) {
            InclusionProof proof = log.inclusion(number, head);
            assertThat(proof.entry())
                    .isEqualTo(AuditEntry.of(Trail.record(number), Instant.MIN).json());
            assertThat(proof.holdsUnder(head)).isTrue();
            assertThat(proof.holdsUnder(later)).isFalse();
            assertThat(new InclusionProof(proof.entry() + " ", number, size, proof.path()).holdsUnder(head))
                    .isFalse();
            assertThat(new InclusionProof(proof.entry(), number + 1, size, proof.path()).holdsUnder(head))
                    .isFalse();
        }
        assertThatThrownBy(() -> log.inclusion(0, head)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> log.inclusion(size + 1, head)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyEarlierHeadIsProvedToBeTheBeginningOfEveryLater() {
        MerkleAuditLog log = Trail.log(AuditLog.inMemory());
        List<SignedTreeHead> heads = new ArrayList<>(List.of(log.head()));
        for (int number = 1; number <= 20; number++) {
            log.write(Trail.record(number));
            heads.add(log.head());
        }
        for (SignedTreeHead earlier : heads) {
            for (SignedTreeHead later : heads.subList((int) earlier.size(), heads.size())) {
                ConsistencyProof proof = log.consistency(earlier, later);
                assertThat(proof.holdsBetween(earlier, later)).isTrue();
                assertThat(proof.holdsBetween(later, earlier)).isEqualTo(earlier == later);
            }
        }
        assertThatThrownBy(() -> log.consistency(heads.get(2), heads.get(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** A fork: two histories of one key that share a beginning. */
    @Test
    void noProofLeadsFromOneHistoryToAnother() {
        SignedTreeHead head = Trail.log(Trail.store(9)).head();
        List<AuditRecord> other = new ArrayList<>(EditableStore.records(Trail.store(12)));
        other.set(4, at(other.get(4).at()));
        MerkleAuditLog fork = Trail.log(new EditableStore(other));

        assertThatThrownBy(() -> fork.consistency(head, fork.head())).isInstanceOf(AuditTamperedException.class);
        assertThatThrownBy(() -> fork.inclusion(5, head)).isInstanceOf(AuditTamperedException.class);
        assertThat(new ConsistencyProof(
                                9,
                                12,
                                fork.consistency(
                                                Trail.log(new EditableStore(other.subList(0, 9)))
                                                        .head(),
                                                fork.head())
                                        .path())
                        .holdsBetween(head, fork.head()))
                .isFalse();
    }

    @Test
    void aStoreThatWasChangedIsNotSignedForAgain() {
        List<AuditRecord> records = EditableStore.records(Trail.store(9));
        for (int place = 0; place < 9; place++) {
            EditableStore store = new EditableStore(records);
            MerkleAuditLog log = Trail.log(store);
            SignedTreeHead head = log.head();
            store.records.set(place, at(records.get(place).at()));

            assertThatThrownBy(() -> log.export(1, OutputStream.nullOutputStream()))
                    .isInstanceOf(AuditTamperedException.class)
                    .hasMessageContaining("first 9 entries");
            assertThatThrownBy(() -> log.inclusion(1, head)).isInstanceOf(AuditTamperedException.class);
            assertThatThrownBy(() -> log.consistency(head, head)).isInstanceOf(AuditTamperedException.class);
            assertThatThrownBy(() -> MerkleAuditLog.open(store, Trail.KEY, Trail.CLOCK, head))
                    .isInstanceOf(AuditTamperedException.class);
        }
    }

    @Test
    void aStoreThatWentBackTakesNoFurtherRecord() {
        EditableStore store = new EditableStore(EditableStore.records(Trail.store(9)));
        MerkleAuditLog log = Trail.log(store);
        SignedTreeHead head = log.head();
        store.records.remove(8);
        store.records.remove(7);

        assertThatThrownBy(() -> log.write(Trail.record(10)))
                .isInstanceOf(AuditTamperedException.class)
                .hasMessageContaining("went back");
        assertThatThrownBy(() -> MerkleAuditLog.open(store, Trail.KEY, Trail.CLOCK, head))
                .isInstanceOf(AuditTamperedException.class)
                .hasMessageContaining("8 entries and had 9");
    }

    @Test
    void aNumberThatIsMissingIsNamed() {
        EditableStore store = new EditableStore(EditableStore.records(Trail.store(9))) {
            @Override
            public List<Entry> read(long from, int limit) {
                return super.read(from, limit).stream()
                        .filter(entry -> entry.number() != 4)
                        .toList();
            }
        };

        assertThatThrownBy(() -> Trail.log(store))
                .isInstanceOf(AuditTamperedException.class)
                .hasMessageContaining("no record 4");
    }

    @Test
    void aStoredRecordWithoutACanonicalFormIsNamed() {
        EditableStore store = new EditableStore(EditableStore.records(Trail.store(2)));
        store.write(
                new AuditRecord(Trail.BEGIN, "\udc00", Role.CLINIC_ADMIN, AuditRecord.Action.READ_FIGURES, null, ""));

        assertThatThrownBy(() -> Trail.log(store))
                .isInstanceOf(AuditTamperedException.class)
                .hasMessageContaining("Record 3")
                .hasMessageContaining("principal");
    }

    /** Who has a copy of all trails is in it; who asked for one and may not have it is in the log, and got nothing. */
    @Test
    void anExportIsOnRecordBeforeItIsWritten() throws IOException {
        MerkleAuditLog log = Trail.log(Trail.store(3));
        ByteArrayOutputStream refused = new ByteArrayOutputStream();
        ClinicId sol = ClinicId.of("sol");
        for (Principal principal : List.of(
                Principal.clinicAdmin("ana", sol),
                Principal.serviceRole("eva", "a reason", Set.of(sol), Instant.MAX))) {
            assertThatThrownBy(() -> log.export(principal, refused)).isInstanceOf(AccessDeniedException.class);
        }
        assertThat(refused.size()).isZero();

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SignedTreeHead head = log.export(Principal.superAdmin("founder"), out);

        assertThat(Trail.verify(out.toByteArray())).isEqualTo(new ExportVerdict.Intact(head));
        assertThat(log.read(4, 10))
                .extracting(
                        entry -> entry.record().principal(),
                        entry -> entry.record().action())
                .containsExactly(
                        tuple("ana", AuditRecord.Action.AUDIT_TRAIL_REFUSED),
                        tuple("eva", AuditRecord.Action.AUDIT_TRAIL_REFUSED),
                        tuple("founder", AuditRecord.Action.EXPORT_AUDIT_LOG));
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("EXPORT_AUDIT_LOG");
        assertThat(log.read(4, 1).get(0).record().at()).isEqualTo(Trail.CLOCK.instant());
    }

    @Test
    void anExportThatCannotBeRecordedIsNotWritten() {
        MerkleAuditLog log = Trail.log(new EditableStore(EditableStore.records(Trail.store(3))) {
            @Override
            public void write(AuditRecord record) {
                throw new IllegalStateException("The disk is full");
            }
        });
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThatThrownBy(() -> log.export(Principal.superAdmin("founder"), out))
                .hasMessage("The disk is full");
        assertThat(out.size()).isZero();
    }

    @Test
    void anExportThatCannotBeWrittenSaysSo() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("full");
            }
        };
        assertThatThrownBy(() -> Trail.log(Trail.store(2)).export(1, full))
                .isInstanceOf(IOException.class)
                .hasMessage("full");
    }

    private static AuditRecord at(Instant at) {
        return new AuditRecord(at, "eva", Role.SUPER_ADMIN, AuditRecord.Action.READ_FIGURES, null, "");
    }

    /** A store whose owner changes what is in it. */
    private static class EditableStore implements AuditStore {

        final List<AuditRecord> records;

        EditableStore(List<AuditRecord> records) {
            this.records = new ArrayList<>(records);
        }

        static List<AuditRecord> records(AuditStore store) {
            return store.read(1, LARGEST_PAGE).stream().map(Entry::record).toList();
        }

        @Override
        public void write(AuditRecord record) {
            records.add(record);
        }

        @Override
        public List<Entry> read(long from, int limit) {
            List<Entry> page = new ArrayList<>();
            for (long number = from; number < from + limit && number <= records.size(); number++) {
                page.add(new Entry(number, records.get((int) number - 1)));
            }
            return page;
        }
    }
}
