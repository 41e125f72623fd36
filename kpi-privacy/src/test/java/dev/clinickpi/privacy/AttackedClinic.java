package dev.clinickpi.privacy;

import dev.clinickpi.ClinicDashboard;
import dev.clinickpi.KpiEngine;
import dev.clinickpi.access.AuditLog;
import dev.clinickpi.access.Principal;
import dev.clinickpi.access.Privacy;
import dev.clinickpi.access.Publication;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.KpiEvent.AppointmentStatus;
import dev.clinickpi.event.KpiEvent.Sender;
import dev.clinickpi.event.PrivacyGate;
import dev.clinickpi.testkit.PlainGate;
import dev.clinickpi.testkit.SettableClock;
import dev.clinickpi.time.Span;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/** A small clinic that some conversations happen to, and what is true of each of them. */
final class AttackedClinic {

    static final ClinicId SOL = ClinicId.of("sol");
    static final LocalDate FIRST = LocalDate.parse("2026-03-01");
    static final Duration WINDOW = Duration.ofHours(720);

    private static final String DIRECTORY = """
            {"clinics": [{"id": "sol", "name": "Sol", "owner": "sol", "vertical": "dental", "country": "ES",
              "zone": "UTC", "currency": "EUR", "locale": "es-ES", "goLive": "2026-03-01"}]}
            """;

    private final List<Conversation> conversations = new ArrayList<>();
    private final int days;
    private final SettableClock clock = new SettableClock(Instant.EPOCH);
    private final KpiEngine engine;
    private final TreeSet<Integer> recorded = new TreeSet<>();
    private final TreeSet<Integer> confirmed = new TreeSet<>();

    /**
     * A conversation.
     *
     * @param patient whose it is
     * @param confirmedAt when an appointment that names it is confirmed; null for never
     * @param lateBy for how long it is not recorded
     */
    record Conversation(int patient, boolean physio, Instant start, Instant confirmedAt, Duration lateBy) {}

    private AttackedClinic(int days, Publication publication) {
        this.days = days;
        ClinicDirectory directory =
                ClinicDirectory.read(new ByteArrayInputStream(DIRECTORY.getBytes(StandardCharsets.UTF_8)));
        this.engine = KpiEngine.builder()
                .directory(directory)
                .events(EventLog.inMemory())
                .audit(AuditLog.inMemory())
                .clock(clock)
                .privacy(new Plain(new PlainGate(), publication))
                .build();
    }

    /** Up to so many conversations a day, some of patients who have come before, some recorded late. */
    static AttackedClinic random(Random random, int days, int mostADay, Publication publication) {
        AttackedClinic clinic = new AttackedClinic(days, publication);
        int patients = 0;
        for (int day = 0; day < days; day++) {
            int today = random.nextInt(mostADay + 1);
            for (int i = 0; i < today; i++) {
                boolean isNew = patients == 0 || random.nextInt(8) > 0;
                int patient = isNew ? patients++ : random.nextInt(patients);
                Duration late = random.nextInt(12) == 0 ? Duration.ofDays(1 + random.nextInt(20)) : Duration.ZERO;
                clinic.add(random, day, patient, late);
            }
        }
        return clinic;
    }

    /** Six patients a day, none of whom comes twice. */
    static AttackedClinic busy(Random random, int days, Publication publication) {
        AttackedClinic clinic = new AttackedClinic(days, publication);
        for (int i = 0; i < 6 * days; i++) {
            clinic.add(random, i / 6, i, Duration.ZERO);
        }
        return clinic;
    }

    private void add(Random random, int day, int patient, Duration late) {
        Instant start = FIRST.plusDays(day)
                .atTime(8 + random.nextInt(10), random.nextInt(60))
                .toInstant(ZoneOffset.UTC);
        Instant confirmedAt = random.nextInt(2) == 0 ? null : start.plus(Duration.ofHours(1 + random.nextInt(24 * 15)));
        conversations.add(new Conversation(patient, random.nextInt(4) == 0, start, confirmedAt, late));
    }

    int days() {
        return days;
    }

    /** Moves the clock, and records what has happened by then and is not late. */
    void at(Instant now) {
        clock.set(now);
        List<KpiEvent> events = new ArrayList<>();
        for (int i = 0; i < conversations.size(); i++) {
            Conversation conversation = conversations.get(i);
            String id = "c" + i;
            String patient = "p" + conversation.patient;
            if (isKnown(i, now) && recorded.add(i)) {
                events.add(new KpiEvent.Message(
                        "m" + i,
                        SOL,
                        conversation.start,
                        id,
                        patient,
                        Sender.PATIENT,
                        conversation.physio ? "physio" : null,
                        null));
            }
            if (isConverted(i, now) && confirmed.add(i)) {
                events.add(new KpiEvent.Appointment(
                        "a" + i,
                        SOL,
                        conversation.confirmedAt,
                        "a" + i,
                        patient,
                        AppointmentStatus.CONFIRMED,
                        conversation.confirmedAt.plus(Duration.ofDays(90)),
                        id,
                        null,
                        null));
            }
        }
        engine.record(events);
    }

    ClinicDashboard dashboard() {
        return engine.open(Principal.clinicAdmin("mallory", SOL), SOL);
    }

    List<Integer> patients() {
        return conversations.stream().map(Conversation::patient).toList();
    }

    boolean isKnown(int conversation, Instant now) {
        Conversation one = conversations.get(conversation);
        return !one.start.plus(one.lateBy).isAfter(now);
    }

    boolean isConverted(int conversation, Instant now) {
        Conversation one = conversations.get(conversation);
        return isKnown(conversation, now)
                && one.confirmedAt != null
                && !one.confirmedAt.plus(one.lateBy).isAfter(now);
    }

    /** All that is said of a conversation beside that it began: whether it converted, or may yet. */
    int state(int conversation, Instant now) {
        boolean isPending = conversations.get(conversation).start.plus(WINDOW).isAfter(now);
        if (!isKnown(conversation, now)) {
            return 0;
        }
        return isConverted(conversation, now) ? 1 : isPending ? 2 : 0;
    }

    BitSet in(Span span, IntPredicate which) {
        BitSet in = new BitSet();
        for (int i = 0; i < conversations.size(); i++) {
            Instant start = conversations.get(i).start;
            if (!start.isBefore(span.from()) && start.isBefore(span.to()) && which.test(i)) {
                in.set(i);
            }
        }
        return in;
    }

    BitSet known(Span span, Instant now) {
        return in(span, i -> isKnown(i, now));
    }

    /** How many converted and how many may yet convert. How many there are is a volume. */
    List<Long> truth(Span span, Instant now) {
        return List.of((long) in(span, i -> state(i, now) == 1).cardinality(), (long)
                in(span, i -> state(i, now) == 2).cardinality());
    }

    boolean isPhysio(int conversation) {
        return conversations.get(conversation).physio;
    }

    int patientsOf(BitSet some) {
        return (int)
                some.stream().map(i -> conversations.get(i).patient).distinct().count();
    }

    long converted(BitSet some, Instant now) {
        return some.stream().filter(i -> isConverted(i, now)).count();
    }

    long convertedWithin(BitSet some, long days, Instant now) {
        return some.stream()
                .filter(i -> isConverted(i, now))
                .filter(i -> {
                    Conversation one = conversations.get(i);
                    return !one.confirmedAt.isAfter(one.start.plus(Duration.ofHours(24 * days)));
                })
                .count();
    }

    private record Plain(PrivacyGate gate, Publication publication) implements Privacy {}
}
