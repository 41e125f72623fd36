package dev.clinickpi.testkit;

import static dev.clinickpi.testkit.Checkpoints.at;
import static dev.clinickpi.testkit.Checkpoints.checkpoint;
import static dev.clinickpi.testkit.Checkpoints.held;
import static dev.clinickpi.testkit.Checkpoints.open;
import static dev.clinickpi.testkit.Checkpoints.other;
import static dev.clinickpi.testkit.Checkpoints.part;
import static dev.clinickpi.testkit.Checkpoints.present;
import static dev.clinickpi.testkit.Checkpoints.text;
import static dev.clinickpi.testkit.Checkpoints.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EntityKey;
import dev.clinickpi.event.Fact;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.store.CellStore;
import dev.clinickpi.store.Checkpoint;
import dev.clinickpi.store.KeptCells;
import dev.clinickpi.store.Lease;
import dev.clinickpi.store.LeaseLostException;
import dev.clinickpi.store.Standing;
import dev.clinickpi.store.StoredEntity;
import dev.clinickpi.testkit.Checkpoints.Content;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * What every {@link CellStore} must hold. A test class of the implementation implements this interface and inherits its tests; another one implements
 * {@link CellStoreProperties}.
 *
 * <pre>{@code
 * class MyCellStoreTest implements CellStoreContract {
 *     public CellStore newStore() {
 *         return new MyCellStore(emptyDatabase());
 *     }
 * }
 * }</pre>
 */
public interface CellStoreContract extends CellStoreLeaseContract {

    /** Nothing in, nothing out. */
    @Test
    default void nothingIsKeptAtFirst() {
        CellStore store = newStore();

        assertThat(store.load(Samples.SOL.id())).isNull();
        assertThat(store.read(Samples.SOL.id(), 0, Duration.ZERO)).isNull();
        assertThat(store.standings()).isEmpty();
    }

    /** Every field comes back as it went in, also at its bounds, and still does in the next process. */
    @Test
    default void allOfACheckpointIsKept() {
        CellStore store = newStore();
        List<Fact> ahead = new ArrayList<>();
        for (KpiEvent event : Samples.ofEveryType(Samples.SOL, "")) {
            ahead.add(new PlainGate().admit(event, Samples.SOL));
        }
        List<StoredEntity> entities = new ArrayList<>();
        for (long id : new long[] {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32, (1L << 53) + 1}) {
            entities.add(open(id, id % 1_000));
            entities.add(other(EntityKey.appointment(id), "appointment"));
            entities.add(other(EntityKey.patient(id), "\0patient"));
        }
        Map<Long, String> days = Map.of(-1L, "\0", 0L, "a", 20_500L, "b".repeat(100_000), 84_006L, "c");
        Checkpoint full = checkpoint(Samples.SOL.id(), 1L << 40, 5, true, days, entities, ahead);
        Checkpoint bare = new Checkpoint(
                Samples.MAR.id(), "", 0, at(5), Long.MIN_VALUE, Long.MAX_VALUE, true, Map.of(), List.of(), List.of());
        store.save(held(store, "a"), at(5), List.of(full, bare));

        for (CellStore each : List.of(store, reopen(store))) {
            assertThat(Content.of(each.load(Samples.SOL.id()))).isEqualTo(Content.of(full));
            assertThat(Content.of(each.load(Samples.MAR.id()))).isEqualTo(Content.of(bare));
            assertThat(each.standings())
                    .containsOnly(
                            Map.entry(
                                    Samples.SOL.id(), new Standing(full.fingerprint(), full.position(), full.wakeAt())),
                            Map.entry(Samples.MAR.id(), new Standing("", 0, Long.MAX_VALUE)));
        }
    }

