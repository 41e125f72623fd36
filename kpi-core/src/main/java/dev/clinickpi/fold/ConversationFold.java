package dev.clinickpi.fold;

import dev.clinickpi.cell.Dimension;
import dev.clinickpi.cell.Measure;
import dev.clinickpi.cell.People;
import dev.clinickpi.clinic.ClinicCalendar;
import dev.clinickpi.clinic.Money;
import dev.clinickpi.codec.ByteReader;
import dev.clinickpi.codec.ByteWriter;
import dev.clinickpi.event.EntityKey;
import dev.clinickpi.event.Fact;
import dev.clinickpi.event.KpiEvent.AppointmentStatus;
import dev.clinickpi.event.KpiEvent.LeadTier;
import dev.clinickpi.event.KpiEvent.Sender;
import dev.clinickpi.fold.ConversationContribution.RecoveredValue;
import dev.clinickpi.fold.ConversationContribution.Stage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A conversation: its messages, the latest and the first of what it was told, and the newest state of each appointment that ever named it
 * (section 3). Nothing of it counts before its first patient message is known, its satisfaction score apart, which is dated by itself.
 */
final class ConversationFold extends Entity {

    private static final int BYTES = 470;
    private static final int BYTES_OF_MESSAGE = 20;
    private static final int BYTES_OF_APPOINTMENT = 150;

    /** By score; none is 0. */
    private static final List<Dimension> SCORES = IntStream.rangeClosed(0, 5)
            .mapToObj(Integer::toString)
            .map(Dimension::of)
            .toList();

    private static final long DAY_MILLIS = 24 * 60 * 60 * 1_000L;

    private final Turns turns = new Turns();
    private final FactIds patientMessages = new FactIds();
    private List<String> services = List.of();
    private Map<Long, AppointmentState> appointments = Map.of();
    private @Nullable Opening opening;
    private @Nullable Naming vertical;
    private @Nullable Score lead;
    private @Nullable Submission csat;
    private boolean handedOff;
    private boolean recovered;
    private long recoveredStart = InstantSet.NONE;
    private long recoveredAnswer = InstantSet.NONE;
    private long closedAt = Long.MIN_VALUE;
    private @Nullable ConversationContribution sent;

    ConversationFold(long key, ClinicFold clinic) {
        super(key, clinic);
    }

    @Override
    void join(Fact fact) {
        if (fact instanceof Fact.Message f) {
            accept(f);
            clinic.messageIn(this);
        } else if (fact instanceof Fact.LeadScored f) {
            accept(f);
        } else if (fact instanceof Fact.CsatSubmitted f) {
            accept(f);
        } else if (fact instanceof Fact.ServiceMentioned f) {
            if (mentionAll(Set.of(f.service()))) {
                refresh();
            }
        } else if (fact instanceof Fact.ConversationHandedOff) {
            handOff();
        } else if (fact instanceof Fact.ConversationClosed) {
            close(fact.at());
        }
    }

    private void accept(Fact.Message fact) {
        boolean isNew = turns.add(fact.from(), fact.at(), clinic.sink());
        boolean changed = mentionAll(fact.services());
        if (fact.from() == Sender.PATIENT) {
            if (patientMessages.add(fact.id())) {
                clinic.sink().count(Measure.PATIENT_MESSAGES, fact.at(), Dimension.NONE, 1);
            }
            changed |= opens(fact);
        } else if (fact.from() == Sender.BOT && isNew && opening != null) {
            changed |= turns.firstBotMessage(opening.at) == fact.at();
        }
        String named = fact.vertical();
        if (named != null) {
            Naming before = vertical;
            vertical = latest(before, new Naming(fact.at(), fact.from(), named));
            changed |= !vertical.equals(before);
        }
        if (changed) {
            refresh();
        }
    }

    private boolean opens(Fact.Message fact) {
        Opening before = opening;
        if (before != null && fact.at() > before.at) {
            return false;
        }
        opening = earliest(before, new Opening(fact.at(), fact.vertical(), fact.patient()));
        return !opening.equals(before);
    }

