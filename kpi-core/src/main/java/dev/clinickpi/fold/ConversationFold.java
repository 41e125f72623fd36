package dev.clinickpi.fold;

import dev.clinickpi.cell.Dimension;
import dev.clinickpi.cell.Measure;
import dev.clinickpi.cell.People;
import dev.clinickpi.clinic.ClinicCalendar;
import dev.clinickpi.clinic.Money;
import dev.clinickpi.event.EntityKey;
import dev.clinickpi.event.Fact;
import dev.clinickpi.event.KpiEvent.AppointmentStatus;
import dev.clinickpi.event.KpiEvent.LeadTier;
import dev.clinickpi.event.KpiEvent.Sender;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A conversation: its messages, the latest and the first of what it was told, and the newest state of each appointment that ever named it
 * (section 3). Nothing of it counts before its first patient message is known, its satisfaction score apart, which is dated by itself.
 */
final class ConversationFold extends Entity {

    private static final int BYTES = 470;
    private static final int BYTES_OF_MESSAGE = 20;
    private static final int BYTES_OF_APPOINTMENT = 150;

    private static final long DAY_MILLIS = 24 * 60 * 60 * 1_000L;

    /** The days to a conversion that there was not. */
    private static final long NEVER = Long.MAX_VALUE;

    private final Turns turns = new Turns();
    private final FactIds patientMessages = new FactIds();
    private final Set<String> services = new TreeSet<>();
    private final Map<Long, AppointmentState> appointments = new HashMap<>(2);
    private @Nullable Opening opening;
    private @Nullable Naming vertical;
    private @Nullable Score lead;
    private @Nullable Submission csat;
    private boolean handedOff;
    private long closedAt = Long.MIN_VALUE;
    private @Nullable Contribution sent;

    ConversationFold(long key, ClinicFold clinic) {
        super(key, clinic);
    }

    @Override
    void join(Fact fact) {
        needs(fact.at());
        if (fact instanceof Fact.Message f) {
            accept(f);
            clinic.messageIn(this);
        } else if (fact instanceof Fact.LeadScored f) {
            accept(f);
        } else if (fact instanceof Fact.CsatSubmitted f) {
            accept(f);
        } else if (fact instanceof Fact.ServiceMentioned f) {
            mention(f.service());
        } else if (fact instanceof Fact.ConversationHandedOff) {
            handOff();
        } else if (fact instanceof Fact.ConversationClosed) {
            close(fact.at());
        }
    }

    private void accept(Fact.Message fact) {
        boolean isNew = turns.add(fact.from(), fact.at(), clinic.sink());
        boolean changed = services.addAll(fact.services());
        if (fact.from() == Sender.PATIENT) {
            if (patientMessages.add(fact.id())) {
                clinic.sink().count(Measure.PATIENT_MESSAGES, fact.at(), Dimension.NONE, 1);
            }
            Opening before = opening;
            opening = earliest(before, new Opening(fact.at(), fact.vertical(), fact.patient()));
            changed |= !opening.equals(before);
        } else if (fact.from() == Sender.BOT && isNew && opening != null) {
            changed |= turns.firstBotMessage(opening.at) == fact.at();
        }
        String named = fact.vertical();
        if (named != null) {
            vertical = latest(vertical, new Naming(fact.at(), fact.from(), named));
            changed = true;
        }
        if (changed) {
            refresh();
        }
    }

    private void accept(Fact.LeadScored fact) {
        lead = latest(lead, new Score(fact.at(), fact.tier()));
        refresh();
    }

    private void accept(Fact.CsatSubmitted fact) {
        Submission before = csat;
        Submission after = latest(before, new Submission(fact.at(), fact.score(), fact.patient()));
        if (!after.equals(before)) {
            if (before != null) {
                emit(before, -1);
            }
            emit(after, 1);
            csat = after;
            refresh();
        }
    }

    private void handOff() {
        handedOff = true;
        refresh();
    }

    private void close(long at) {
        closedAt = Math.max(closedAt, at);
    }

    private void mention(String service) {
        if (services.add(service)) {
            refresh();
        }
    }

    @Override
    void receive(long appointment, AppointmentState state) {
        needs(state.firstAt());
        if (state.isNewerThan(appointments.get(appointment))) {
            appointments.put(appointment, state);
            refresh();
        }
    }

    /** The latest message, anyone's, in epoch milliseconds. */
    long lastMessage() {
        return turns.lastMessage();
    }

