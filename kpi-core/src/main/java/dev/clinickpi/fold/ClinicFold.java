package dev.clinickpi.fold;

import dev.clinickpi.cell.DeltaSink;
import dev.clinickpi.cell.Dimension;
import dev.clinickpi.cell.Measure;
import dev.clinickpi.clinic.ClinicCalendar;
import dev.clinickpi.clinic.Money;
import dev.clinickpi.event.EntityKey;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.EventLog.SetAside;
import dev.clinickpi.event.Fact;
import dev.clinickpi.store.StoredEntity;
import dev.clinickpi.time.LocalDays;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The entities of one clinic, folded from its facts, and the signed deltas that they send whenever they change. Facts may come in any order; the
 * same facts and the same moment give the same cells.
 *
 * <p>A fold stands at a moment, which only moves forward. What lies ahead of it does not exist yet: a fact waits until its time has come, an
 * appointment is dated by its start only once that has passed, and a conversation ceases to be pending when its window closes. Alarms bring all three
 * about as the moment moves, so the cells never hold anything that is dated after it.
 *
 * <p>Joining a fact of an entity again changes nothing. A fact of no entity (use of a model or feature, a change of subscription) counts each time
 * that it comes: the event log hands it over once.
 *
 * <p><b>Memory.</b> An entity is settled when time alone changes nothing of it any more. A settled one can be let go: its part of the cells stays, and
 * of itself a note of a few bytes. When a fact or a state comes for it, it is recalled: its facts are read from the log again and joined in silence,
 * since what it counts for has been sent before, and then it takes the news like any other. For that the log must hold every fact that was folded; what
 * it holds beyond (facts of later positions, facts whose time has not come) is left out. An appointment's state that a
 * recalled entity is given is the one that was last forwarded, for the same reason. Where the log no longer holds all facts of an entity, what comes
 * for it is too late: it is counted, and changes nothing.
 *
 * <p>Not safe for use by many threads.
 */
public final class ClinicFold {

    private static final int BYTES_OF_WAITING = 64;
    private static final DeltaSink SILENCE = new Silence();

    private ClinicCalendar calendar;
    private final FoldSettings settings;
    private final DeltaSink sink;
    private final Partition partition;
    private final Recalls recalls;
    private final ChangedEntities changed = new ChangedEntities();

    private final EntityTable<ConversationFold> conversations =
            new EntityTable<>(EntityKey.Kind.CONVERSATION, key -> new ConversationFold(key, this));
    private final EntityTable<AppointmentFold> appointments =
            new EntityTable<>(EntityKey.Kind.APPOINTMENT, key -> new AppointmentFold(key, this));
    private final EntityTable<PatientFold> patients =
            new EntityTable<>(EntityKey.Kind.PATIENT, key -> new PatientFold(key, this));
    private final PriorityQueue<Fact> ahead = new PriorityQueue<>(Comparator.comparingLong(Fact::at));
    private final PriorityQueue<Alarm> alarms = new PriorityQueue<>(Comparator.comparingLong(Alarm::at));
    private final ActiveConversations active;
    private boolean knowsAll = true;

    /** The ids of facts whose time has come and that are not folded yet. Empty but while time moves. */
    private final Set<Long> notFolded = new HashSet<>();

    private long now;
    private long position;
    private long newest = Long.MIN_VALUE;
    private int step;
    private int silent;
    private long tooLate;

    /**
     * A fold of no facts that keeps every entity.
     *
     * @param calendar the clinic's days and opening hours
     * @param now the moment that it stands at, in epoch milliseconds
     * @param sink takes the deltas
     */
    public ClinicFold(ClinicCalendar calendar, FoldSettings settings, long now, DeltaSink sink) {
        this(calendar, settings, now, sink, Partition.WHOLE, null);
    }

    /**
     * A fold of no facts that can let entities go.
     *
     * @param history the clinic's part of the log, which has each fact before it is folded here
     */
    public ClinicFold(ClinicCalendar calendar, FoldSettings settings, long now, DeltaSink sink, History history) {
        this(calendar, settings, now, sink, Partition.WHOLE, history);
    }

