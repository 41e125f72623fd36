package dev.clinickpi.fold;

import dev.clinickpi.cell.Dimension;
import dev.clinickpi.cell.Measure;
import dev.clinickpi.cell.People;
import dev.clinickpi.clinic.Money;
import dev.clinickpi.codec.ByteReader;
import dev.clinickpi.codec.ByteWriter;
import dev.clinickpi.event.EntityKey;
import dev.clinickpi.event.Fact;
import dev.clinickpi.event.KpiEvent.AppointmentStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An appointment and, when it was called off, its cancellation: a set of events in their order, and whether its place was offered and taken. All
 * else follows from the set (section 3).
 */
final class AppointmentFold extends Entity {

    private static final int BYTES = 500;
    private static final int BYTES_OF_EVENT = 120;

    private final TreeSet<Event> events = new TreeSet<>();
    private final Set<Long> conversations = new HashSet<>(2);
    private final Set<Long> patients = new HashSet<>(2);
    private boolean offered;
    private boolean filled;
    private long wokenAt = Long.MIN_VALUE;
    private @Nullable AppointmentState forwarded;
    private @Nullable Contribution sent;

    AppointmentFold(long key, ClinicFold clinic) {
        super(key, clinic);
    }

    @Override
    void join(Fact fact) {
        if (fact instanceof Fact.Appointment f) {
            accept(f);
        } else if (fact instanceof Fact.WaitlistOffered) {
            offer();
        } else if (fact instanceof Fact.WaitlistFilled) {
            fill();
        }
    }

    private void accept(Fact.Appointment fact) {
        if (add(Event.of(fact))) {
            refresh();
            wakeAt(fact.startsAt());
        }
    }

    private boolean add(Event event) {
        boolean isNew = events.add(event);
        if (isNew) {
            if (event.conversation != null) {
                conversations.add(event.conversation);
            }
            patients.add(event.patient);
        }
        return isNew;
    }

    private void wakeAt(long start) {
        if (start > clinic.now() && start != wokenAt) {
            wokenAt = start;
            clinic.wake(EntityKey.Kind.APPOINTMENT, key, wokenAt);
        }
    }

    private void offer() {
        offered = true;
        refresh();
    }

    private void fill() {
        filled = true;
        refresh();
    }

    /** The state that the entities which it names know of it; null before there is one. */
    @Nullable
    AppointmentState forwarded() {
        return forwarded;
    }

    @Override
    EntityKey id() {
        return EntityKey.appointment(key);
    }

    @Override
    void write(ByteWriter out) {
        out.code((offered ? 1 : 0) | (filled ? 2 : 0)).number(events.size());
        events.forEach(event -> event.write(out));
    }

    @Override
    void read(ByteReader in) {
        int marks = in.code();
        offered = (marks & 1) != 0;
        filled = (marks & 2) != 0;
        for (int left = in.size(); left > 0; left--) {
            add(Event.read(in));
        }
        refresh();
        if (!events.isEmpty()) {
            wakeAt(events.last().startsAt);
        }
    }

    @Override
    boolean isSettled() {
        return forwarded == null || forwarded.begun();
    }

    @Override
    Collection<EntityKey> tells() {
        List<EntityKey> named = new ArrayList<>(conversations.size() + patients.size());
        conversations.forEach(conversation -> named.add(EntityKey.conversation(conversation)));
        patients.forEach(patient -> named.add(EntityKey.patient(patient)));
        return named;
    }

    @Override
    boolean knowsAny(Set<Long> erased) {
        return patients.stream().anyMatch(erased::contains);
    }

    @Override
    long bytes() {
        return BYTES + (long) events.size() * BYTES_OF_EVENT;
    }

    @Override
    void refresh() {
        if (events.isEmpty()) {
            return;
        }
        AppointmentState after = state();
        Contribution contribution = new Contribution(after, offered, filled);
        if (!contribution.equals(sent)) {
            if (sent != null) {
                emit(sent, -1);
            }
            emit(contribution, 1);
            sent = contribution;
        }
        if (!after.equals(forwarded)) {
            tells().forEach(named -> clinic.forward(new Forward(named, key, after)));
            // Not before: an entity that is recalled to take this state must first know the one before.
            forwarded = after;
        }
    }

