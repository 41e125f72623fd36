package dev.clinickpi.benchmarks.log;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.clinic.Money;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.KpiEvent.LeadTier;
import dev.clinickpi.event.KpiEvent.Sender;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A conversation from its first message to what becomes of it. */
final class ConversationLife {

    private static final List<LeadTier> TIERS = List.of(LeadTier.values());
    private static final List<String> VERTICALS = List.of("dental", "aesthetics");
    private static final List<String> TEXTS = List.of(
            "Hola, buenas tardes, quería pedir cita para esta semana si es posible",
            "Buenos días, ¿cuánto cuesta un implant? Me lo han recomendado",
            "Perfecto, muchas gracias",
            "¿Tenéis hueco el jueves por la tarde para una cleaning?",
            "Vale, me viene bien a las cinco",
            "Me duele una muela desde ayer y no sé si hace falta venir hoy",
            "¿Hacéis orthodontics para adultos? ¿Y se puede pagar a plazos?",
            "No puedo ese día, ¿otro?",
            "ok");

    private final ClinicLife clinic;
    private final Chance chance;
    private final Deliveries deliveries;
    private final ClinicTally tally;
    private final ClinicId at;
    private final String conversation;
    private final String patient;
    private long now;

    ConversationLife(ClinicLife clinic, String patient) {
        this.clinic = clinic;
        this.chance = clinic.chance();
        this.deliveries = clinic.deliveries();
        this.tally = clinic.tally();
        this.at = clinic.id();
        this.conversation = "conv-" + chance.hex();
        this.patient = patient;
    }

    void live(long start) {
        now = start;
        tally.conversations++;
        boolean handOff = chance.in(0.18);
        int exchanges = chance.between(2, 5);
        for (int i = 0; i < exchanges; i++) {
            exchange(handOff && i == exchanges - 1);
        }
        if (chance.in(0.4)) {
            deliveries.add(new KpiEvent.ServiceMentioned(
                    clinic.eventId(), at, instant(), conversation, chance.of(MadeClinics.SERVICES)));
        }
        scores();
        if (chance.in(0.4)) {
            new AppointmentLife(clinic, conversation, patient).live(now);
        }
        if (chance.in(0.8)) {
            pass(60_000, 1_800_000);
            deliveries.add(new KpiEvent.ConversationClosed(clinic.eventId(), at, instant(), conversation));
        }
        if (chance.in(0.3)) {
            survey();
        }
    }

    private void exchange(boolean handsOff) {
        message(Sender.PATIENT, chance.in(0.7) ? chance.of(TEXTS) : null);
        if (handsOff) {
            pass(1_000, 3_000);
            if (deliveries.add(new KpiEvent.ConversationHandedOff(clinic.eventId(), at, instant(), conversation))) {
                tally.handedOff++;
            }
            pass(60_000, 1_200_000);
            message(Sender.HUMAN, null);
        } else {
            pass(700, 3_500);
            useModel();
            message(Sender.BOT, null);
        }
        pass(15_000, 240_000);
    }

    private void message(Sender from, @Nullable String text) {
        String vertical = from == Sender.PATIENT && chance.in(0.2) ? chance.of(VERTICALS) : null;
        boolean added = deliveries.add(
                new KpiEvent.Message(clinic.messageId(), at, instant(), conversation, patient, from, vertical, text));
        if (added && from == Sender.PATIENT) {
            tally.patientMessages++;
        }
    }

    private void useModel() {
        int input = chance.between(400, 6_000);
        int cached = chance.in(0.5) ? input / 2 : 0;
        Money cost = chance.in(0.2) ? new Money(BigDecimal.valueOf(chance.between(100, 9_999), 7), "USD") : null;
        boolean added = deliveries.add(new KpiEvent.LlmUsed(
                clinic.eventId(),
                at,
                instant(),
                chance.in(0.9) ? MadeClinics.MODEL : MadeClinics.LARGE_MODEL,
                input,
                cached,
                chance.between(20, 500),
                conversation,
                cost));
        if (added) {
            tally.inputTokens += input;
        }
    }

    /** The bot scores the lead once, and anew as it learns more. */
    private void scores() {
        int scores = chance.in(0.95) ? chance.between(1, 4) : 0;
        for (int i = 0; i < scores; i++) {
            pass(500, 5_000);
            KpiEvent event = new KpiEvent.LeadScored(clinic.eventId(), at, instant(), conversation, chance.of(TIERS));
            if (i == 0) {
                deliveries.add(event);
            } else {
                deliveries.addCorrection(event);
            }
        }
    }

    private void survey() {
        pass(600_000, 7_200_000);
        int score = chance.between(1, 6);
        if (!deliveries.add(submission(score))) {
            return;
        }
        tally.surveyed++;
        if (chance.in(0.4)) {
            pass(60_000, 3_600_000);
            int other = chance.between(1, 6);
            if (deliveries.addCorrection(submission(other))) {
                score = other;
            }
        }
        tally.scores += score;
    }

    private KpiEvent submission(int score) {
        return new KpiEvent.CsatSubmitted(clinic.eventId(), at, instant(), conversation, patient, score);
    }

    private void pass(long least, long end) {
        now += chance.millisBetween(least, end);
    }

    private Instant instant() {
        return Instant.ofEpochMilli(now);
    }
}