    ClinicFold(
            ClinicCalendar calendar,
            FoldSettings settings,
            long now,
            DeltaSink sink,
            Partition partition,
            @Nullable History history) {
        this.calendar = calendar;
        this.settings = settings;
        this.now = now;
        this.sink = sink;
        this.partition = partition;
        this.recalls = new Recalls(history);
        this.active = new ActiveConversations(settings.activeWindow().toMillis());
    }

    /**
     * Folds facts in that stand side by side in the log, or keeps them until their time has come. A history must have them by then.
     *
     * @param first the position of the first, {@link #position()} at the least
     */
    public void accept(long first, List<Fact> facts) {
        recalls.prepare(facts, Fact::entities, this::isAbsent);
        long at = first;
        for (Fact fact : facts) {
            accept(at++, fact);
        }
        recalls.clear();
    }

    /** As {@link #accept(long, List)}, of one fact. */
    public void accept(long at, Fact fact) {
        position = at;
        newest = Math.max(newest, fact.at());
        if (fact.at() > now) {
            ahead.add(fact);
        } else {
            fold(fact);
        }
        position = at + 1;
    }

    /** Folds the fact of the next position in. */
    public void accept(Fact fact) {
        accept(position, fact);
    }

    /** Goes on by a calendar that says the same of every day that has begun: what lies ahead is not folded yet. */
    public void use(ClinicCalendar next) {
        calendar = next;
    }

    /** Notes that the log has nothing before a position that was not accepted. */
    public void skipTo(long end) {
        position = Math.max(position, end);
    }

    /** The position in the log behind all that was accepted. */
    public long position() {
        return position;
    }

    /** The latest instant that an accepted fact bears, in epoch milliseconds; {@link Long#MIN_VALUE} when there is none. */
    public long newest() {
        return newest;
    }

    /** Moves the moment forward, in epoch milliseconds; one that lies behind changes nothing. */
    public void advance(long to) {
        if (to <= now) {
            return;
        }
        now = to;
        foldDue();
        ringDue();
    }

    /** Folds what has waited. Until it is its turn none of it may be joined by a recall, which reads it from the log. */
    private void foldDue() {
        List<Fact> due = due(ahead, Fact::at);
        due.forEach(fact -> notFolded.add(fact.id()));
        recalls.forEach(due, Fact::entities, this::isAbsent, fact -> {
            fold(fact);
            notFolded.remove(fact.id());
        });
    }

    /** Has the entities look at themselves that are in memory still: whoever was let go since had settled before its alarm. */
    private void ringDue() {
        recalls.forEach(due(alarms, Alarm::at), this::toldBy, this::isAbsent, alarm -> {
            Entity entity = table(alarm.kind).inMemory(alarm.key);
            if (entity != null) {
                changed(entity);
                entity.refresh();
            }
        });
    }

    private Collection<EntityKey> toldBy(Alarm alarm) {
        Entity entity = table(alarm.kind).inMemory(alarm.key);
        return entity == null ? Set.of() : entity.tells();
    }

    private <T> List<T> due(PriorityQueue<T> queue, ToLongFunction<T> at) {
        List<T> due = new ArrayList<>();
        while (!queue.isEmpty() && at.applyAsLong(queue.element()) <= now) {
            due.add(queue.remove());
        }
        return due;
    }

    /**
     * Goes on from a checkpoint, in silence, before any fact is folded. Entities that are neither among these nor met later are asked of the history.
     *
     * @param entities those that time may still change at the moment that this fold stands at
     * @param waiting facts that wait for their time
     * @throws IllegalArgumentException if the bytes of an entity are none
     */
    public void restore(long at, long newestAt, List<StoredEntity> entities, List<Fact> waiting) {
        recalls.requirePossible();
        position = at;
        newest = newestAt;
        knowsAll = false;
        changed.begin();
        ahead.addAll(waiting);
        silent++;
        try {
            for (StoredEntity stored : entities) {
                Entity entity = table(stored.key().kind()).begin(stored.key().id());
                EntityCodec.decode(stored.state(), entity);
                entity.keep(true);
                if (entity.isSettled()) {
                    // Time has gone on since it was kept.
                    changed.note(entity);
                }
            }
        } finally {
            silent--;
        }
    }

