package dev.clinickpi.benchmarks.log;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.clinic.Money;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.KpiEvent.AppointmentStatus;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An appointment from its booking to its outcome, or to the end of the log. */
final class AppointmentLife {

    private static final long MINUTE = 60_000L;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private final ClinicLife clinic;
    private final Chance chance;
    private final Deliveries deliveries;
    private final ClinicTally tally;
    private final ClinicId at;
    private final String appointment;
    private final String conversation;
    private final String patient;
    private final String service;
    private final Money value;
    private long now;
    private long startsAt;
    private boolean converted;
    private @Nullable AppointmentStatus latest;

    AppointmentLife(ClinicLife clinic, String conversation, String patient) {
        this.clinic = clinic;
        this.chance = clinic.chance();
        this.deliveries = clinic.deliveries();
        this.tally = clinic.tally();
        this.at = clinic.id();
        this.conversation = conversation;
        this.patient = patient;
        this.appointment = "appt-" + chance.hex();
        this.service = chance.of(MadeClinics.SERVICES);
        this.value = new Money(BigDecimal.valueOf(chance.between(2_000, 30_000), 2), clinic.currency());
    }

    void live(long booked) {
        now = booked + chance.millisBetween(1_000, MINUTE);
        startsAt = roundToQuarter(now + chance.millisBetween(DAY, 14 * DAY));
        say(AppointmentStatus.BOOKED, false);
        if (chance.in(0.8)) {
            now += chance.millisBetween(MINUTE, 12 * HOUR);
            say(AppointmentStatus.CONFIRMED, false);
        }
        int moves = chance.in(0.5) ? chance.between(1, 3) : 0;
        for (int i = 0; i < moves; i++) {
            move();
        }
        if (chance.in(0.12)) {
            cancel();
        } else {
            now = startsAt + chance.millisBetween(20 * MINUTE, 90 * MINUTE);
            say(chance.in(0.15) ? AppointmentStatus.NO_SHOW : AppointmentStatus.COMPLETED, false);
        }
        count();
    }

    private void move() {
        now += chance.millisBetween(MINUTE, 6 * HOUR);
        startsAt = roundToQuarter(Math.max(startsAt, now + DAY) + chance.millisBetween(0, 3 * DAY));
        say(latest == null ? AppointmentStatus.BOOKED : latest, true);
    }

    private void cancel() {
        now += chance.millisBetween(MINUTE, 10 * HOUR);
        boolean said = say(AppointmentStatus.CANCELLED, false);
        if (!said || !chance.in(0.7)) {
            return;
        }
        now += chance.millisBetween(MINUTE, HOUR);
        deliveries.add(new KpiEvent.WaitlistOffered(
                clinic.eventId(), at, instant(), appointment, "999" + chance.between(1_000_000, 9_999_999)));
        now += chance.millisBetween(MINUTE, HOUR);
        if (chance.in(0.5)
                && deliveries.add(new KpiEvent.WaitlistFilled(
                        clinic.eventId(), at, instant(), appointment, "appt-" + chance.hex()))) {
            tally.filled++;
        }
    }

    private boolean say(AppointmentStatus status, boolean corrects) {
        KpiEvent event = new KpiEvent.Appointment(
                clinic.eventId(),
                at,
                instant(),
                appointment,
                patient,
                status,
                Instant.ofEpochMilli(startsAt),
                conversation,
                service,
                value);
        boolean added = corrects ? deliveries.addCorrection(event) : deliveries.add(event);
        if (added) {
            latest = status;
            converted |= status != AppointmentStatus.BOOKED && status != AppointmentStatus.CANCELLED;
        }
        return added;
    }

    /** Every appointment starts within 30 days of its conversation, so whatever was confirmed converted. */
    private void count() {
        if (converted) {
            tally.converted++;
        }
        if (latest == AppointmentStatus.COMPLETED || latest == AppointmentStatus.NO_SHOW) {
            tally.resolved++;
        }
        if (latest == AppointmentStatus.NO_SHOW) {
            tally.noShows++;
        }
        if (latest == AppointmentStatus.CANCELLED) {
            tally.cancelled++;
        }
    }

    private static long roundToQuarter(long millis) {
        return millis - millis % (15 * MINUTE);
    }

    private Instant instant() {
        return Instant.ofEpochMilli(now);
    }
}
