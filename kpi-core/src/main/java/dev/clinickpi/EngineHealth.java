package dev.clinickpi;

import dev.clinickpi.event.EventLog.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an engine is. The counts of events are of this engine since it was built, over all clinics; it holds no figure and nothing of a patient.
 *
 * @param asOf when it was asked
 * @param accepted events that were stored
 * @param duplicates events that had been stored before
 * @param conflicts events whose id had been stored before with other content
 * @param rejected events and lines that were refused
 * @param tooLate events that came after the log had forgotten their time and were not stored, and facts and states that came for an entity which could not
 *     be folded again and changed nothing of it
 * @param erased events that came for a patient or clinic that was erased, and were not stored
 * @param entities conversations, appointments and patients in memory
 * @param cells cells by 15-minute slice
 * @param bytes about how much memory entities and cells take
 * @param newestEvent the latest instant that an accepted event bears, as far as clinics are in memory, which may lie ahead; null when there is none
 * @param shardsWritten of how many shards of clinics this engine writes the cells to its store; 0 when it has none
 * @param checkpointedAt when all cells that this engine writes were last kept; null when they never were
 * @param failingSince since when the log cannot be followed or what is folded not kept, at each try; null when the last one succeeded
 */
public record EngineHealth(
        Instant asOf,
        long accepted,
        long duplicates,
        long conflicts,
        long rejected,
        long tooLate,
        long erased,
        long entities,
        long cells,
        long bytes,
        @Nullable Instant newestEvent,
        int shardsWritten,
        @Nullable Instant checkpointedAt,
        @Nullable Instant failingSince) {

    static EngineHealth of(
            Instant now, Tally tally, List<Shard> shards, @Nullable Checkpoints checkpoints, Follower follower) {
        Shard.Holdings held = Shard.Holdings.NONE;
        for (Shard shard : shards) {
            held = held.plus(shard.latestHoldings());
        }
        return new EngineHealth(
                now,
                tally.count(Outcome.ACCEPTED),
                tally.count(Outcome.DUPLICATE),
                tally.count(Outcome.CONFLICT),
                tally.countOfRejected(),
                tally.count(Outcome.TOO_LATE) + held.tooLate(),
                tally.count(Outcome.ERASED),
                held.entities(),
                held.cells(),
                held.bytes(),
                held.newest() == Long.MIN_VALUE ? null : Instant.ofEpochMilli(held.newest()),
                checkpoints == null ? 0 : checkpoints.shardsHeld(),
                checkpoints == null ? null : checkpoints.savedAt(),
                follower.failingSince());
    }

    /** How long ago the newest event was: never negative, and null when there is none. In a running clinic a growing lag says that events fail to come. */
    public @Nullable Duration lag() {
        if (newestEvent == null) {
            return null;
        }
        Duration lag = Duration.between(newestEvent, asOf);
        return lag.isNegative() ? Duration.ZERO : lag;
    }
}