    /**
     * Finds out how to take what was erased out of what is counted, without folding all again. Changes nothing yet; the history has to hand over what was erased
     * as if it had not been.
     *
     * @param erased what was erased since the facts were folded
     * @return takes it out; to be run before anything else is folded
     */
    public Runnable correction(SetAside erased) {
        return new Correction(this, erased)::apply;
    }

    /** Reads facts of entities that are folded; gives those of the entities that facts of were forgotten. */
    Set<EntityKey> readFolded(Set<EntityKey> entities, EventLog.Reader reader) {
        // Between advances all that waits is dated ahead of now.
        return recalls.read(entities, (at, fact) -> {
            if (at < position && fact.at() <= now) {
                reader.fact(at, fact);
            }
        });
    }

    /** A fold of no facts at the same moment that keeps some entities alone and sends elsewhere. */
    ClinicFold beside(DeltaSink elsewhere, Partition some) {
        return new ClinicFold(calendar, settings, now, elsewhere, some, null);
    }

    /** Lets nothing happen any more that waits and that a condition holds for. */
    void dropAhead(Predicate<Fact> condition) {
        ahead.removeIf(condition);
    }

    /** The entities in memory that know one of some patients. */
    Set<EntityKey> thatKnowAny(Set<Long> erasedPatients) {
        Set<EntityKey> found = new HashSet<>();
        for (EntityTable<? extends Entity> table : tables()) {
            table.forEach(entity -> {
                if (entity.knowsAny(erasedPatients)) {
                    found.add(entity.id());
                }
            });
        }
        return found;
    }

    /**
     * Drops an entity from memory, if it is there.
     *
     * @param forGood whether nothing more can come of it
     */
    void drop(EntityKey key, boolean forGood) {
        drop(table(key.kind()), key.id(), forGood);
    }

    private <E extends Entity> void drop(EntityTable<E> table, long key, boolean forGood) {
        E entity = table.inMemory(key);
        if (entity != null) {
            if (forGood) {
                entity.cease();
            }
            active.remove(entity);
            table.letGo(entity);
        }
    }

    /** Joins entities again that were dropped, in silence, each from the facts that are given. */
    void recall(Map<EntityKey, List<Recalls.At>> facts) {
        facts.forEach(recalls::offer);
        facts.forEach((key, ofEntity) -> {
            if (!ofEntity.isEmpty()) {
                entity(table(key.kind()), key.id());
            }
        });
        recalls.clear();
    }

    /** Has every entity that is not in memory asked of the history, for a log that has forgotten facts: none is begun anew that was there before. */
    public void askForAll() {
        recalls.requirePossible();
        knowsAll = false;
    }

    /** The facts that wait for their time. */
    public List<Fact> ahead() {
        return List.copyOf(ahead);
    }

    /** When time next changes something, in epoch milliseconds; {@link Long#MAX_VALUE} for never. */
    public long wakeAt() {
        long nextFact = ahead.isEmpty() ? Long.MAX_VALUE : ahead.element().at();
        return alarms.isEmpty() ? nextFact : Math.min(nextFact, alarms.element().at);
    }

    /** Every entity that time may still change. What changes after this is noted, for {@link #takeChanged}. */
    public List<StoredEntity> takeOpen() {
        return changed.takeAll(tables());
    }

    /** What has become of the entities that have changed since they were last taken: those that time may still change, and those that are to be kept no longer. */
    public Collection<StoredEntity> takeChanged() {
        return changed.take(key -> table(key.kind()).inMemory(key.id()));
    }

    /** Notes no more changes until {@link #takeOpen} is asked again. */
    public void forgetChanged() {
        changed.end();
    }

