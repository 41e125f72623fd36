package dev.clinickpi.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EntityKey;
import dev.clinickpi.store.CellStore;
import dev.clinickpi.store.Checkpoint;
import dev.clinickpi.store.KeptCells;
import dev.clinickpi.store.Lease;
import dev.clinickpi.store.LeaseLostException;
import dev.clinickpi.store.Standing;
import dev.clinickpi.store.StoredEntity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A kit is worth what it catches: each of these stores breaks the contract in one way, and the test that says so fails. */
class CellStoreContractTest {

    private record Broken(String how, Supplier<CellStore> store, KitTest caughtBy) {}

    private interface KitTest {
        void run(CellStoreContract kit) throws Throwable;
    }

    @TestFactory
    Stream<DynamicTest> catchesAStoreThat() {
        return Stream.of(
                        new Broken("makes clinics up", MakesUp::new, CellStoreContract::nothingIsKeptAtFirst),
                        new Broken(
                                "cuts ids to 32 bits",
                                () -> saving(change -> with(change, change.days(), cutIds(change))),
                                CellStoreContract::allOfACheckpointIsKept),
                        new Broken(
                                "keeps no facts that lie ahead",
                                () -> saving(change -> new Checkpoint(
                                        change.clinic(),
                                        change.fingerprint(),
                                        change.position(),
                                        change.asOf(),
                                        change.newest(),
                                        change.wakeAt(),
                                        change.whole(),
                                        change.days(),
                                        change.entities(),
                                        List.of())),
                                CellStoreContract::allOfACheckpointIsKept),
                        new Broken(
                                "keeps long days only in part",
                                () -> saving(change -> {
                                    Map<Long, byte[]> days = new HashMap<>(change.days());
                                    days.values().removeIf(cells -> cells.length > 65_536);
                                    return with(change, days, change.entities());
                                }),
                                CellStoreContract::allOfACheckpointIsKept),
                        new Broken(
                                "takes every change for all of the clinic",
                                () -> saving(change -> as(change, true)),
                                CellStoreContract::aPartChangesWhatItHolds),
                        new Broken(
                                "takes no notice of what is gone",
                                () -> saving(change -> with(
                                        change,
                                        change.days(),
                                        change.entities().stream()
                                                .filter(entity -> !entity.isGone())
                                                .toList())),
                                CellStoreContract::aPartChangesWhatItHolds),
                        new Broken(
                                "hands over days without cells",
                                HandsOverEmptyDays::new,
                                CellStoreContract::aPartChangesWhatItHolds),
                        new Broken(
                                "never drops what was kept",
                                () -> saving(change -> as(change, false)),
                                CellStoreContract::aWholeClinicTakesThePlaceOfAll),
                        new Broken(
                                "forgets the moment of the shard",
                                StandsWhereItChanged::new,
                                CellStoreContract::allClinicsOfAShardStandAtItsNewestMoment),
                        new Broken(
                                "has one shard whatever it is told",
                                OneShard::new,
                                CellStoreContract::allClinicsOfAShardStandAtItsNewestMoment),
                        new Broken(
                                "tells all each time",
                                TellsAll::new,
                                CellStoreContract::whoReadsOnIsToldWhatHasChanged),
                        new Broken(
                                "never tells that a day is empty",
                                () -> new TellsOf(false),
                                CellStoreContract::whoReadsOnIsToldWhatHasChanged),
                        new Broken(
                                "hides that it was folded anew",
                                () -> new TellsOf(true),
                                CellStoreContract::whoReadBeforeAWholeOneIsToldAll),
                        new Broken(
                                "counts a conversation as active for a millisecond more",
                                () -> new Window(1),
                                CellStoreContract::activeConversationsAreCountedAtTheMoment),
                        new Broken(
                                "gives a new token at each renewal",
                                RenewsAnew::new,
                                CellStoreContract::aLeaseIsOneOwners),
                        new Broken(
                                "gives a shard to all who ask", LeasesToAll::new, CellStoreContract::aLeaseIsOneOwners),
                        new Broken(
                                "lets no lease run out", () -> new Lasting(60_000), CellStoreContract::aLeaseRunsOut),
                        new Broken(
                                "lets leases run out early", () -> new Lasting(-200), CellStoreContract::aLeaseRunsOut),
                        new Broken("takes no lease back", TakesNoneBack::new, CellStoreContract::aLeaseIsGivenBack),
                        new Broken("takes back by shard", TakesBackByShard::new, CellStoreContract::aLeaseIsGivenBack),
                        new Broken(
                                "does not mind the number of shards",
                                OneShard::new,
                                CellStoreContract::theFirstSettlesTheNumberOfShards),
                        new Broken(
                                "looks at the owner alone",
                                () -> new Fence(false, true),
                                CellStoreContract::aSaveUnderALostLeaseChangesNothing),
                        new Broken(
                                "looks at the token alone",
                                () -> new Fence(true, false),
                                CellStoreContract::aSaveUnderALostLeaseChangesNothing),
                        new Broken(
                                "counts what is saved twice",
                                AddsUp::new,
                                CellStoreContract::aChangeThatIsSavedTwiceIsSavedOnce),
                        new Broken(
                                "does not look at leases at all",
                                () -> new Fence(false, false),
                                CellStoreContract::ofOwnersThatRaceOneSavesAtATime),
                        new Broken(
                                "saves piece by piece", SavesInPieces::new, CellStoreContract::whatIsReadIsOfOneMoment))
                .map(broken -> DynamicTest.dynamicTest(broken.how, () -> {
                    CellStoreContract kit = broken.store::get;
                    assertThatThrownBy(() -> broken.caughtBy.run(kit))
                            .extracting(CellStoreContractTest::ofItsThread)
                            .isInstanceOf(AssertionError.class);
                }));
    }

