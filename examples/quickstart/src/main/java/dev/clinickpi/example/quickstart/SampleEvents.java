package dev.clinickpi.example.quickstart;

import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.clinic.Money;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.KpiEvent.AppointmentStatus;
import dev.clinickpi.event.KpiEvent.LeadTier;
import dev.clinickpi.event.KpiEvent.Sender;
import dev.clinickpi.time.Period;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * What an invented dental clinic's receptionist would report: some sixty patients who write by day and by night, book, cancel, miss their appointment
 * or come. The same events whenever it is asked, and nobody's: ids are numbered.
 */
public final class SampleEvents {

    private static final int PATIENTS = 60;

    /** The share of patients who write twice. */
    private static final double RETURNS = 0.5;

    private static final List<String> QUESTIONS = List.of(
            "Buenas, ¿cuánto cuesta un implante dental?",
            "Hola, quería pedir hora para una limpieza",
            "¿Ponéis brackets a adultos?",
            "Me gustaría blanquear los dientes antes del verano",
            "Hola, quería pedir hora para una higiene",
            "¿Tenéis hueco esta semana?");

    private static final List<BigDecimal> VISIT_VALUES =
            List.of(new BigDecimal("60"), new BigDecimal("75"), new BigDecimal("90"), new BigDecimal("140"));

    private static final List<String> FEATURES = List.of("inbox", "reminders", "waitlist");

    private final Random random = new Random(2026);
    private final List<KpiEvent> events = new ArrayList<>();
    private final Clinic clinic;
    private final Period period;
    private int conversations;
    private int appointments;

    private SampleEvents(Clinic clinic, Period period) {
        this.clinic = clinic;
        this.period = period;
    }

    /** The reference data of the sample, as JSON. The caller closes it. */
    public static InputStream clinicsJson() {
        return Objects.requireNonNull(SampleEvents.class.getResourceAsStream("clinics.json"), "clinics.json");
    }