    /** What a change holds takes the place of what was there, what it ends is gone, and the rest stays. */
    @Test
    default void aPartChangesWhatItHolds() {
        CellStore store = newStore();
        ClinicId sol = Samples.SOL.id();
        Lease lease = held(store, "a");
        Fact ahead = new PlainGate().admit(Samples.csat("ahead", Samples.SOL, 5), Samples.SOL);
        StoredEntity patient = other(EntityKey.patient(1), "known");
        store.save(
                lease,
                at(1),
                List.of(checkpoint(
                        sol,
                        4,
                        1,
                        true,
                        Map.of(1L, "one", 2L, "two", 3L, "three"),
                        List.of(open(1, 0), open(2, 0), patient),
                        List.of(ahead))));

        store.save(
                lease,
                at(2),
                List.of(part(
                        sol,
                        7,
                        2,
                        Map.of(2L, "", 3L, "changed", 4L, "new"),
                        open(1, 2),
                        StoredEntity.gone(EntityKey.conversation(2)),
                        StoredEntity.gone(EntityKey.appointment(1)),
                        open(3, 1))));

        assertThat(Content.of(store.load(sol)))
                .isEqualTo(Content.of(whole(
                        sol, 7, 2, Map.of(1L, "one", 3L, "changed", 4L, "new"), open(1, 2), open(3, 1), patient)));
        assertThat(store.standings())
                .containsOnly(Map.entry(
                        sol,
                        new Standing(
                                loaded(store, sol).fingerprint(),
                                7,
                                at(2 + Checkpoints.SLEEP).toEpochMilli())));
    }

    /** All of a clinic takes the place of all that was kept of it, and of nothing else. */
    @Test
    default void aWholeClinicTakesThePlaceOfAll() {
        CellStore store = newStore();
        ClinicId sol = Samples.SOL.id();
        Lease lease = held(store, "a");
        Checkpoint ofMar = whole(Samples.MAR.id(), 1, 1, Map.of(1L, "mar"), open(1, 0));
        store.save(
                lease, at(1), List.of(whole(sol, 9, 1, Map.of(1L, "one", 2L, "two"), open(1, 0), open(2, 0)), ofMar));

        Checkpoint second = whole(sol, 3, 1, Map.of(2L, "zwei", 5L, ""), open(2, 1));
        store.save(lease, at(1), List.of(second));

        assertThat(Content.of(store.load(sol))).isEqualTo(Content.of(whole(sol, 3, 1, Map.of(2L, "zwei"), open(2, 1))));
        assertThat(Content.of(store.load(Samples.MAR.id()))).isEqualTo(Content.of(ofMar));
    }

    /** Who saves says that the rest of the shard has not changed by then; of other shards it says nothing. */
    @Test
    default void allClinicsOfAShardStandAtItsNewestMoment() {
        CellStore store = newStore();
        ClinicId lejos = ClinicId.of("lejos");
        Lease first = held(store, 0, 2, "a");
        Lease second = held(store, 1, 2, "a");
        store.save(
                first,
                at(1),
                List.of(whole(Samples.SOL.id(), 1, 1, Map.of()), whole(Samples.MAR.id(), 1, 1, Map.of())));
        store.save(second, at(1), List.of(whole(lejos, 1, 1, Map.of())));

        store.save(first, at(2), List.of(part(Samples.SOL.id(), 2, 2, Map.of())));
        assertThat(loaded(store, Samples.MAR.id()).asOf()).isEqualTo(at(2));
        assertThat(loaded(store, Samples.MAR.id()).position()).isEqualTo(1);

        store.save(first, at(3), List.of());
        for (CellStore each : List.of(store, reopen(store))) {
            assertThat(loaded(each, Samples.SOL.id()).asOf()).isEqualTo(at(3));
            assertThat(read(each, Samples.MAR.id(), 0).asOf()).isEqualTo(at(3));
            assertThat(loaded(each, lejos).asOf()).isEqualTo(at(1));
        }

        store.save(first, at(2), List.of());
        assertThat(loaded(store, Samples.SOL.id()).asOf())
                .as("an engine whose clock is behind takes nothing back")
                .isEqualTo(at(3));
    }