    /** Notes that an entity may have changed. */
    void changed(Entity entity) {
        changed.note(entity);
    }

    /** Sets the step of the shard that entities are marked with when they are needed, so that those needed least lately can be let go. */
    public void step(int number) {
        step = number;
    }

    /** How many entities are in memory. */
    public int entities() {
        return conversations.inMemory() + appointments.inMemory() + patients.inMemory();
    }

    /** Hands over the last step that each settled entity in memory was needed at. */
    public void forEachSettled(IntConsumer steps) {
        for (EntityTable<? extends Entity> table : tables()) {
            table.forEach(entity -> {
                if (entity.isSettled()) {
                    steps.accept(entity.touched());
                }
            });
        }
    }

    /**
     * Lets go of the settled entities that were not needed at or after a step.
     *
     * @return how many
     * @throws IllegalStateException if the fold has no history to recall them from
     */
    public int letGo(int beforeStep) {
        recalls.requirePossible();
        int gone = 0;
        for (EntityTable<? extends Entity> table : tables()) {
            gone += table.letGo(entity -> entity.touched() < beforeStep && entity.isSettled());
        }
        return gone;
    }

    /** How many facts and states came for an entity that the log no longer holds all facts of. */
    public long tooLate() {
        return tooLate;
    }

    /** About how much memory the entities and what waits take, in bytes. */
    public long bytes() {
        long[] bytes = {(long) (ahead.size() + alarms.size()) * BYTES_OF_WAITING};
        for (EntityTable<? extends Entity> table : tables()) {
            bytes[0] += table.bytes();
            table.forEach(entity -> bytes[0] += entity.bytes());
        }
        return bytes[0];
    }

    /** How many conversations are active at the moment that the fold stands at (section 4). */
    public int activeConversations() {
        return active.count(now);
    }

    /** Notes that a conversation got a message. */
    void messageIn(ConversationFold conversation) {
        active.touch(conversation, now);
    }

    boolean isActive(ConversationFold conversation) {
        return active.isYoung(conversation, now);
    }

    /** Takes an appointment's state from the fold that keeps the appointment. */
    void receive(Forward forward) {
        Entity entity = entity(table(forward.to().kind()), forward.to().id());
        if (entity != null) {
            entity.receive(forward.appointment(), forward.state());
        }
    }

    private void fold(Fact fact) {
        if (fact instanceof Fact.Message f) {
            join(conversations, f.conversation(), f);
            join(patients, f.patient(), f);
        } else if (fact instanceof Fact.LlmUsed f) {
            fold(f);
        } else if (fact instanceof Fact.Appointment f) {
            join(appointments, f.appointment(), f);
            join(patients, f.patient(), f);
        } else if (fact instanceof Fact.CsatSubmitted f) {
            join(conversations, f.conversation(), f);
            join(patients, f.patient(), f);
        } else if (fact instanceof Fact.LeadScored f) {
            join(conversations, f.conversation(), f);
        } else if (fact instanceof Fact.ServiceMentioned f) {
            join(conversations, f.conversation(), f);
        } else if (fact instanceof Fact.ConversationHandedOff f) {
            join(conversations, f.conversation(), f);
        } else if (fact instanceof Fact.ConversationClosed f) {
            join(conversations, f.conversation(), f);
        } else if (fact instanceof Fact.WaitlistOffered f) {
            join(appointments, f.cancelledAppointment(), f);
        } else if (fact instanceof Fact.WaitlistFilled f) {
            join(appointments, f.cancelledAppointment(), f);
        } else if (fact instanceof Fact.PatientOnboarded f) {
            join(patients, f.patient(), f);
        } else if (fact instanceof Fact.FeatureUsed f && partition.ownsFact(f.id())) {
            sink.count(Measure.FEATURE_USES, f.at(), Dimension.of(f.feature()), 1);
        } else if (fact instanceof Fact.SubscriptionChanged f && partition.ownsFact(f.id())) {
            sink.count(Measure.TIER_CHANGES, f.at(), new Dimension(f.tier(), "", f.at()), 1);
        }
    }