    /** The reference data of the sample. */
    public static ClinicDirectory directory() {
        try (InputStream json = clinicsJson()) {
            return ClinicDirectory.read(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The events of a period, in the order that they happened.
     *
     * @throws IllegalArgumentException if the sample does not have the clinic
     */
    public static List<KpiEvent> of(ClinicId clinic, Period period) {
        Clinic reference = directory()
                .clinic(clinic)
                .orElseThrow(() -> new IllegalArgumentException("The sample has no such clinic; ask for sol"));
        return new SampleEvents(reference, period).events();
    }

    private List<KpiEvent> events() {
        for (int patient = 1; patient <= PATIENTS; patient++) {
            String id = "patient-" + patient;
            int first = events.size();
            converse(id);
            add(new KpiEvent.PatientOnboarded(
                    next(), clinic.id(), events.get(first).at(), id));
            if (chance(RETURNS)) {
                converse(id);
            }
        }
        period.from().datesUntil(period.to()).forEach(this::useFeatures);
        Instant start = period.from().atStartOfDay(clinic.zone()).toInstant();
        add(new KpiEvent.SubscriptionChanged(next(), clinic.id(), start, "pro"));
        Instant end = period.to().atStartOfDay(clinic.zone()).toInstant();
        return events.stream()
                .filter(event -> event.at().isBefore(end))
                .sorted(Comparator.comparing(KpiEvent::at))
                .toList();
    }

    /** One conversation from the first message to what came of it. */
    private void converse(String patient) {
        String conversation = "conversation-" + ++conversations;
        Instant at = someTime();
        LeadTier tier = pick(List.of(LeadTier.COLD, LeadTier.COOL, LeadTier.WARM, LeadTier.WARM, LeadTier.HOT));
        for (int turn = 0; turn < 2; turn++) {
            String text = turn == 0 ? pick(QUESTIONS) : null;
            add(new KpiEvent.Message(next(), clinic.id(), at, conversation, patient, Sender.PATIENT, null, text));
            at = answer(conversation, patient, at).plusSeconds(20 + random.nextInt(200));
        }
        if (chance(0.2)) {
            // The host found out by itself, by a button that the patient pressed, say.
            add(new KpiEvent.ServiceMentioned(next(), clinic.id(), at, conversation, "whitening"));
        }
        add(new KpiEvent.LeadScored(next(), clinic.id(), at, conversation, tier));
        if (chance(0.22)) {
            at = handOff(conversation, patient, at);
        }
        add(new KpiEvent.ConversationClosed(next(), clinic.id(), at.plusSeconds(60), conversation));
        if (chance(0.4)) {
            int score = pick(List.of(5, 5, 5, 4, 4, 3, 2));
            add(new KpiEvent.CsatSubmitted(next(), clinic.id(), at.plusSeconds(600), conversation, patient, score));
        }
        if (chance(tier.compareTo(LeadTier.WARM) >= 0 ? 0.8 : 0.3)) {
            book(patient, conversation, at);
        }
    }

    /** The bot's answer with the call of the language model behind it; most within two seconds. */
    private Instant answer(String conversation, String patient, Instant asked) {
        Instant at = asked.plusMillis(500 + random.nextInt(1_200) + (chance(0.03) ? 3_000 : 0));
        add(new KpiEvent.Message(next(), clinic.id(), at, conversation, patient, Sender.BOT, null, null));
        long input = 900L + random.nextInt(1_500);
        long output = 60L + random.nextInt(160);
        add(new KpiEvent.LlmUsed(next(), clinic.id(), at, "gpt-4o-mini", input, input / 3, output, conversation, null));
        return at;
    }

    /** The patient asks once more, and a person of the clinic answers instead of the bot. */
    private Instant handOff(String conversation, String patient, Instant asked) {
        Instant at = asked.plus(3 + random.nextInt(12), ChronoUnit.MINUTES);
        add(new KpiEvent.Message(next(), clinic.id(), asked, conversation, patient, Sender.PATIENT, null, null));
        add(new KpiEvent.ConversationHandedOff(next(), clinic.id(), asked, conversation));
        add(new KpiEvent.Message(next(), clinic.id(), at, conversation, patient, Sender.HUMAN, null, null));
        return at;
    }

    private void book(String patient, String conversation, Instant booked) {
        String appointment = "appointment-" + ++appointments;
        Instant starts = someOpening(booked);
        appointment(booked, appointment, patient, AppointmentStatus.BOOKED, starts, conversation);
        if (chance(0.85)) {
            Instant confirmed = booked.plus(random.nextInt(20), ChronoUnit.HOURS);
            appointment(confirmed, appointment, patient, AppointmentStatus.CONFIRMED, starts, conversation);
        }
        if (chance(0.2)) {
            Instant cancelled = starts.minus(5, ChronoUnit.HOURS);
            appointment(cancelled, appointment, patient, AppointmentStatus.CANCELLED, starts, conversation);
            offer(appointment, cancelled, starts);
        } else {
            attend(appointment, patient, starts, conversation);
        }
    }

    /** Offers a cancelled appointment's place to another patient, who may take it. */
    private void offer(String cancelled, Instant at, Instant starts) {
        String waiting = "patient-" + (1 + random.nextInt(PATIENTS));
        add(new KpiEvent.WaitlistOffered(next(), clinic.id(), at.plusSeconds(60), cancelled, waiting));
        if (chance(0.5)) {
            String appointment = "appointment-" + ++appointments;
            Instant taken = at.plusSeconds(900);
            appointment(taken, appointment, waiting, AppointmentStatus.CONFIRMED, starts, null);
            add(new KpiEvent.WaitlistFilled(next(), clinic.id(), taken, cancelled, appointment));
            attend(appointment, waiting, starts, null);
        }
    }

    private void attend(String appointment, String patient, Instant starts, @Nullable String conversation) {
        AppointmentStatus status = chance(0.12) ? AppointmentStatus.NO_SHOW : AppointmentStatus.COMPLETED;
        appointment(starts.plus(1, ChronoUnit.HOURS), appointment, patient, status, starts, conversation);
    }

    private void appointment(
            Instant at,
            String appointment,
            String patient,
            AppointmentStatus status,
            Instant starts,
            @Nullable String conversation) {
        Money value = status == AppointmentStatus.COMPLETED ? new Money(pick(VISIT_VALUES), clinic.currency()) : null;
        add(new KpiEvent.Appointment(
                next(), clinic.id(), at, appointment, patient, status, starts, conversation, null, value));
    }

    private void useFeatures(LocalDate date) {
        Instant at = date.atTime(12, 0).atZone(clinic.zone()).toInstant();
        add(new KpiEvent.FeatureUsed(next(), clinic.id(), at, pick(FEATURES)));
    }

    /** A time to write at: two in five of a working day's conversations begin in the evening or at night. */
    private Instant someTime() {
        LocalDate date =
                period.from().plusDays(random.nextInt((int) ChronoUnit.DAYS.between(period.from(), period.to())));
        int hour = chance(0.6) ? 9 + random.nextInt(11) : (20 + random.nextInt(12)) % 24;
        return date.atTime(hour, random.nextInt(60), random.nextInt(60))
                .atZone(clinic.zone())
                .toInstant();
    }

    /** The start of a visit, on a working morning within nine days. */
    private Instant someOpening(Instant after) {
        LocalDate date = LocalDate.ofInstant(after, clinic.zone()).plusDays(2 + random.nextInt(7));
        while (date.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) > 0
                || clinic.holidays().contains(date)) {
            date = date.plusDays(1);
        }
        return date.atTime(9 + random.nextInt(5), 0).atZone(clinic.zone()).toInstant();
    }

    private void add(KpiEvent event) {
        events.add(event);
    }

    private String next() {
        return "event-" + (events.size() + 1);
    }

    private boolean chance(double share) {
        return random.nextDouble() < share;
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