    private void accept(Fact.LeadScored fact) {
        Score before = lead;
        lead = latest(before, new Score(fact.at(), fact.tier()));
        if (!lead.equals(before)) {
            refresh();
        }
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

    /** Most conversations mention nothing or one service: a list takes a fifth of what a set does. */
    private boolean mentionAll(Set<String> mentioned) {
        if (mentioned.isEmpty() || services.containsAll(mentioned)) {
            return false;
        }
        services = Stream.concat(services.stream(), mentioned.stream())
                .distinct()
                .sorted()
                .toList();
        return true;
    }

    @Override
    void receive(long appointment, AppointmentState state) {
        if (state.isNewerThan(appointments.get(appointment))) {
            if (appointments.isEmpty()) {
                appointments = new HashMap<>(2);
            }
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
    EntityKey id() {
        return EntityKey.conversation(key);
    }

    @Override
    @Nullable
    Long openMessageAt() {
        return isOpen() ? (Long) turns.lastMessage() : null;
    }

    @Override
    void write(ByteWriter out) {
        turns.write(out);
        patientMessages.write(out);
        out.labels(services);
        EntityCodec.write(appointments, out);
        out.code((handedOff ? 1 : 0)
                | (opening == null ? 0 : 2)
                | (vertical == null ? 0 : 4)
                | (lead == null ? 0 : 8)
                | (csat == null ? 0 : 16));
        out.signed(closedAt);
        if (opening != null) {
            out.instant(opening.at).optionalLabel(opening.vertical).id(opening.patient);
        }
        if (vertical != null) {
            out.instant(vertical.at).value(EntityCodec.SENDERS, vertical.from).label(vertical.name);
        }
        if (lead != null) {
            out.instant(lead.at).value(EntityCodec.TIERS, lead.tier);
        }
        if (csat != null) {
            out.instant(csat.at).code(csat.score).id(csat.patient);
        }
    }

    @Override
    void read(ByteReader in) {
        turns.read(in);
        patientMessages.read(in);
        services = in.labels().stream().sorted().toList();
        appointments = EntityCodec.readStates(in);
        int parts = in.code();
        handedOff = (parts & 1) != 0;
        closedAt = in.signed();
        opening = (parts & 2) == 0 ? null : new Opening(in.instant(), in.optionalLabel(), in.id());
        vertical = (parts & 4) == 0 ? null : new Naming(in.instant(), in.value(EntityCodec.SENDERS), in.label());
        lead = (parts & 8) == 0 ? null : new Score(in.instant(), in.value(EntityCodec.TIERS));
        csat = (parts & 16) == 0 ? null : new Submission(in.instant(), in.code(), in.id());
        clinic.messageIn(this);
        refresh();
    }

    @Override
    boolean isSettled() {
        return (sent == null || !sent.isAwaited()) && !clinic.isActive(this);
    }

    @Override
    boolean knowsAny(Set<Long> patients) {
        return (opening != null && patients.contains(opening.patient))
                || (csat != null && patients.contains(csat.patient))
                || namesAny(appointments, patients);
    }

    /** What it has come to stays; what it might have come to it is not waited for. */
    @Override
    void cease() {
        if (sent != null && sent.isAwaited()) {
            ConversationContribution ended = sent.ended();
            ConversationContribution.replace(sent, ended, clinic.sink());
            sent = ended;
        }
    }

    @Override
    long bytes() {
        return BYTES + (long) turns.messages() * BYTES_OF_MESSAGE + (long) appointments.size() * BYTES_OF_APPOINTMENT;
    }

    @Override
    void refresh() {
        ConversationContribution contribution = contribution();
        if (contribution == null || contribution.equals(sent)) {
            return;
        }
        ConversationContribution.replace(sent, contribution, clinic.sink());
        if (contribution.isAwaited() && (sent == null || sent.start() != contribution.start() || !sent.isAwaited())) {
            clinic.wake(EntityKey.Kind.CONVERSATION, key, contribution.start() + clinic.conversionWindow());
        }
        sent = contribution;
    }

    private @Nullable ConversationContribution contribution() {
        if (opening == null) {
            return null;
        }
        long start = opening.at;
        boolean isRecovered = isRecovered(start, turns.firstBotMessage(start));
        boolean isYoung = clinic.now() - start < clinic.conversionWindow();
        long convertedAfter = ConversationContribution.NEVER;
        Stage stage = lead != null && lead.isPromising() ? Stage.QUALIFIED : Stage.CONVERSATION;
        List<RecoveredValue> values = List.of();
        for (AppointmentState appointment : appointments.values()) {
            if (names(appointment)) {
                convertedAfter = Math.min(convertedAfter, daysToConversion(appointment, start));
                stage = latest(stage, Stage.of(appointment));
                Money value = appointment.value();
                if (isRecovered && value != null && appointment.status() == AppointmentStatus.COMPLETED) {
                    long day = clinic.localDays().of(appointment.startsAt());
                    values = values.isEmpty() ? new ArrayList<>(1) : values;
                    values.add(new RecoveredValue(day, value, appointment.patient()));
                }
            }
        }
        if (values.size() > 1) {
            values.sort(RecoveredValue.ORDER);
        }
        return new ConversationContribution(
                start,
                opening.patient,
                vertical == null ? "" : vertical.name,
                lead == null ? null : lead.tier,
                handedOff,
                convertedAfter,
                convertedAfter == ConversationContribution.NEVER && isYoung,
                stage,
                stage != Stage.COMPLETED && isYoung,
                csat != null,
                isRecovered,
                services,
                values);
    }

    private boolean names(AppointmentState appointment) {
        Long named = appointment.conversation();
        return named != null && named == key;
    }

    /** Remembers what it last found: few changes of a conversation are of its start or first answer. */
    private boolean isRecovered(long start, long answer) {
        if (start != recoveredStart || answer != recoveredAnswer) {
            ClinicCalendar calendar = clinic.calendar();
            recovered = answer != InstantSet.NONE
                    && !calendar.isOpen(start)
                    && answer < calendar.nextOpening(start).orElse(InstantSet.NONE);
            recoveredStart = start;
            recoveredAnswer = answer;
        }
        return recovered;
    }

    private long daysToConversion(AppointmentState appointment, long start) {
        Long confirmedAt = appointment.confirmedAt();
        if (confirmedAt == null || confirmedAt < start || confirmedAt - start > clinic.conversionWindow()) {
            return ConversationContribution.NEVER;
        }
        return -Math.floorDiv(start - confirmedAt, DAY_MILLIS);
    }

    private void emit(Submission submission, long n) {
        clinic.sink()
                .person(
                        Measure.CSAT_SCORES,
                        submission.at,
                        SCORES.get(submission.score),
                        People.hash(submission.patient),
                        n);
    }

    private static <T extends Comparable<T>> T latest(@Nullable T before, T next) {
        return before == null || before.compareTo(next) < 0 ? next : before;
    }

    private static <T extends Comparable<T>> T earliest(@Nullable T before, T next) {
        return before == null || before.compareTo(next) > 0 ? next : before;
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
