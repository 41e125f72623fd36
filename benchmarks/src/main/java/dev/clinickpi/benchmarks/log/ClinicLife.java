package dev.clinickpi.benchmarks.log;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.KpiEvent;
import java.time.Instant;

/** What happens at one clinic, day after day. */
final class ClinicLife {

    private static final long HOUR = 3_600_000L;

    /** From Monday; they come to 7 together. */
    private static final double[] WEEK = {1.3, 1.2, 1.15, 1.1, 1.05, 0.7, 0.5};

    /** By hour of the clinic's day. */
    private static final double[] DAY = {
        0.3, 0.2, 0.1, 0.1, 0.1, 0.2, 0.5, 1.2, 2.2, 3.2, 3.6, 3.4, 3.0, 2.4, 1.8, 1.9, 2.4, 2.8, 3.0, 2.9, 2.6, 2.2,
        1.6, 0.8
    };

    private static final double DAY_SUM = 42.5;

    private final int number;
    private final ClinicId id;
    private final double perDay;
    private final Chance chance;
    private final Deliveries deliveries;
    private final ClinicTally tally;
    private int patients;

    ClinicLife(int number, LogShape shape, Deliveries deliveries, LogTally tally) {
        this.number = number;
        this.id = ClinicId.of(MadeClinics.id(number));
        this.chance = Chance.ofStream(shape.seed(), number);
        this.perDay = shape.conversationsPerDay() * chance.size();
        this.deliveries = deliveries;
        this.tally = tally.of(id);
    }

    void live(long dayStart, int day) {
        int conversations = chance.count(perDay * WEEK[day % 7]);
        for (int i = 0; i < conversations; i++) {
            new ConversationLife(this, newOrKnownPatient(dayStart)).live(momentOf(dayStart));
        }
        for (int i = chance.count(perDay / 4); i > 0; i--) {
            deliveries.add(new KpiEvent.FeatureUsed(
                    eventId(), id, Instant.ofEpochMilli(momentOf(dayStart)), chance.of(MadeClinics.FEATURES)));
        }
        if (day == 30 && chance.in(0.1)) {
            deliveries.add(new KpiEvent.SubscriptionChanged(
                    eventId(), id, Instant.ofEpochMilli(momentOf(dayStart)), chance.of(MadeClinics.TIERS)));
        }
    }

    private long momentOf(long dayStart) {
        return dayStart + chance.weighted(DAY, DAY_SUM) * HOUR + chance.millisBetween(0, HOUR);
    }

    private String newOrKnownPatient(long dayStart) {
        if (patients > 0 && chance.in(0.5)) {
            return patient(chance.between(0, patients));
        }
        String patient = patient(patients++);
        deliveries.add(new KpiEvent.PatientOnboarded(eventId(), id, Instant.ofEpochMilli(momentOf(dayStart)), patient));
        return patient;
    }

    /** As WhatsApp has it, a number; of a range that belongs to nobody. */
    private String patient(int place) {
        return "999" + (number * 100_000L + place + 1_000_000_000L);
    }

    /** As long as WhatsApp's. */
    String messageId() {
        return "wamid.HBgM" + chance.hex() + chance.hex() + "AA==";
    }

    String eventId() {
        return chance.hex() + chance.hex();
    }

    ClinicId id() {
        return id;
    }

    String currency() {
        return MadeClinics.currency(number);
    }

    Chance chance() {
        return chance;
    }

    Deliveries deliveries() {
        return deliveries;
    }

    ClinicTally tally() {
        return tally;
    }
}
