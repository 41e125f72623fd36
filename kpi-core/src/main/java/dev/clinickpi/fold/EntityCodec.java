package dev.clinickpi.fold;

import dev.clinickpi.codec.ByteReader;
import dev.clinickpi.codec.ByteWriter;
import dev.clinickpi.event.KpiEvent.AppointmentStatus;
import dev.clinickpi.event.KpiEvent.LeadTier;
import dev.clinickpi.event.KpiEvent.Sender;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was joined into an entity as bytes, for stores. What it counts for is not among them: that follows from what was joined and the moment. The first
 * byte is the version of the form; what entities are equal gives equal bytes.
 */
final class EntityCodec {

    static final int VERSION = 1;

    // A value's code is its place. Stored entities hold these: values may be added at the end, and nothing else may
    // change.
    static final List<Sender> SENDERS = List.of(Sender.PATIENT, Sender.BOT, Sender.HUMAN);
    static final List<LeadTier> TIERS = List.of(LeadTier.COLD, LeadTier.COOL, LeadTier.WARM, LeadTier.HOT);
    static final List<AppointmentStatus> STATUSES = List.of(
            AppointmentStatus.BOOKED,
            AppointmentStatus.CONFIRMED,
            AppointmentStatus.CANCELLED,
            AppointmentStatus.COMPLETED,
            AppointmentStatus.NO_SHOW);

    private EntityCodec() {}

    static byte[] encode(Entity entity) {
        ByteWriter out = new ByteWriter().code(VERSION);
        entity.write(out);
        return out.toBytes();
    }

    /**
     * Joins what was joined into an entity when it was encoded.
     *
     * @throws IllegalArgumentException if the bytes are of another version, cut short or otherwise none of such an entity
     */
    static void decode(byte[] bytes, Entity entity) {
        ByteReader in = new ByteReader(bytes, "an entity");
        int version = in.code();
        in.require(version == VERSION, "are of version " + version + " while this library reads version " + VERSION);
        entity.read(in);
        in.end();
    }

    static void write(Map<Long, AppointmentState> states, ByteWriter out) {
        out.number(states.size());
        new TreeMap<>(states).forEach((key, state) -> {
            out.id(key).number(state.revision()).code(state.begun() ? 1 : 0);
            out.value(STATUSES, state.status()).instant(state.startsAt()).id(state.patient());
            out.optionalId(state.conversation()).optionalMoney(state.value());
            write(state.confirmedAt(), out);
            write(state.cancelledAt(), out);
        });
    }

    static Map<Long, AppointmentState> readStates(ByteReader in) {
        int size = in.size();
        Map<Long, AppointmentState> states = size == 0 ? Map.of() : new HashMap<>(2 * size);
        for (int i = 0; i < size; i++) {
            states.put(
                    in.id(),
                    new AppointmentState(
                            Math.toIntExact(in.number()),
                            in.code() == 1,
                            in.value(STATUSES),
                            in.instant(),
                            in.id(),
                            in.optionalId(),
                            in.optionalMoney(),
                            readInstant(in),
                            readInstant(in)));
        }
        return states;
    }

    private static void write(@Nullable Long instant, ByteWriter out) {
        if (instant == null) {
            out.code(0);
        } else {
            out.code(1).instant(instant);
        }
    }

    private static @Nullable Long readInstant(ByteReader in) {
        return in.code() == 0 ? null : in.instant();
    }
}