    /** What time has changed of a clinic is not in it before somebody has kept it, whatever moment the others of its shard have come to. */
    @Test
    default void aClinicStandsBeforeWhatWakesIt() {
        CellStore store = newStore();
        ClinicId sol = Samples.SOL.id();
        Lease lease = held(store, "a");
        store.save(
                lease, at(1), List.of(whole(sol, 1, 1, Map.of(), open(1, 1)), whole(Samples.MAR.id(), 1, 1, Map.of())));
        long wakesAt = 1 + Checkpoints.SLEEP;
        store.save(lease, at(wakesAt - 1), List.of());
        assertThat(loaded(store, sol).asOf()).isEqualTo(at(wakesAt - 1));

        store.save(lease, at(wakesAt), List.of());
        store.save(lease, at(5 * wakesAt), List.of(part(Samples.MAR.id(), 2, 5 * wakesAt, Map.of())));

        for (CellStore each : List.of(store, reopen(store))) {
            assertThat(loaded(each, sol).asOf()).isEqualTo(at(wakesAt - 1));
            assertThat(read(each, sol, 0).asOf()).isEqualTo(at(wakesAt - 1));
            assertThat(active(each, sol, wakesAt)).isEqualTo(1);
            assertThat(loaded(each, Samples.MAR.id()).asOf()).isEqualTo(at(5 * wakesAt));
        }
    }

    /** Whoever has read a version is told what has changed since, and no more. */
    @Test
    default void whoReadsOnIsToldWhatHasChanged() {
        CellStore store = newStore();
        ClinicId sol = Samples.SOL.id();
        Lease lease = held(store, "a");
        store.save(lease, at(1), List.of(whole(sol, 1, 1, Map.of(1L, "one", 2L, "two", 3L, "three"))));
        KeptCells first = read(store, sol, 0);
        store.save(lease, at(2), List.of(part(sol, 2, 2, Map.of(2L, "zwei"))));
        KeptCells second = read(store, sol, first.version());
        store.save(lease, at(3), List.of(part(sol, 3, 3, Map.of(3L, "", 4L, "four"))));

        assertThat(text(first.days())).isEqualTo(Map.of(1L, "one", 2L, "two", 3L, "three"));
        assertThat(second.whole()).isFalse();
        assertThat(second.version()).isGreaterThan(first.version());
        assertThat(text(second.days())).isEqualTo(Map.of(2L, "zwei"));
        for (CellStore each : List.of(store, reopen(store))) {
            assertThat(text(read(each, sol, first.version()).days())).isEqualTo(Map.of(2L, "zwei", 3L, "", 4L, "four"));
            KeptCells third = read(each, sol, second.version());
            assertThat(text(third.days())).isEqualTo(Map.of(3L, "", 4L, "four"));
            assertThat(third.fingerprint()).isEqualTo(loaded(each, sol).fingerprint());
            KeptCells nothing = read(each, sol, third.version());
            assertThat(nothing.version()).isEqualTo(third.version());
            assertThat(nothing.whole()).isFalse();
            assertThat(nothing.days()).isEmpty();
        }
    }

    /** Where a clinic was folded anew there is no saying what has changed: all that there is is told. */
    @Test
    default void whoReadBeforeAWholeOneIsToldAll() {
        CellStore store = newStore();
        ClinicId sol = Samples.SOL.id();
        Lease lease = held(store, "a");
        store.save(lease, at(1), List.of(whole(sol, 1, 1, Map.of(1L, "one", 2L, "two"))));
        long before = read(store, sol, 0).version();
        store.save(lease, at(2), List.of(whole(sol, 2, 2, Map.of(2L, "zwei", 3L, ""))));
        long whole = read(store, sol, 0).version();
        store.save(lease, at(3), List.of(part(sol, 3, 3, Map.of(4L, "four"))));

        KeptCells all = read(store, sol, before);
        assertThat(all.whole()).isTrue();
        assertThat(text(all.days())).isEqualTo(Map.of(2L, "zwei", 4L, "four"));
        assertThat(read(store, sol, 0).whole()).isTrue();
        KeptCells some = read(store, sol, whole);
        assertThat(some.whole()).isFalse();
        assertThat(text(some.days())).isEqualTo(Map.of(4L, "four"));
    }

