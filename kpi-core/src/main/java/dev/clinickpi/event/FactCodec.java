package dev.clinickpi.event;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.codec.ByteReader;
import dev.clinickpi.codec.ByteWriter;
import dev.clinickpi.event.KpiEvent.AppointmentStatus;
import dev.clinickpi.event.KpiEvent.LeadTier;
import dev.clinickpi.event.KpiEvent.Sender;
import java.util.List;
import java.util.Set;

/**
 * Facts as bytes, for stores and wires: all of a fact but its clinic and its id, which are the key that it is kept under. The first byte is the
 * version of the form, the second the type. Facts of one content that name the same services give equal bytes.
 *
 * <p>Only what a {@link PrivacyGate} let through can be encoded, and decoding gives back what was encoded; so bytes hold no more than a fact does.
 * Nothing in them tells damage from data, though: a store that may be written by others has to keep them from that.
 */
public final class FactCodec {

    private static final int VERSION = 1;

    // A value's code is its place. Stored facts hold these: values may be added at the end, and nothing else may
    // change.
    private static final List<EventType> TYPES = List.of(
            EventType.MESSAGE,
            EventType.LEAD_SCORED,
            EventType.CONVERSATION_HANDED_OFF,
            EventType.CONVERSATION_CLOSED,
            EventType.SERVICE_MENTIONED,
            EventType.APPOINTMENT,
            EventType.WAITLIST_OFFERED,
            EventType.WAITLIST_FILLED,
            EventType.CSAT_SUBMITTED,
            EventType.LLM_USED,
            EventType.FEATURE_USED,
            EventType.SUBSCRIPTION_CHANGED,
            EventType.PATIENT_ONBOARDED);
    private static final List<Sender> SENDERS = List.of(Sender.PATIENT, Sender.BOT, Sender.HUMAN);
    private static final List<LeadTier> TIERS = List.of(LeadTier.COLD, LeadTier.COOL, LeadTier.WARM, LeadTier.HOT);
    private static final List<AppointmentStatus> STATUSES = List.of(
            AppointmentStatus.BOOKED,
            AppointmentStatus.CONFIRMED,
            AppointmentStatus.CANCELLED,
            AppointmentStatus.COMPLETED,
            AppointmentStatus.NO_SHOW);

    private FactCodec() {}

    /** The bytes of a fact, without its clinic and its id. */
    public static byte[] encode(Fact fact) {
        return write(fact, true).toBytes();
    }

    /**
     * A number that equal facts share and that others share by chance alone, one pair in 2^64: the 64-bit FNV-1a hash of the bytes of a fact without
     * its version and the services that its text named. A store keeps it with a fact's id to tell whether what comes again under the id is the same.
     */
    public static long digest(Fact fact) {
        return write(fact, false).hashFrom(1);
    }

    private static ByteWriter write(Fact fact, boolean withServices) {
        ByteWriter out =
                new ByteWriter().code(VERSION).value(TYPES, fact.type()).instant(fact.at());
        if (fact instanceof Fact.Message f) {
            out.id(f.conversation()).id(f.patient()).value(SENDERS, f.from());
            out.optionalLabel(f.vertical()).labels(withServices ? f.services() : Set.of());
        } else if (fact instanceof Fact.LeadScored f) {
            out.id(f.conversation()).value(TIERS, f.tier());
        } else if (fact instanceof Fact.ConversationHandedOff f) {
            out.id(f.conversation());
        } else if (fact instanceof Fact.ConversationClosed f) {
            out.id(f.conversation());
        } else if (fact instanceof Fact.ServiceMentioned f) {
            out.id(f.conversation()).label(f.service());
        } else if (fact instanceof Fact.Appointment f) {
            out.id(f.appointment()).id(f.patient()).value(STATUSES, f.status());
            out.instant(f.startsAt()).optionalId(f.conversation());
            out.optionalLabel(f.service()).optionalMoney(f.value());
        } else if (fact instanceof Fact.WaitlistOffered f) {
            out.id(f.cancelledAppointment());
        } else if (fact instanceof Fact.WaitlistFilled f) {
            out.id(f.cancelledAppointment());
        } else if (fact instanceof Fact.CsatSubmitted f) {
            out.id(f.conversation()).id(f.patient()).code(f.score());
        } else if (fact instanceof Fact.LlmUsed f) {
            out.label(f.model()).number(f.inputTokens()).number(f.cachedInputTokens());
            out.number(f.outputTokens()).optionalMoney(f.cost());
        } else if (fact instanceof Fact.FeatureUsed f) {
            out.label(f.feature());
        } else if (fact instanceof Fact.SubscriptionChanged f) {
            out.label(f.tier());
        } else if (fact instanceof Fact.PatientOnboarded f) {
            out.id(f.patient());
        }
        return out;
    }

    /**
     * The fact of bytes that {@link #encode} gave.
     *
     * @param clinic the clinic that it was encoded for
     * @param id its keyed id
     * @throws IllegalArgumentException if they are of another version, cut short or otherwise no fact; the message holds none of them
     */
    public static Fact decode(ClinicId clinic, long id, byte[] bytes) {
        ByteReader in = new ByteReader(bytes, "a fact");
        int version = in.code();
        in.require(version == VERSION, "are of version " + version + " while this library reads version " + VERSION);
        EventType type = in.value(TYPES);
        long at = in.instant();
        Fact fact = decode(type, clinic, id, at, in);
        in.end();
        return fact;
    }

    private static Fact decode(EventType type, ClinicId clinic, long id, long at, ByteReader in) {
        return switch (type) {
            case MESSAGE ->
                new Fact.Message(clinic, id, at, in.id(), in.id(), in.value(SENDERS), in.optionalLabel(), in.labels());
            case LEAD_SCORED -> new Fact.LeadScored(clinic, id, at, in.id(), in.value(TIERS));
            case CONVERSATION_HANDED_OFF -> new Fact.ConversationHandedOff(clinic, id, at, in.id());
            case CONVERSATION_CLOSED -> new Fact.ConversationClosed(clinic, id, at, in.id());
            case SERVICE_MENTIONED -> new Fact.ServiceMentioned(clinic, id, at, in.id(), in.label());
            case APPOINTMENT ->
                new Fact.Appointment(
                        clinic,
                        id,
                        at,
                        in.id(),
                        in.id(),
                        in.value(STATUSES),
                        in.instant(),
                        in.optionalId(),
                        in.optionalLabel(),
                        in.optionalMoney());
            case WAITLIST_OFFERED -> new Fact.WaitlistOffered(clinic, id, at, in.id());
            case WAITLIST_FILLED -> new Fact.WaitlistFilled(clinic, id, at, in.id());
            case CSAT_SUBMITTED -> new Fact.CsatSubmitted(clinic, id, at, in.id(), in.id(), score(in));
            case LLM_USED ->
                new Fact.LlmUsed(clinic, id, at, in.label(), tokens(in), tokens(in), tokens(in), in.optionalMoney());
            case FEATURE_USED -> new Fact.FeatureUsed(clinic, id, at, in.label());
            case SUBSCRIPTION_CHANGED -> new Fact.SubscriptionChanged(clinic, id, at, in.label());
            case PATIENT_ONBOARDED -> new Fact.PatientOnboarded(clinic, id, at, in.id());
        };
    }

    private static long tokens(ByteReader in) {
        long tokens = in.number();
        in.require(tokens <= EventRules.MAX_TOKENS, "hold too many tokens");
        return tokens;
    }

    private static int score(ByteReader in) {
        int score = in.code();
        in.require(score >= 1 && score <= 5, "hold a score that is not from 1 to 5");
        return score;
    }
}