    /** Whether it is counted and was not closed at or after its latest message. */
    boolean isOpen() {
        return opening != null && closedAt < turns.lastMessage();
    }

    @Override
    boolean isSettled() {
        return (sent == null || !sent.isAwaited()) && !clinic.isActive(this);
    }

    @Override
    long bytes() {
        return BYTES + (long) turns.messages() * BYTES_OF_MESSAGE + (long) appointments.size() * BYTES_OF_APPOINTMENT;
    }

    @Override
    void refresh() {
        Contribution contribution = contribution();
        if (contribution == null || contribution.equals(sent)) {
            return;
        }
        if (sent != null) {
            emit(sent, -1);
        }
        emit(contribution, 1);
        if (contribution.isAwaited() && (sent == null || sent.start != contribution.start || !sent.isAwaited())) {
            clinic.wake(EntityKey.Kind.CONVERSATION, key, contribution.start + clinic.conversionWindow());
        }
        sent = contribution;
    }

    private @Nullable Contribution contribution() {
        if (opening == null) {
            return null;
        }
        long start = opening.at;
        boolean recovered = isRecovered(start);
        boolean isYoung = clinic.now() - start < clinic.conversionWindow();
        long convertedAfter = NEVER;
        Stage stage = lead != null && lead.isPromising() ? Stage.QUALIFIED : Stage.CONVERSATION;
        List<RecoveredValue> values = new ArrayList<>();
        for (AppointmentState appointment : appointments.values()) {
            if (names(appointment)) {
                convertedAfter = Math.min(convertedAfter, daysToConversion(appointment, start));
                stage = latest(stage, Stage.of(appointment));
                Money value = appointment.value();
                if (recovered && value != null && appointment.status() == AppointmentStatus.COMPLETED) {
                    long day = clinic.localDays().of(appointment.startsAt());
                    values.add(new RecoveredValue(day, value, appointment.patient()));
                }
            }
        }
        values.sort(RecoveredValue.ORDER);
        return new Contribution(
                start,
                opening.patient,
                vertical == null ? "" : vertical.name,
                lead == null ? null : lead.tier,
                handedOff,
                convertedAfter,
                convertedAfter == NEVER && isYoung,
                stage,
                stage != Stage.COMPLETED && isYoung,
                csat != null,
                recovered,
                List.copyOf(services),
                values);
    }

    private boolean names(AppointmentState appointment) {
        Long named = appointment.conversation();
        return named != null && named == key;
    }

    private boolean isRecovered(long start) {
        ClinicCalendar calendar = clinic.calendar();
        long answer = turns.firstBotMessage(start);
        return answer != InstantSet.NONE
                && !calendar.isOpen(start)
                && answer < calendar.nextOpening(start).orElse(InstantSet.NONE);
    }

    private long daysToConversion(AppointmentState appointment, long start) {
        Long confirmedAt = appointment.confirmedAt();
        if (confirmedAt == null || confirmedAt < start || confirmedAt - start > clinic.conversionWindow()) {
            return NEVER;
        }
        return -Math.floorDiv(start - confirmedAt, DAY_MILLIS);
    }

    private void emit(Submission submission, long n) {
        Dimension score = Dimension.of(Integer.toString(submission.score));
        clinic.sink().person(Measure.CSAT_SCORES, submission.at, score, People.hash(submission.patient), n);
    }

    private void emit(Contribution c, long n) {
        Dimension byVertical = Dimension.of(c.vertical);
        person(Measure.CONVERSATIONS, c, byVertical, n);
        if (c.convertedAfter != NEVER) {
            Dimension byDays = new Dimension(c.vertical, "", c.convertedAfter);
            clinic.sink().count(Measure.CONVERTED, c.start, byDays, n);
        }
        if (c.pending) {
            clinic.sink().count(Measure.PENDING, c.start, byVertical, n);
        }
        emitFunnel(c, n);
        if (c.handedOff) {
            clinic.sink().count(Measure.HANDED_OFF, c.start, Dimension.NONE, n);
        }
        if (c.tier != null) {
            person(Measure.LEADS, c, Dimension.of(c.tier.name().toLowerCase(Locale.ROOT)), n);
        }
        if (c.surveyed) {
            clinic.sink().count(Measure.SURVEYED, c.start, Dimension.NONE, n);
        }
        if (c.recovered) {
            person(Measure.RECOVERED, c, Dimension.NONE, n);
            if (c.convertedAfter != NEVER) {
                Dimension byDays = new Dimension("", "", c.convertedAfter);
                clinic.sink().count(Measure.RECOVERED_CONVERTED, c.start, byDays, n);
            }
        }
        for (String service : c.services) {
            person(Measure.SERVICE_MENTIONS, c, Dimension.of(service), n);
        }
        for (RecoveredValue value : c.recoveredValues) {
            Dimension dimension = new Dimension("", value.money.currency(), value.epochDay);
            int payer = People.hash(value.patient);
            clinic.sink().money(Measure.RECOVERED_VALUE, c.start, dimension, value.money.amount(), payer, n);
        }
    }