    /** Active at the moment that the clinic stands at, by the newest message, to the millisecond. */
    @Test
    default void activeConversationsAreCountedAtTheMoment() {
        CellStore store = newStore();
        ClinicId sol = Samples.SOL.id();
        Lease lease = held(store, "a");
        store.save(
                lease,
                at(1_000),
                List.of(
                        whole(
                                sol,
                                1,
                                1_000,
                                Map.of(),
                                open(1, 900),
                                open(2, 901),
                                open(3, 1_000),
                                other(EntityKey.patient(4), "p")),
                        whole(Samples.MAR.id(), 1, 1_000, Map.of(), open(5, 1_000))));

        assertThat(active(store, sol, 100)).isEqualTo(2);
        assertThat(active(store, sol, 101)).isEqualTo(3);
        assertThat(active(store, sol, 0)).isZero();

        store.save(lease, at(1_050), List.of());
        assertThat(active(store, sol, 100)).isEqualTo(1);

        store.save(
                lease,
                at(1_060),
                List.of(part(sol, 2, 1_060, Map.of(), open(1, 1_055), StoredEntity.gone(EntityKey.conversation(3)))));
        assertThat(active(store, sol, 100)).isEqualTo(1);
        assertThat(active(store, sol, 1_000)).isEqualTo(2);
    }

    /** Whoever was overtaken changes nothing, and is told so; nor does who never held the shard. */
    @Test
    default void aSaveUnderALostLeaseChangesNothing() {
        CellStore store = newStore();
        ClinicId sol = Samples.SOL.id();
        Checkpoint change = whole(sol, 9, 9, Map.of(1L, "nine"), open(1, 9));
        assertThatThrownBy(() -> store.save(new Lease(0, "a", 1), at(9), List.of(change)))
                .isInstanceOf(LeaseLostException.class);
        Lease lost = present(store.lease(0, 1, "a", Duration.ZERO));
        Checkpoint kept = whole(sol, 1, 1, Map.of(1L, "one"), open(1, 1));
        store.save(lost, at(1), List.of(kept));
        Lease held = held(store, "b");

        for (CellStore each : List.of(store, reopen(store))) {
            for (Lease none : List.of(
                    lost,
                    new Lease(0, "a", held.token()),
                    new Lease(0, "b", held.token() + 1),
                    new Lease(0, "b", held.token() - 1))) {
                assertThatThrownBy(() ->
                                each.save(none, at(9), List.of(change, whole(Samples.MAR.id(), 1, 9, Map.of()))))
                        .isInstanceOf(LeaseLostException.class);
            }
            assertThat(Content.of(each.load(sol))).isEqualTo(Content.of(kept));
            assertThat(each.load(Samples.MAR.id())).isNull();
        }
        store.save(held, at(2), List.of(part(sol, 2, 2, Map.of())));
        assertThat(loaded(store, sol).position()).isEqualTo(2);
    }

    /** To save again what may have been saved, since its word was lost, does no harm. */
    @Test
    default void aChangeThatIsSavedTwiceIsSavedOnce() {
        CellStore store = newStore();
        ClinicId sol = Samples.SOL.id();
        Lease lease = held(store, "a");
        store.save(lease, at(1), List.of(whole(sol, 1, 1, Map.of(1L, "one", 2L, "two"), open(1, 1), open(2, 1))));
        long before = read(store, sol, 0).version();
        Checkpoint change =
                part(sol, 2, 2, Map.of(1L, "", 3L, "three"), StoredEntity.gone(EntityKey.conversation(2)), open(3, 2));

        store.save(lease, at(2), List.of(change));
        store.save(lease, at(2), List.of(change));

        assertThat(Content.of(store.load(sol)))
                .isEqualTo(Content.of(whole(sol, 2, 2, Map.of(2L, "two", 3L, "three"), open(1, 1), open(3, 2))));
        assertThat(text(read(store, sol, before).days())).isEqualTo(Map.of(1L, "", 3L, "three"));
    }