    private static Throwable ofItsThread(Throwable thrown) {
        return thrown instanceof ExecutionException ? thrown.getCause() : thrown;
    }

    /** Two faults that only some histories bring out. */
    @Example
    void theModelCatchesWhatTheTablesMayMiss() {
        CellStoreProperties kit = CellStore::inMemory;
        List<Supplier<CellStore>> broken = List.of(ForgetsWhoWasBefore::new, StandsAtItsLastChange::new);
        for (Supplier<CellStore> each : broken) {
            assertThatThrownBy(() -> kit.histories()
                            .sampleStream()
                            .limit(500)
                            .forEach(history -> CellStoreHistory.check(each.get(), history)))
                    .isInstanceOf(AssertionError.class);
        }
    }

    private static Checkpoint with(Checkpoint change, Map<Long, byte[]> days, List<StoredEntity> entities) {
        return new Checkpoint(
                change.clinic(),
                change.fingerprint(),
                change.position(),
                change.asOf(),
                change.newest(),
                change.wakeAt(),
                change.whole(),
                days,
                entities,
                change.ahead());
    }

    private static Checkpoint as(Checkpoint change, boolean whole) {
        return new Checkpoint(
                change.clinic(),
                change.fingerprint(),
                change.position(),
                change.asOf(),
                change.newest(),
                change.wakeAt(),
                whole,
                change.days(),
                change.entities(),
                change.ahead());
    }

    private static List<StoredEntity> cutIds(Checkpoint change) {
        return change.entities().stream()
                .map(entity -> new StoredEntity(
                        new EntityKey(entity.key().kind(), (int) entity.key().id()),
                        entity.state(),
                        entity.openMessageAt()))
                .toList();
    }

    private static CellStore saving(UnaryOperator<Checkpoint> spoil) {
        return new Spoiled() {
            @Override
            public void save(Lease lease, Instant asOf, List<Checkpoint> changes) {
                super.save(lease, asOf, changes.stream().map(spoil).toList());
            }
        };
    }

    /** Does all as the store in memory does, for others to spoil. */
    private static class Spoiled implements CellStore {

        final CellStore right = CellStore.inMemory();

        @Override
        public @Nullable Lease lease(int shard, int shards, String owner, Duration length) {
            return right.lease(shard, shards, owner, length);
        }

        @Override
        public void release(Lease lease) {
            right.release(lease);
        }

        @Override
        public void save(Lease lease, Instant asOf, List<Checkpoint> changes) {
            right.save(lease, asOf, changes);
        }

        @Override
        public @Nullable Checkpoint load(ClinicId clinic) {
            return right.load(clinic);
        }

