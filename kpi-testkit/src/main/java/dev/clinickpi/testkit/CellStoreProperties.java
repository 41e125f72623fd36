package dev.clinickpi.testkit;

import dev.clinickpi.event.EntityKey;
import dev.clinickpi.store.CellStore;
import dev.clinickpi.store.StoredEntity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * What every {@link CellStore} must hold whatever happens to it, for jqwik. Beside {@link CellStoreContract}, since the tests of that are JUnit's.
 */
public interface CellStoreProperties {

    /** An empty store. */
    CellStore newStore();

    /** Something that an engine does. */
    sealed interface Step {}

    /** It takes a shard, for long or not at all. */
    record Take(int shard, String owner, boolean lasts) implements Step {}

    /** It gives it back. */
    record GiveBack(int shard, String owner) implements Step {}

    /** It saves what has changed in a shard, under the lease that it had last. */
    record Save(int shard, String owner, long millis, List<Change> changes) implements Step {}

    /** What has changed of the clinic of that number in the shard. */
    record Change(
            int clinic, boolean whole, Map<Long, String> days, List<StoredEntity> entities, List<Integer> ahead) {}

    /** Whatever owners did in whatever order, the store holds what the plainest model does, and tells of it since every version that it ever had. */
    @Property(tries = 60)
    default void anyHistoryLeavesWhatTheModelHolds(@ForAll("histories") List<Step> history) {
        CellStoreHistory.check(newStore(), history);
    }

    /** Three owners, the first more often than the others, over two shards of two clinics each. */
    @Provide
    default Arbitrary<List<Step>> histories() {
        Arbitrary<Integer> shard = Arbitraries.integers().between(0, 1);
        Arbitrary<String> owner = Arbitraries.of("a", "a", "a", "a", "b", "c");
        Arbitrary<Step> take = Combinators.combine(shard, owner, Arbitraries.of(true, false, false))
                .as(Take::new);
        Arbitrary<Step> giveBack = Combinators.combine(shard, owner).as(GiveBack::new);
        Arbitrary<Step> save = Combinators.combine(
                        shard, owner, Arbitraries.longs().between(0, 200), changes())
                .as(Save::new);
        return Arbitraries.frequencyOf(Tuple.of(3, take), Tuple.of(1, giveBack), Tuple.of(6, save))
                .list()
                .ofMinSize(10)
                .ofMaxSize(40);
    }

    private static Arbitrary<List<Change>> changes() {
        Arbitrary<Map<Long, String>> days = Arbitraries.maps(
                        Arbitraries.longs().between(0, 4), Arbitraries.of("", "x", "y", "z"))
                .ofMaxSize(3);
        Arbitrary<List<StoredEntity>> entities = entity().list().ofMaxSize(4).uniqueElements(StoredEntity::key);
        return Combinators.combine(
                        Arbitraries.integers().between(0, 1),
                        Arbitraries.of(true, false, false, false),
                        days,
                        entities,
                        Arbitraries.integers().between(1, 5).set().ofMaxSize(2).map(ArrayList::new))
                .as((clinic, whole, cells, kept, ahead) -> new Change(clinic, whole, cells, kept, ahead))
                .list()
                .ofMaxSize(2)
                .uniqueElements(Change::clinic);
    }

    private static Arbitrary<StoredEntity> entity() {
        Arbitrary<EntityKey> key = Combinators.combine(
                        Arbitraries.of(EntityKey.Kind.class),
                        Arbitraries.longs().between(1, 3))
                .as(EntityKey::new);
        return Combinators.combine(
                        key,
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.longs().between(0, 200))
                .as((entity, what, messageAt) -> switch (what) {
                    case 0 -> StoredEntity.gone(entity);
                    case 1 -> Checkpoints.other(entity, "state " + messageAt);
                    default ->
                        new StoredEntity(
                                entity,
                                Checkpoints.bytes("open " + messageAt),
                                Checkpoints.at(messageAt).toEpochMilli());
                });
    }
}