    private AppointmentState state() {
        Event last = events.last();
        Long conversation = null;
        Money value = null;
        Long confirmedAt = null;
        Long cancelledAt = null;
        for (Event event : events) {
            conversation = event.conversation == null ? conversation : event.conversation;
            value = event.value == null ? value : event.value;
            if (confirmedAt == null && event.confirms()) {
                confirmedAt = event.at;
            }
            if (event.status != AppointmentStatus.CANCELLED) {
                cancelledAt = null;
            } else if (cancelledAt == null) {
                cancelledAt = event.at;
            }
        }
        return new AppointmentState(
                events.size(),
                last.startsAt <= clinic.now(),
                last.status,
                last.startsAt,
                last.patient,
                conversation,
                value,
                confirmedAt,
                cancelledAt);
    }

    private void emit(Contribution contribution, long n) {
        AppointmentState appointment = contribution.state;
        int patient = People.hash(appointment.patient());
        if (appointment.begun()) {
            if (appointment.isResolved()) {
                clinic.sink().person(Measure.RESOLVED, appointment.startsAt(), Dimension.NONE, patient, n);
                if (appointment.status() == AppointmentStatus.NO_SHOW) {
                    clinic.sink().person(Measure.NO_SHOWS, appointment.startsAt(), Dimension.NONE, patient, n);
                }
            } else if (appointment.status() != AppointmentStatus.CANCELLED) {
                clinic.sink().person(Measure.UNRESOLVED, appointment.startsAt(), Dimension.NONE, patient, n);
            }
        }
        Long cancelledAt = appointment.cancelledAt();
        if (cancelledAt != null) {
            clinic.sink().person(Measure.CANCELLATIONS, cancelledAt, Dimension.NONE, patient, n);
            if (contribution.offered) {
                clinic.sink().person(Measure.OFFERED, cancelledAt, Dimension.NONE, patient, n);
            }
            if (contribution.filled) {
                clinic.sink().person(Measure.FILLED, cancelledAt, Dimension.NONE, patient, n);
            }
        }
    }

    /** What it counts for in the cells. */
    private record Contribution(AppointmentState state, boolean offered, boolean filled) {}

    /** What one event says, without its id: the same said twice at one instant is said once. */
    private record Event(
            long at,
            AppointmentStatus status,
            long startsAt,
            @Nullable String service,
            @Nullable Money value,
            @Nullable Long conversation,
            long patient)
            implements Comparable<Event> {

        private static final Comparator<Event> ORDER = Comparator.comparingLong(Event::at)
                .thenComparing(Event::status)
                .thenComparingLong(Event::startsAt)
                .thenComparing(Event::service, Latest.WORDS)
                .thenComparing(Event::value, Latest.MONEY)
                .thenComparing(Event::conversation, Latest.KEYS)
                .thenComparingLong(Event::patient);

        static Event of(Fact.Appointment fact) {
            return new Event(
                    fact.at(),
                    fact.status(),
                    fact.startsAt(),
                    fact.service(),
                    fact.value(),
                    fact.conversation(),
                    fact.patient());
        }

        void write(ByteWriter out) {
            out.instant(at).value(EntityCodec.STATUSES, status).instant(startsAt);
            out.optionalLabel(service)
                    .optionalMoney(value)
                    .optionalId(conversation)
                    .id(patient);
        }

        static Event read(ByteReader in) {
            return new Event(
                    in.instant(),
                    in.value(EntityCodec.STATUSES),
                    in.instant(),
                    in.optionalLabel(),
                    in.optionalMoney(),
                    in.optionalId(),
                    in.id());
        }

        boolean confirms() {
            return switch (status) {
                case CONFIRMED, COMPLETED, NO_SHOW -> true;
                case BOOKED, CANCELLED -> false;
            };
        }

        @Override
        public int compareTo(Event other) {
            return ORDER.compare(this, other);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Event that && compareTo(that) == 0;
        }

        @Override
        public int hashCode() {
            return Objects.hash(at, status, startsAt);
        }
    }
}
