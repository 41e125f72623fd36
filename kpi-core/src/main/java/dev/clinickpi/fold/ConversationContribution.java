package dev.clinickpi.fold;

import dev.clinickpi.cell.DeltaSink;
import dev.clinickpi.cell.Dimension;
import dev.clinickpi.cell.Measure;
import dev.clinickpi.cell.People;
import dev.clinickpi.clinic.Money;
import dev.clinickpi.event.KpiEvent.AppointmentStatus;
import dev.clinickpi.event.KpiEvent.LeadTier;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a conversation counts for in the cells, all of it dated at its start.
 *
 * @param start the instant of its first patient message, in epoch milliseconds
 * @param patient who wrote that
 * @param vertical the vertical that a message named, else empty
 * @param tier its lead score, or null
 * @param convertedAfter the days to its conversion, begun ones counting whole; {@link #NEVER} without one
 * @param pending whether it may still convert
 * @param stage how far it came in the funnel
 * @param unfinished whether it may still be completed
 * @param surveyed whether it has a satisfaction score
 * @param recovered whether it was answered while the clinic was closed
 * @param services what it mentions, each once and in order
 * @param recoveredValues what the completed appointments that name it are worth, in order; none unless it is recovered
 */
record ConversationContribution(
        long start,
        long patient,
        String vertical,
        @Nullable LeadTier tier,
        boolean handedOff,
        long convertedAfter,
        boolean pending,
        Stage stage,
        boolean unfinished,
        boolean surveyed,
        boolean recovered,
        List<String> services,
        List<RecoveredValue> recoveredValues) {

    /** The days to a conversion that there was not. */
    static final long NEVER = Long.MAX_VALUE;

    private static final Map<LeadTier, Dimension> TIERS = tiers();

    private static Map<LeadTier, Dimension> tiers() {
        Map<LeadTier, Dimension> tiers = new EnumMap<>(LeadTier.class);
        for (LeadTier tier : LeadTier.values()) {
            tiers.put(tier, Dimension.of(tier.name().toLowerCase(Locale.ROOT)));
        }
        return tiers;
    }

    /** Sends the difference between what a conversation counted for and what it counts for now. */
    static void replace(@Nullable ConversationContribution before, ConversationContribution after, DeltaSink sink) {
        if (before != null) {
            before.emit(-1, after, sink);
        }
        after.emit(1, before, sink);
    }

    /** Whether the end of its window changes what it counts for. */
    boolean isAwaited() {
        return pending || unfinished;
    }

    /** The same with nothing awaited. */
    ConversationContribution ended() {
        return new ConversationContribution(
                start,
                patient,
                vertical,
                tier,
                handedOff,
                convertedAfter,
                false,
                stage,
                false,
                surveyed,
                recovered,
                services,
                recoveredValues);
    }

    /** Sends each part {@code n} times that another contribution does not have: most changes of a conversation leave most of it as it was. */
    private void emit(long n, @Nullable ConversationContribution other, DeltaSink sink) {
        ConversationContribution alike =
                other != null && other.start == start && other.patient == patient ? other : null;
        ConversationContribution ofVertical = alike != null && alike.vertical.equals(vertical) ? alike : null;
        emitByVertical(n, ofVertical, sink);
        emitFunnel(n, alike, sink);
        if (handedOff && (alike == null || !alike.handedOff)) {
            person(Measure.HANDED_OFF, Dimension.NONE, n, sink);
        }
        if (tier != null && (alike == null || alike.tier != tier)) {
            person(Measure.LEADS, Objects.requireNonNull(TIERS.get(tier)), n, sink);
        }
        if (surveyed && (alike == null || !alike.surveyed)) {
            person(Measure.SURVEYED, Dimension.NONE, n, sink);
        }
        if (recovered) {
            emitRecovered(n, alike != null && alike.recovered ? alike : null, sink);
        }
        for (String service : services) {
            if (alike == null || !alike.services.contains(service)) {
                person(Measure.SERVICE_MENTIONS, Dimension.of(service), n, sink);
            }
        }
    }

    private void emitByVertical(long n, @Nullable ConversationContribution alike, DeltaSink sink) {
        Dimension byVertical = Dimension.of(vertical);
        if (alike == null) {
            person(Measure.CONVERSATIONS, byVertical, n, sink);
        }
        if (convertedAfter != NEVER && (alike == null || alike.convertedAfter != convertedAfter)) {
            person(Measure.CONVERTED, new Dimension(vertical, "", convertedAfter), n, sink);
        }
        if (pending && (alike == null || !alike.pending)) {
            person(Measure.PENDING, byVertical, n, sink);
        }
    }

    /** A conversation counts at the furthest stage that it reached and at all before it. */
    private void emitFunnel(long n, @Nullable ConversationContribution alike, DeltaSink sink) {
        for (Stage reached : Stage.REACHED) {
            if (reached.compareTo(stage) <= 0 && (alike == null || reached.compareTo(alike.stage) > 0)) {
                person(reached.measure, Dimension.NONE, n, sink);
            }
        }
        if (unfinished && (alike == null || !alike.unfinished || alike.stage != stage)) {
            person(Measure.UNFINISHED, Dimension.of(stage.label), n, sink);
        }
    }

    private void emitRecovered(long n, @Nullable ConversationContribution alike, DeltaSink sink) {
        if (alike == null) {
            person(Measure.RECOVERED, Dimension.NONE, n, sink);
        }
        if (convertedAfter != NEVER && (alike == null || alike.convertedAfter != convertedAfter)) {
            person(Measure.RECOVERED_CONVERTED, new Dimension("", "", convertedAfter), n, sink);
        }
        if (alike == null || !alike.recoveredValues.equals(recoveredValues)) {
            for (RecoveredValue value : recoveredValues) {
                Dimension dimension = new Dimension("", value.money.currency(), value.epochDay);
                int payer = People.hash(value.patient);
                sink.money(Measure.RECOVERED_VALUE, start, dimension, value.money.amount(), payer, n);
            }
        }
    }

    private void person(Measure measure, Dimension dimension, long n, DeltaSink sink) {
        sink.person(measure, start, dimension, People.hash(patient), n);
    }

    /** How far a conversation came in the funnel (section 5). */
    enum Stage {
        CONVERSATION(Measure.CONVERSATIONS, ""),
        QUALIFIED(Measure.QUALIFIED, "qualified"),
        BOOKED(Measure.BOOKED, "booked"),
        COMPLETED(Measure.COMPLETED, "completed");

        /** Those beyond a conversation's being one, which counts by vertical. */
        private static final List<Stage> REACHED = List.of(QUALIFIED, BOOKED, COMPLETED);

        private final Measure measure;
        private final String label;

        Stage(Measure measure, String label) {
            this.measure = measure;
            this.label = label;
        }

        /** Where an appointment that names it brings it. */
        static Stage of(AppointmentState appointment) {
            return appointment.status() == AppointmentStatus.COMPLETED ? COMPLETED : BOOKED;
        }
    }

    /** The value of a completed appointment that names it, by the local day that the appointment starts on. */
    record RecoveredValue(long epochDay, Money money, long patient) {

        static final Comparator<RecoveredValue> ORDER = Comparator.comparingLong(RecoveredValue::epochDay)
                .thenComparing(RecoveredValue::money, Latest.MONEY)
                .thenComparingLong(RecoveredValue::patient);
    }
}