        @Override
        public @Nullable KeptCells read(ClinicId clinic, long since, Duration activeWindow) {
            return right.read(clinic, since, activeWindow);
        }

        @Override
        public Map<ClinicId, Standing> standings() {
            return right.standings();
        }
    }

    private static final class MakesUp extends Spoiled {
        @Override
        public Checkpoint load(ClinicId clinic) {
            return Checkpoints.whole(clinic, 0, 0, Map.of());
        }
    }

    private static final class HandsOverEmptyDays extends Spoiled {
        @Override
        public Checkpoint load(ClinicId clinic) {
            Checkpoint loaded = super.load(clinic);
            Map<Long, byte[]> days = new HashMap<>(loaded.days());
            days.put(2L, new byte[0]);
            return with(loaded, days, loaded.entities());
        }
    }

    private static final class StandsWhereItChanged extends Spoiled {

        private final Map<ClinicId, Instant> moments = new HashMap<>();

        @Override
        public void save(Lease lease, Instant asOf, List<Checkpoint> changes) {
            changes.forEach(change -> moments.put(change.clinic(), asOf));
            super.save(lease, asOf, changes);
        }

        @Override
        public Checkpoint load(ClinicId clinic) {
            return at(super.load(clinic), moments.get(clinic));
        }
    }

    private static Checkpoint at(@Nullable Checkpoint loaded, Instant asOf) {
        return loaded == null
                ? null
                : new Checkpoint(
                        loaded.clinic(),
                        loaded.fingerprint(),
                        loaded.position(),
                        asOf,
                        loaded.newest(),
                        loaded.wakeAt(),
                        loaded.whole(),
                        loaded.days(),
                        loaded.entities(),
                        loaded.ahead());
    }

    private static final class OneShard extends Spoiled {
        @Override
        public @Nullable Lease lease(int shard, int shards, String owner, Duration length) {
            return super.lease(0, 1, owner, length);
        }
    }

    private static final class TellsAll extends Spoiled {
        @Override
        public @Nullable KeptCells read(ClinicId clinic, long since, Duration activeWindow) {
            return super.read(clinic, 0, activeWindow);
        }
    }

    /** Says that it tells of what has changed, or leaves out the days that have no cells any more. */
    private static final class TellsOf extends Spoiled {

        private final boolean emptyDays;

        TellsOf(boolean emptyDays) {
            this.emptyDays = emptyDays;
        }

        @Override
        public @Nullable KeptCells read(ClinicId clinic, long since, Duration activeWindow) {
            KeptCells kept = super.read(clinic, since, activeWindow);
            if (kept == null) {
                return null;
            }
            Map<Long, byte[]> days = new HashMap<>(kept.days());
            if (!emptyDays) {
                days.values().removeIf(cells -> cells.length == 0);
            }
            return new KeptCells(
                    kept.version(), kept.fingerprint(), kept.asOf(), kept.activeConversations(), false, days);
        }
    }

    private static final class Window extends Spoiled {

        private final long moreMillis;

        Window(long moreMillis) {
            this.moreMillis = moreMillis;
        }

        @Override
        public @Nullable KeptCells read(ClinicId clinic, long since, Duration activeWindow) {
            return super.read(clinic, since, activeWindow.plusMillis(moreMillis));
        }
    }

    private static final class RenewsAnew extends Spoiled {
        @Override
        public @Nullable Lease lease(int shard, int shards, String owner, Duration length) {
            Lease held = super.lease(shard, shards, owner, length);
            if (held == null) {
                return null;
            }
            super.lease(shard, shards, owner, Duration.ZERO);
            super.lease(shard, shards, "nobody", Duration.ZERO);
            return super.lease(shard, shards, owner, length);
        }
    }

    private static final class LeasesToAll extends Spoiled {
        @Override
        public Lease lease(int shard, int shards, String owner, Duration length) {
            Lease held = super.lease(shard, shards, owner, length);
            return held == null ? new Lease(shard, owner, 99) : held;
        }
    }

    private static final class Lasting extends Spoiled {

        private final long moreMillis;

        Lasting(long moreMillis) {
            this.moreMillis = moreMillis;
        }