    /** A conversation counts at the furthest stage that it reached and at all before it. */
    private void emitFunnel(Contribution c, long n) {
        for (Stage stage : Stage.values()) {
            if (stage.measure != null && stage.compareTo(c.stage) <= 0) {
                clinic.sink().count(stage.measure, c.start, Dimension.NONE, n);
            }
        }
        if (c.unfinished) {
            clinic.sink().count(Measure.UNFINISHED, c.start, Dimension.of(c.stage.label), n);
        }
    }

    private void person(Measure measure, Contribution c, Dimension dimension, long n) {
        clinic.sink().person(measure, c.start, dimension, People.hash(c.patient), n);
    }

    private static <T extends Comparable<T>> T latest(@Nullable T before, T next) {
        return before == null || before.compareTo(next) < 0 ? next : before;
    }

    private static <T extends Comparable<T>> T earliest(@Nullable T before, T next) {
        return before == null || before.compareTo(next) > 0 ? next : before;
    }

    /** What it counts for in the cells. */
    private record Contribution(
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

        /** Whether the end of its window changes what it counts for. */
        boolean isAwaited() {
            return pending || unfinished;
        }
    }

    /** How far it came in the funnel (section 5). */
    private enum Stage {
        CONVERSATION(null, ""),
        QUALIFIED(Measure.QUALIFIED, "qualified"),
        BOOKED(Measure.BOOKED, "booked"),
        COMPLETED(Measure.COMPLETED, "completed");

        private final @Nullable Measure measure;
        private final String label;

        Stage(@Nullable Measure measure, String label) {
            this.measure = measure;
            this.label = label;
        }

        /** Where an appointment that names it brings it. */
        static Stage of(AppointmentState appointment) {
            return appointment.status() == AppointmentStatus.COMPLETED ? COMPLETED : BOOKED;
        }
    }

    /** The value of a completed appointment that names it, by the local day that the appointment starts on. */
    private record RecoveredValue(long epochDay, Money money, long patient) {

        static final Comparator<RecoveredValue> ORDER = Comparator.comparingLong(RecoveredValue::epochDay)
                .thenComparing(RecoveredValue::money, Latest.MONEY)
                .thenComparingLong(RecoveredValue::patient);
    }

    /** A patient's message, as a candidate for the first. */
    private record Opening(long at, @Nullable String vertical, long patient) implements Comparable<Opening> {

        private static final Comparator<Opening> ORDER = Comparator.comparingLong(Opening::at)
                .thenComparing(Opening::vertical, Latest.WORDS)
                .thenComparingLong(Opening::patient);

        @Override
        public int compareTo(Opening other) {
            return ORDER.compare(this, other);
        }
    }

    /** A message that names a vertical. */
    private record Naming(long at, Sender from, String name) implements Comparable<Naming> {

        private static final Comparator<Naming> ORDER = Comparator.comparingLong(Naming::at)
                .thenComparing(Naming::from)
                .thenComparing(Naming::name, Latest.WORDS);

        @Override
        public int compareTo(Naming other) {
            return ORDER.compare(this, other);
        }
    }

    /** A lead score. */
    private record Score(long at, LeadTier tier) implements Comparable<Score> {

        private static final Comparator<Score> ORDER =
                Comparator.comparingLong(Score::at).thenComparing(Score::tier);

        boolean isPromising() {
            return tier == LeadTier.HOT || tier == LeadTier.WARM;
        }

        @Override
        public int compareTo(Score other) {
            return ORDER.compare(this, other);
        }
    }

    /** A satisfaction score. */
    private record Submission(long at, int score, long patient) implements Comparable<Submission> {

        private static final Comparator<Submission> ORDER = Comparator.comparingLong(Submission::at)
                .thenComparingInt(Submission::score)
                .thenComparingLong(Submission::patient);

        @Override
        public int compareTo(Submission other) {
            return ORDER.compare(this, other);
        }
    }
}