    /** Folds a fact into an entity, if that is kept here and all of it is known. */
    private <E extends Entity> void join(EntityTable<E> table, long key, Fact fact) {
        E entity = partition.owns(table.kind(), key) ? entity(table, key) : null;
        if (entity != null) {
            entity.join(fact);
        }
    }

    private void fold(Fact.LlmUsed fact) {
        if (!partition.ownsFact(fact.id())) {
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

    /** The entity, recalled or begun where it is not in memory; null when it cannot be recalled. */
    private <E extends Entity> @Nullable E entity(EntityTable<E> table, long key) {
        E entity = table.inMemory(key);
        if (entity == null) {
            entity = isAbsent(table, key) ? recalled(table, key) : table.begin(key);
        }
        if (entity != null) {
            entity.touch(step);
            changed.note(entity);
        } else if (silent == 0) {
            tooLate++;
        }
        return entity;
    }

    private boolean isAbsent(EntityKey key) {
        return isAbsent(table(key.kind()), key.id());
    }

    /** Whether an entity may have been there before and is not in memory. */
    private boolean isAbsent(EntityTable<? extends Entity> table, long key) {
        return table.isLetGo(key) || (!knowsAll && table.inMemory(key) == null);
    }

    /** Joins what an entity that was let go had been joined from, in silence; null when not all of it is known any more. */
    private <E extends Entity> @Nullable E recalled(EntityTable<E> table, long key) {
        List<Recalls.At> facts = recalls.take(new EntityKey(table.kind(), key));
        if (facts == null) {
            return null;
        }
        E entity = table.begin(key);
        silent++;
        try {
            Set<Long> named = new HashSet<>();
            for (Recalls.At each : facts) {
                Fact fact = each.fact();
                if (each.position() < position && fact.at() <= now && !notFolded.contains(fact.id())) {
                    entity.join(fact);
                    if (fact instanceof Fact.Appointment f) {
                        named.add(f.appointment());
                    }
                }
            }
            return receiveAll(named, entity) ? entity : table.letGo(entity);
        } finally {
            silent--;
        }
    }

    /** Gives an entity that is recalled the states that were last forwarded; false where one is not known any more. */
    private boolean receiveAll(Set<Long> named, Entity entity) {
        for (long key : named) {
            AppointmentFold appointment = entity(appointments, key);
            if (appointment == null) {
                return false;
            }
            AppointmentState state = appointment.forwarded();
            if (state != null) {
                entity.receive(key, state);
            }
        }
        return true;
    }

    private List<EntityTable<? extends Entity>> tables() {
        return List.of(conversations, appointments, patients);
    }

    private EntityTable<? extends Entity> table(EntityKey.Kind kind) {
        return switch (kind) {
            case CONVERSATION -> conversations;
            case APPOINTMENT -> appointments;
            case PATIENT -> patients;
        };
    }

    /** Brings an appointment's state to an entity that it names, here or elsewhere. */
    void forward(Forward forward) {
        if (silent > 0) {
            return;
        }
        if (partition.owns(forward.to().kind(), forward.to().id())) {
            receive(forward);
        } else {
            partition.send(forward);
        }
    }

    /** Has an entity look at itself again when the moment reaches an instant. */
    void wake(EntityKey.Kind kind, long key, long at) {
        alarms.add(new Alarm(at, kind, key));
    }

    /** The moment that it stands at, in epoch milliseconds. */
    public long now() {
        return now;
    }

    long conversionWindow() {
        return settings.conversionWindow().toMillis();
    }

    /** Takes the deltas; what a recalled entity counts for is in the cells already. */
    DeltaSink sink() {
        return silent > 0 ? SILENCE : sink;
    }

    ClinicCalendar calendar() {
        return calendar;
    }

    LocalDays localDays() {
        return calendar.days();
    }

    private record Alarm(long at, EntityKey.Kind kind, long key) {}
}