        @Override
        public @Nullable Lease lease(int shard, int shards, String owner, Duration length) {
            return super.lease(shard, shards, owner, length.plusMillis(moreMillis));
        }
    }

    private static final class TakesNoneBack extends Spoiled {
        @Override
        public void release(Lease lease) {
            // Nothing happens.
        }
    }

    private static final class TakesBackByShard extends Spoiled {

        private final Map<Integer, Lease> held = new HashMap<>();

        @Override
        public @Nullable Lease lease(int shard, int shards, String owner, Duration length) {
            Lease lease = super.lease(shard, shards, owner, length);
            if (lease != null) {
                held.put(shard, lease);
            }
            return lease;
        }

        @Override
        public void release(Lease lease) {
            super.release(held.get(lease.shard()));
        }
    }

    /** Lets saves through under what it takes for the newest lease. */
    private static final class Fence extends Spoiled {

        private final Map<Integer, Lease> held = new HashMap<>();
        private final boolean byToken;
        private final boolean byOwner;

        Fence(boolean byToken, boolean byOwner) {
            this.byToken = byToken;
            this.byOwner = byOwner;
        }

        /** Leaves the others time to come between what is loaded and what is saved. */
        @Override
        public @Nullable Checkpoint load(ClinicId clinic) {
            Checkpoint loaded = super.load(clinic);
            pause();
            return loaded;
        }

        @Override
        public synchronized @Nullable Lease lease(int shard, int shards, String owner, Duration length) {
            Lease lease = super.lease(shard, shards, owner, length);
            if (lease != null) {
                held.put(shard, lease);
            }
            return lease;
        }

        @Override
        public synchronized void save(Lease lease, Instant asOf, List<Checkpoint> changes) {
            Lease newest = held.get(lease.shard());
            if (newest == null
                    || byToken && newest.token() != lease.token()
                    || byOwner && !newest.owner().equals(lease.owner())) {
                throw new LeaseLostException(lease);
            }
            super.save(newest, asOf, changes);
        }
    }

    private static final class AddsUp extends Spoiled {
        @Override
        public void save(Lease lease, Instant asOf, List<Checkpoint> changes) {
            List<Checkpoint> sums = new ArrayList<>();
            for (Checkpoint change : changes) {
                Checkpoint kept = load(change.clinic());
                Map<Long, byte[]> days = new HashMap<>(change.days());
                days.replaceAll(
                        (day, cells) -> sum(kept == null ? null : kept.days().get(day), cells));
                sums.add(with(change, days, change.entities()));
            }
            super.save(lease, asOf, sums);
        }

        private static byte[] sum(byte @Nullable [] kept, byte[] more) {
            return Checkpoints.bytes((kept == null ? "" : new String(kept)) + new String(more));
        }
    }

    private static final class SavesInPieces extends Spoiled {
        @Override
        public void save(Lease lease, Instant asOf, List<Checkpoint> changes) {
            for (Checkpoint change : changes) {
                super.save(lease, asOf, List.of(with(change, Map.of(), List.of())));
                pause();
                super.save(lease, asOf, List.of(as(change, false)));
            }
        }
    }

    /** Long enough for another thread to have its turn, on a machine that has much to do, too. */
    private static void pause() {
        LockSupport.parkNanos(200_000);
    }

    /** A version that is read on from is the newest but one. */
    private static final class ForgetsWhoWasBefore extends Spoiled {
        @Override
        public @Nullable KeptCells read(ClinicId clinic, long since, Duration activeWindow) {
            KeptCells newest = super.read(clinic, 0, activeWindow);
            return newest == null || since == 0
                    ? newest
                    : super.read(clinic, Math.max(since, newest.version() - 3), activeWindow);
        }
    }

    /** It does not see that time has gone on when a later save is of an earlier moment. */
    private static final class StandsAtItsLastChange extends Spoiled {

        private final Map<Integer, Instant> moments = new HashMap<>();

        @Override
        public void save(Lease lease, Instant asOf, List<Checkpoint> changes) {
            super.save(lease, asOf, changes);
            moments.put(lease.shard(), asOf);
        }

        @Override
        public @Nullable Checkpoint load(ClinicId clinic) {
            return at(super.load(clinic), moments.get(clinic.value().charAt(0) - '0'));
        }
    }
}
