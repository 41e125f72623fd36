package dev.clinickpi.fold;

import dev.clinickpi.cell.DeltaSink;
import dev.clinickpi.cell.Dimension;
import dev.clinickpi.cell.Measure;
import dev.clinickpi.cell.People;
import dev.clinickpi.clinic.Money;
import dev.clinickpi.codec.ByteReader;
import dev.clinickpi.codec.ByteWriter;
import dev.clinickpi.event.EntityKey;
import dev.clinickpi.event.Fact;
import dev.clinickpi.event.KpiEvent.AppointmentStatus;
import java.time.LocalDate;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A patient: the earliest event that bears its id, and the newest state of each appointment that ever did (section 3). */
final class PatientFold extends Entity {

    private static final int BYTES = 200;
    private static final int BYTES_OF_APPOINTMENT = 150;

    private Map<Long, AppointmentState> appointments = Map.of();
    private long firstSeen = InstantSet.NONE;
    private @Nullable Contribution sent;

    PatientFold(long key, ClinicFold clinic) {
        super(key, clinic);
    }

    @Override
    void join(Fact fact) {
        if (fact.at() < firstSeen) {
            firstSeen = fact.at();
            refresh();
        }
    }

    @Override
    void receive(long appointment, AppointmentState state) {
        AppointmentState before = appointments.get(appointment);
        if (state.isNewerThan(before)) {
            if (appointments.isEmpty()) {
                appointments = new HashMap<>(2);
            }
            appointments.put(appointment, state);
            if (visits(state) || (before != null && visits(before))) {
                refresh();
            }
        }
    }

    private boolean visits(AppointmentState state) {
        return state.patient() == key && state.begun() && state.status() == AppointmentStatus.COMPLETED;
    }

    @Override
    EntityKey id() {
        return EntityKey.patient(key);
    }

    @Override
    void write(ByteWriter out) {
        out.signed(firstSeen);
        EntityCodec.write(appointments, out);
    }

    @Override
    void read(ByteReader in) {
        firstSeen = in.signed();
        appointments = EntityCodec.readStates(in);
        refresh();
    }

    @Override
    boolean isSettled() {
        return true;
    }

    @Override
    boolean knowsAny(Set<Long> patients) {
        return patients.contains(key) || namesAny(appointments, patients);
    }

    @Override
    long bytes() {
        return BYTES + (long) appointments.size() * BYTES_OF_APPOINTMENT;
    }

    @Override
    void refresh() {
        long onboardedAt = firstSeen;
        List<Visit> visits = new ArrayList<>(appointments.size());
        for (AppointmentState state : appointments.values()) {
            if (visits(state)) {
                onboardedAt = Math.min(onboardedAt, state.startsAt());
                visits.add(new Visit(clinic.localDays().of(state.startsAt()), state.value()));
            }
        }
        visits.sort(Visit.ORDER);
        Contribution contribution = new Contribution(onboardedAt, visits);
        if (!contribution.equals(sent)) {
            if (sent != null) {
                sent.emit(clinic.sink(), People.hash(key), -1);
            }
            contribution.emit(clinic.sink(), People.hash(key), 1);
            sent = contribution;
        }
    }

    /** What the patient counts for in the cells: nothing before it is onboarded. */
    private record Contribution(long onboardedAt, List<Visit> visits) {

        void emit(DeltaSink sink, int patient, long n) {
            if (onboardedAt == InstantSet.NONE) {
                return;
            }
            sink.person(Measure.ONBOARDED, onboardedAt, Dimension.NONE, patient, n);
            long lastMonth = Long.MIN_VALUE;
            for (Visit visit : visits) {
                if (visit.month() != lastMonth) {
                    lastMonth = visit.month();
                    sink.person(Measure.RETAINED, onboardedAt, new Dimension("", "", lastMonth), patient, n);
                }
                Money value = visit.value;
                if (value != null) {
                    Dimension dimension = new Dimension("", value.currency(), visit.epochDay);
                    sink.money(Measure.COHORT_VALUE, onboardedAt, dimension, value.amount(), patient, n);
                }
            }
        }
    }

    /** A completed appointment, by the local day that it started on. */
    private record Visit(long epochDay, @Nullable Money value) {

        static final Comparator<Visit> ORDER =
                Comparator.comparingLong(Visit::epochDay).thenComparing(Visit::value, Latest.MONEY);

        long month() {
            return LocalDate.ofEpochDay(epochDay).getLong(ChronoField.PROLEPTIC_MONTH);
        }
    }
}
