package dev.clinickpi.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EntityKey;
import dev.clinickpi.event.Fact;
import dev.clinickpi.event.FactCodec;
import dev.clinickpi.store.CellStore;
import dev.clinickpi.store.Checkpoint;
import dev.clinickpi.store.Lease;
import dev.clinickpi.store.StoredEntity;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Checkpoints that the contract kit tries stores with, and what they hold as values that can be compared. */
final class Checkpoints {

    /** All moments are given in milliseconds after this one. */
    static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    /** A lease that no test outlasts. */
    static final Duration LONG = Duration.ofHours(1);

    private static final byte[] NOTHING = {};

    private Checkpoints() {}

    /** What must be there. */
    static <T> T present(@Nullable T value) {
        assertThat(value).as("what is not there").isNotNull();
        return Objects.requireNonNull(value);
    }

    /** The lease of the only shard. */
    static Lease held(CellStore store, String owner) {
        return held(store, 0, 1, owner);
    }

    /** A lease that was to be had, for long. */
    static Lease held(CellStore store, int shard, int shards, String owner) {
        return present(store.lease(shard, shards, owner, LONG));
    }

    static Instant at(long millis) {
        return START.plusMillis(millis);
    }

    /** All of a clinic, at a position and a moment; days as (day, cells), the cells as text. */
    static Checkpoint whole(ClinicId clinic, long position, long millis, Map<Long, String> days, StoredEntity... kept) {
        return checkpoint(clinic, position, millis, true, days, List.of(kept), List.of());
    }

    /** What has changed of it; an empty text for a day that has no cells any more. */
    static Checkpoint part(ClinicId clinic, long position, long millis, Map<Long, String> days, StoredEntity... kept) {
        return checkpoint(clinic, position, millis, false, days, List.of(kept), List.of());
    }

    /** How long after its moment time first changes something of a clinic, in milliseconds. */
    static final long SLEEP = 10_000;

    static Checkpoint checkpoint(
            ClinicId clinic,
            long position,
            long millis,
            boolean whole,
            Map<Long, String> days,
            List<StoredEntity> entities,
            List<Fact> ahead) {
        Map<Long, byte[]> cells = new TreeMap<>();
        days.forEach((day, text) -> cells.put(day, bytes(text)));
        long newest = START.toEpochMilli() + millis - 1;
        long wakeAt = START.toEpochMilli() + millis + SLEEP;
        return new Checkpoint(
                clinic, "form " + position % 3, position, at(millis), newest, wakeAt, whole, cells, entities, ahead);
    }

    /** A conversation that is open, with a latest message so many milliseconds after {@link #START}. */
    static StoredEntity open(long id, long messageAt) {
        return new StoredEntity(
                EntityKey.conversation(id),
                bytes("open " + id + " " + messageAt),
                at(messageAt).toEpochMilli());
    }

    /** An entity that is no open conversation. */
    static StoredEntity other(EntityKey key, String state) {
        return new StoredEntity(key, bytes(state), null);
    }

    static byte[] bytes(String text) {
        return text.isEmpty() ? NOTHING : text.getBytes(StandardCharsets.UTF_8);
    }

    /** What a checkpoint holds, in one order. */
    record Content(
            ClinicId clinic,
            String fingerprint,
            long position,
            Instant asOf,
            long newest,
            long wakeAt,
            boolean whole,
            Map<Long, String> days,
            List<StoredEntity> entities,
            List<String> ahead) {

        static @Nullable Content of(@Nullable Checkpoint checkpoint) {
            return checkpoint == null
                    ? null
                    : new Content(
                            checkpoint.clinic(),
                            checkpoint.fingerprint(),
                            checkpoint.position(),
                            checkpoint.asOf(),
                            checkpoint.newest(),
                            checkpoint.wakeAt(),
                            checkpoint.whole(),
                            text(checkpoint.days()),
                            sorted(checkpoint.entities()),
                            facts(checkpoint.ahead()));
        }

        private static List<StoredEntity> sorted(List<StoredEntity> entities) {
            return entities.stream()
                    .sorted(Comparator.comparing(
                                    (StoredEntity entity) -> entity.key().kind())
                            .thenComparing(entity -> entity.key().id()))
                    .toList();
        }

        /** By their bytes, since equal facts may name other services. */
        private static List<String> facts(List<Fact> facts) {
            return facts.stream()
                    .map(fact -> fact.clinic() + " " + fact.id() + " "
                            + HexFormat.of().formatHex(FactCodec.encode(fact)))
                    .sorted()
                    .toList();
        }
    }

    /** The cells of days as values that can be compared. */
    static Map<Long, String> text(Map<Long, byte[]> days) {
        Map<Long, String> text = new TreeMap<>();
        days.forEach((day, cells) -> text.put(day, new String(cells, StandardCharsets.UTF_8)));
        return text;
    }
}
