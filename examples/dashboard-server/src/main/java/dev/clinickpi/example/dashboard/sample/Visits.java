package dev.clinickpi.example.dashboard.sample;

import dev.clinickpi.clinic.ClinicCalendar;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.clinic.Money;
import dev.clinickpi.clinic.Service;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.KpiEvent.AppointmentStatus;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The appointments that come of a conversation: the first visit, and those that follow it. */
final class Visits {

    private static final int MOST_RETURNS = 6;

    private final ClinicStory story;
    private final ClinicId clinic;
    private final Random random;
    private final List<KpiEvent> events;
    private final String patient;
    private final Service service;
    private final ClinicCalendar calendar;

    Visits(ClinicStory story, Random random, List<KpiEvent> events, String patient, Service service) {
        this.story = story;
        this.clinic = story.clinic().id();
        this.random = random;
        this.events = events;
        this.patient = patient;
        this.service = service;
        this.calendar = ClinicCalendar.of(story.clinic());
    }

    /** Books a visit within the next days, and those after it. */
    void book(String conversation, Instant at) {
        boolean comes = visit(conversation + "-visit-0", conversation, at, 1 + random.nextInt(9));
        for (int n = 1; comes && n <= MOST_RETURNS && chance(story.returns()); n++) {
            Instant last = events.get(events.size() - 1).at();
            int days = Math.max(2, (int) (story.returnDays() * (0.6 + 0.8 * random.nextDouble())));
            comes = visit(conversation + "-visit-" + n, null, last.plusSeconds(600), days);
        }
    }

    /** @return whether the patient came */
    private boolean visit(String appointment, @Nullable String conversation, Instant booked, int inDays) {
        Instant starts = slot(booked.plus(Duration.ofDays(inDays)));
        Money value = new Money(
                BigDecimal.valueOf((long) (story.visitValue() * (0.5 + random.nextDouble()))),
                story.clinic().currency());
        say(appointment, booked, AppointmentStatus.BOOKED, starts, conversation, value);
        if (chance(0.9)) {
            Instant confirmed = booked.plusSeconds(60 + random.nextInt(30_000));
            say(appointment, confirmed, AppointmentStatus.CONFIRMED, starts, conversation, value);
        }
        LocalDate day = LocalDate.ofInstant(starts, story.clinic().zone());
        if (chance(0.11)) {
            cancel(appointment, starts, conversation, value, day);
            return false;
        }
        boolean missed = chance(story.towards(0.21, 0.085, day));
        AppointmentStatus outcome = missed ? AppointmentStatus.NO_SHOW : AppointmentStatus.COMPLETED;
        say(appointment, starts.plus(Duration.ofMinutes(50)), outcome, starts, conversation, value);
        return !missed;
    }

    /** The place is offered to who waits for one: by telephone before the receptionist, by itself since. */
    private void cancel(String appointment, Instant starts, @Nullable String conversation, Money value, LocalDate day) {
        Instant at = starts.minus(Duration.ofMinutes(180 + random.nextInt(1_200)));
        say(appointment, at, AppointmentStatus.CANCELLED, starts, conversation, value);
        if (!chance(story.towards(0.25, 0.85, day))) {
            return;
        }
        String next = patient + "-waiting";
        events.add(new KpiEvent.WaitlistOffered(appointment + "-offer", clinic, at.plusSeconds(40), appointment, next));
        if (chance(story.towards(0.3, 0.62, day))) {
            String filled = appointment + "-filled";
            Instant accepted = at.plusSeconds(300 + random.nextInt(4_000));
            events.add(new KpiEvent.Appointment(
                    filled + "-booked",
                    clinic,
                    accepted,
                    filled,
                    next,
                    AppointmentStatus.CONFIRMED,
                    starts,
                    null,
                    service.id(),
                    value));
            events.add(new KpiEvent.WaitlistFilled(
                    filled + "-from-list", clinic, accepted.plusSeconds(1), appointment, filled));
            events.add(new KpiEvent.Appointment(
                    filled + "-came",
                    clinic,
                    starts.plus(Duration.ofMinutes(50)),
                    filled,
                    next,
                    AppointmentStatus.COMPLETED,
                    starts,
                    null,
                    service.id(),
                    value));
        }
    }

    /** The first half hour after an instant at which the clinic is open. */
    private Instant slot(Instant from) {
        long halfHour = Duration.ofMinutes(30).toMillis();
        long at = Math.floorDiv(from.toEpochMilli(), halfHour) * halfHour;
        while (!calendar.isOpen(at)) {
            at = calendar.nextOpening(at).orElse(at) + random.nextInt(8) * halfHour;
        }
        return Instant.ofEpochMilli(at);
    }

    private void say(
            String appointment,
            Instant at,
            AppointmentStatus status,
            Instant starts,
            @Nullable String conversation,
            Money value) {
        events.add(new KpiEvent.Appointment(
                appointment + "-" + status,
                clinic,
                at,
                appointment,
                patient,
                status,
                starts,
                conversation,
                service.id(),
                value));
    }

    private boolean chance(double share) {
        return random.nextDouble() < share;
    }
}
