package dev.clinickpi.fold;

import dev.clinickpi.cell.DeltaSink;
import dev.clinickpi.cell.Dimension;
import dev.clinickpi.cell.Measure;
import dev.clinickpi.clinic.ClinicCalendar;
import dev.clinickpi.clinic.Money;
import dev.clinickpi.event.Fact;
import dev.clinickpi.time.LocalDays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * The entities of one clinic, folded from its facts, and the signed deltas that they send whenever they change. Facts may come in any order; the
 * same facts and the same moment give the same cells.
 *
 * <p>A fold stands at a moment, which only moves forward. What lies ahead of it does not exist yet: a fact waits until its time has come, an
 * appointment is dated by its start only once that has passed, and a conversation ceases to be pending when its window closes. Alarms bring all three
 * about as the moment moves, so the cells never hold anything that is dated after it.
 *
 * <p>Joining a fact of an entity again changes nothing. A fact of no entity (use of a model or feature, a change of subscription) counts each time
 * that it comes: the event log hands it over once. Not safe for use by many threads.
 */
public final class ClinicFold {

    private final ClinicCalendar calendar;
    private final FoldSettings settings;
    private final DeltaSink sink;
    private final Partition partition;

    private final Map<Long, ConversationFold> conversations = new HashMap<>();
    private final Map<Long, AppointmentFold> appointments = new HashMap<>();
    private final Map<Long, PatientFold> patients = new HashMap<>();
    private final PriorityQueue<Fact> ahead = new PriorityQueue<>(Comparator.comparingLong(Fact::at));
    private final PriorityQueue<Alarm> alarms = new PriorityQueue<>(Comparator.comparingLong(Alarm::at));
    private final ActiveConversations active;
    private long now;

    /**
     * A fold of no facts.
     *
     * @param calendar the clinic's days and opening hours
     * @param now the moment that it stands at, in epoch milliseconds
     * @param sink takes the deltas
     */
    public ClinicFold(ClinicCalendar calendar, FoldSettings settings, long now, DeltaSink sink) {
        this(calendar, settings, now, sink, Partition.WHOLE);
    }

    ClinicFold(ClinicCalendar calendar, FoldSettings settings, long now, DeltaSink sink, Partition partition) {
        this.calendar = calendar;
        this.settings = settings;
        this.now = now;
        this.sink = sink;
        this.partition = partition;
        this.active = new ActiveConversations(settings.activeWindow().toMillis());
    }

    /** Folds a fact in, or keeps it until its time has come. */
    public void accept(Fact fact) {
        if (fact.at() > now) {
            ahead.add(fact);
        } else {
            fold(fact);
        }
    }

    /** Moves the moment forward, in epoch milliseconds; one that lies behind changes nothing. */
    public void advance(long to) {
        if (to <= now) {
            return;
        }
        now = to;
        while (!ahead.isEmpty() && ahead.element().at() <= now) {
            fold(ahead.remove());
        }
        while (!alarms.isEmpty() && alarms.element().at <= now) {
            alarms.remove().entity.refresh();
        }
    }

    /** How many conversations are active at the moment that the fold stands at (section 4). */
    public int activeConversations() {
        return active.count(now);
    }

    /** Takes an appointment's state from the fold that keeps the appointment. */
    void receive(Forward forward) {
        switch (forward.to()) {
            case CONVERSATION -> conversation(forward.target()).receive(forward.appointment(), forward.state());
            case PATIENT -> patient(forward.target()).receive(forward.appointment(), forward.state());
        }
    }