    /**
     * However many owners race for a shard, no two hold it under one token, and none saves over another: each adds one to what it finds after it got the
     * lease, so the sum is the number of saves that were kept.
     */
    @Test
    default void ofOwnersThatRaceOneSavesAtATime() throws Exception {
        CellStore store = newStore();
        ClinicId sol = Samples.SOL.id();
        store.save(held(store, 0, 1, "first"), at(0), List.of(numbered(sol, 0)));
        store.lease(0, 1, "first", Duration.ZERO);
        Map<Long, String> owners = new ConcurrentHashMap<>();
        AtomicInteger tooLate = new AtomicInteger();

        List<Integer> saved = Threads.atOnce(4, thread -> {
            String owner = "owner " + thread;
            CellStore own = reopen(store);
            int kept = 0;
            for (int i = 0; i < 150; i++) {
                Lease lease = own.lease(0, 1, owner, Duration.ZERO);
                if (lease == null) {
                    continue;
                }
                assertThat(owners.merge(lease.token(), owner, (one, other) -> one))
                        .isEqualTo(owner);
                long next = loaded(own, sol).position() + 1;
                try {
                    own.save(lease, at(next), List.of(numbered(sol, next)));
                    kept++;
                } catch (LeaseLostException e) {
                    tooLate.incrementAndGet();
                }
            }
            return kept;
        });

        assertThat(loaded(store, sol).position())
                .isPositive()
                .isEqualTo(saved.stream().mapToInt(each -> each).sum());
    }

    /** Whoever loads or reads while others save sees all of a save or nothing. */
    @Test
    default void whatIsReadIsOfOneMoment() throws Exception {
        CellStore store = newStore();
        ClinicId sol = Samples.SOL.id();
        Lease lease = held(store, "a");
        store.save(lease, at(0), List.of(numbered(sol, 0)));
        int saves = 100;

        Threads.atOnce(3, thread -> {
            if (thread == 0) {
                for (int i = 1; i <= saves; i++) {
                    store.save(lease, at(i), List.of(numbered(sol, i)));
                }
                return true;
            }
            Checkpoint seen;
            do {
                seen = loaded(store, sol);
                assertThat(Content.of(seen)).isEqualTo(Content.of(numbered(sol, seen.position())));
                KeptCells cells = read(store, sol, 0);
                long number = Duration.between(at(0), cells.asOf()).toMillis();
                assertThat(text(cells.days()))
                        .isEqualTo(text(numbered(sol, number).days()));
                assertThat(cells.activeConversations()).isEqualTo((int) (number % 3));
            } while (seen.position() < saves);
            return true;
        });
    }

    /** A whole clinic in which everything says one number, the number of open conversations among it. */
    private static Checkpoint numbered(ClinicId clinic, long number) {
        StoredEntity[] entities = new StoredEntity[(int) (number % 3)];
        for (int i = 0; i < entities.length; i++) {
            entities[i] = open(i, number);
        }
        return whole(clinic, number, number, Map.of(1L, "cells " + number, number + 2, "more"), entities);
    }

    private static int active(CellStore store, ClinicId clinic, long millis) {
        return present(store.read(clinic, 0, Duration.ofMillis(millis))).activeConversations();
    }

    private static KeptCells read(CellStore store, ClinicId clinic, long since) {
        return present(store.read(clinic, since, Duration.ofHours(1)));
    }

    private static Checkpoint loaded(CellStore store, ClinicId clinic) {
        return present(store.load(clinic));
    }
}