    private void fold(Fact fact) {
        if (fact instanceof Fact.Message f) {
            fold(f);
        } else if (fact instanceof Fact.LlmUsed f) {
            fold(f);
        } else if (fact instanceof Fact.Appointment f) {
            if (owns(Partition.Kind.APPOINTMENT, f.appointment())) {
                appointment(f.appointment()).accept(f);
            }
            seen(f.patient(), f.at());
        } else if (fact instanceof Fact.CsatSubmitted f) {
            if (owns(Partition.Kind.CONVERSATION, f.conversation())) {
                conversation(f.conversation()).accept(f);
            }
            seen(f.patient(), f.at());
        } else if (fact instanceof Fact.LeadScored f && owns(Partition.Kind.CONVERSATION, f.conversation())) {
            conversation(f.conversation()).accept(f);
        } else if (fact instanceof Fact.ServiceMentioned f && owns(Partition.Kind.CONVERSATION, f.conversation())) {
            conversation(f.conversation()).mention(f.service());
        } else if (fact instanceof Fact.ConversationHandedOff f
                && owns(Partition.Kind.CONVERSATION, f.conversation())) {
            conversation(f.conversation()).handOff();
        } else if (fact instanceof Fact.ConversationClosed f && owns(Partition.Kind.CONVERSATION, f.conversation())) {
            conversation(f.conversation()).close(f.at());
        } else if (fact instanceof Fact.WaitlistOffered f
                && owns(Partition.Kind.APPOINTMENT, f.cancelledAppointment())) {
            appointment(f.cancelledAppointment()).offer();
        } else if (fact instanceof Fact.WaitlistFilled f
                && owns(Partition.Kind.APPOINTMENT, f.cancelledAppointment())) {
            appointment(f.cancelledAppointment()).fill();
        } else if (fact instanceof Fact.PatientOnboarded f) {
            seen(f.patient(), f.at());
        } else if (fact instanceof Fact.FeatureUsed f && owns(Partition.Kind.FACT, f.id())) {
            sink.count(Measure.FEATURE_USES, f.at(), Dimension.of(f.feature()), 1);
        } else if (fact instanceof Fact.SubscriptionChanged f && owns(Partition.Kind.FACT, f.id())) {
            sink.count(Measure.TIER_CHANGES, f.at(), new Dimension(f.tier(), "", f.at()), 1);
        }
    }

    private void fold(Fact.Message fact) {
        if (owns(Partition.Kind.CONVERSATION, fact.conversation())) {
            ConversationFold conversation = conversation(fact.conversation());
            conversation.accept(fact);
            active.touch(conversation, now);
        }
        seen(fact.patient(), fact.at());
    }

    private void fold(Fact.LlmUsed fact) {
        if (!owns(Partition.Kind.FACT, fact.id())) {
            return;
        }
        Money cost = fact.cost();
        Dimension dimension = new Dimension(fact.model(), cost == null ? "" : cost.currency(), 0);
        sink.count(Measure.LLM_USES, fact.at(), dimension, 1);
        sink.count(Measure.LLM_INPUT_TOKENS, fact.at(), dimension, fact.inputTokens());
        sink.count(Measure.LLM_CACHED_INPUT_TOKENS, fact.at(), dimension, fact.cachedInputTokens());
        sink.count(Measure.LLM_OUTPUT_TOKENS, fact.at(), dimension, fact.outputTokens());
        if (cost != null) {
            sink.cost(Measure.LLM_STATED_COST, fact.at(), dimension, cost.amount(), 1);
        }
    }

    private void seen(long patient, long at) {
        if (owns(Partition.Kind.PATIENT, patient)) {
            patient(patient).seen(at);
        }
    }

    private boolean owns(Partition.Kind kind, long key) {
        return partition.owns(kind, key);
    }

    private ConversationFold conversation(long key) {
        return conversations.computeIfAbsent(key, k -> new ConversationFold(k, this));
    }

    private AppointmentFold appointment(long key) {
        return appointments.computeIfAbsent(key, k -> new AppointmentFold(k, this));
    }

    private PatientFold patient(long key) {
        return patients.computeIfAbsent(key, k -> new PatientFold(k, this));
    }

    /** Brings an appointment's state to an entity that it names, here or elsewhere. */
    void forward(Forward forward) {
        Partition.Kind kind =
                forward.to() == Forward.To.CONVERSATION ? Partition.Kind.CONVERSATION : Partition.Kind.PATIENT;
        if (owns(kind, forward.target())) {
            receive(forward);
        } else {
            partition.send(forward);
        }
    }

    /** Has an entity look at itself again when the moment reaches an instant. */
    void wake(Entity entity, long at) {
        alarms.add(new Alarm(at, entity));
    }

    /** The moment that it stands at, in epoch milliseconds. */
    public long now() {
        return now;
    }

    long conversionWindow() {
        return settings.conversionWindow().toMillis();
    }

    DeltaSink sink() {
        return sink;
    }

    ClinicCalendar calendar() {
        return calendar;
    }

    LocalDays localDays() {
        return calendar.days();
    }

    private record Alarm(long at, Entity entity) {}
}
