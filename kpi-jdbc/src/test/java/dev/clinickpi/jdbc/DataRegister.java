package dev.clinickpi.jdbc;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Why each field is kept, and for how long: what nobody can find by reflection. A line has names, a purpose and a retention.
 *
 * @param title what its part of the page is called
 * @param lines what it says
 */
record DataRegister(String title, List<Line> lines) {

    private static final Map<String, String> RETENTIONS = Map.of(
            "never", "never kept: read at the gate and dropped",
            "purge", "until the purge, by its date",
            "settled", "until it has settled, then it goes with the next save",
            "clinic", "as long as the clinic: figures stay when facts go",
            "refusal", "as long as the clinic, to refuse or know what comes again",
            "deletion", "until no kept cells count it, which takes seconds where an engine runs",
            "numbered",
                    "until it is numbered, which takes seconds where an engine runs; after a purge what is dated before it goes",
            "installation", "as long as the installation; says nothing of patients",
            "good", "for good, erasures and purges too");

    /**
     * A line of it.
     *
     * @param names the fields
     * @param why what they are kept for
     * @param kept how long
     */
    record Line(List<String> names, String why, String kept) {}

    private static DataRegister of(String title, String lines) {
        return new DataRegister(
                title,
                lines.strip()
                        .lines()
                        .map(line -> line.split(" \\| "))
                        .map(parts -> new Line(List.of(parts[0].split(", ")), parts[1], retention(parts[2].strip())))
                        .toList());
    }

    private static String retention(String word) {
        String retention = RETENTIONS.get(word);
        if (retention == null) {
            throw new AssertionError("There is no retention " + word);
        }
        return retention;
    }

    Set<String> names() {
        return lines.stream().flatMap(line -> line.names.stream()).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Its part of the page. */
    String markdown() {
        return "### " + title + "\n\n| fields | why | how long |\n|---|---|---|\n"
                + lines.stream()
                        .map(line -> "| " + code(line.names) + " | " + line.why + " | " + line.kept + " |\n")
                        .collect(Collectors.joining())
                + "\n";
    }

    private static String code(List<String> names) {
        return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }

    static final DataRegister DROPPED = of("Of events, what is not kept", """
            Message.text | matched against the clinic's catalogue, which yields the services that it names | never
            LlmUsed.conversationId | no figure of the twelve needs it | never
            WaitlistOffered.patientId | no figure says who was offered a place | never
            WaitlistFilled.appointmentId | whatever became of the appointment that filled a place, the place was filled | never
            """);

    static final DataRegister FACTS = of("Facts", """
            every.id | the same event again counts once; keyed | purge
            every.clinic | whose figures it counts in | purge
            every.at | the order of events and the date of what they count as | purge
            Message.conversation, LeadScored.conversation, ConversationHandedOff.conversation, ConversationClosed.conversation, ServiceMentioned.conversation, CsatSubmitted.conversation | joins the facts of a conversation; keyed | purge
            Appointment.appointment, WaitlistOffered.cancelledAppointment, WaitlistFilled.cancelledAppointment | joins the facts of an appointment; keyed | purge
            Appointment.conversation | the conversation that led to it: conversion, recovered revenue, funnel; keyed | purge
            Message.patient, Appointment.patient, CsatSubmitted.patient, PatientOnboarded.patient | distinct people behind each figure, cohorts, and what an erasure finds; keyed | purge
            Message.from | response times, patients' messages | purge
            Message.vertical | conversion by vertical | purge
            Message.services, ServiceMentioned.service, Appointment.service | top services; words of the catalogue | purge
            LeadScored.tier | lead tiers, funnel | purge
            Appointment.status, Appointment.startsAt | no-show rate, conversion, waitlist, retention | purge
            Appointment.value | booked revenue, revenue of cohorts | purge
            CsatSubmitted.score | satisfaction | purge
            LlmUsed.model, LlmUsed.inputTokens, LlmUsed.cachedInputTokens, LlmUsed.outputTokens, LlmUsed.cost | cost of language models | purge
            FeatureUsed.feature, SubscriptionChanged.tier | use of the subscription | purge
            """);

    static final DataRegister ENTITIES = of("State of conversations and appointments that time may still change", """
            ConversationFold.turns, Turns.patient, Turns.bot, Turns.human, InstantSet.instants, InstantSet.size | instants of messages: response times, whether a closed clinic's patient was answered | settled
            ConversationFold.patientMessages, FactIds.places, FactIds.size, FactIds.hasZero | messages that came twice count once; keyed ids | settled
            ConversationFold.opening, Opening.at, Opening.patient, Opening.vertical | start and patient of the conversation | settled
            ConversationFold.vertical, Naming.at, Naming.from, Naming.name | the vertical that was named last | settled
            ConversationFold.lead, Score.at, Score.tier | the score that was given last | settled
            ConversationFold.csat, Submission.at, Submission.score, Submission.patient | the satisfaction that was told last | settled
            ConversationFold.services | services that were mentioned | settled
            ConversationFold.handedOff, ConversationFold.closedAt | handed to a person; active or closed | settled
            ConversationFold.recovered, ConversationFold.recoveredStart, ConversationFold.recoveredAnswer | recovered conversations | settled
            ConversationFold.appointments, AppointmentState.revision, AppointmentState.begun, AppointmentState.status, AppointmentState.startsAt, AppointmentState.patient, AppointmentState.conversation, AppointmentState.value, AppointmentState.confirmedAt, AppointmentState.cancelledAt | the newest state of each appointment that named it: conversion, funnel, recovered revenue | settled
            ConversationFold.sent, ConversationContribution.start, ConversationContribution.patient, ConversationContribution.vertical, ConversationContribution.tier, ConversationContribution.handedOff, ConversationContribution.convertedAfter, ConversationContribution.pending, ConversationContribution.stage, ConversationContribution.unfinished, ConversationContribution.surveyed, ConversationContribution.recovered, ConversationContribution.services, ConversationContribution.recoveredValues, RecoveredValue.epochDay, RecoveredValue.money, RecoveredValue.patient | what it counts for in the cells, to take that back when it changes; worked out again, in memory alone | settled
            AppointmentFold.events, Event.at, Event.status, Event.startsAt, Event.service, Event.value, Event.conversation, Event.patient | the latest value of each field, the last run of cancellations | settled
            AppointmentFold.conversations, AppointmentFold.patients | who has to learn of a change | settled
            AppointmentFold.offered, AppointmentFold.filled | waitlist | settled
            AppointmentFold.wokenAt, AppointmentFold.forwarded, AppointmentFold.sent, Contribution.state, Contribution.offered, Contribution.filled, Contribution.onboardedAt, Contribution.visits | what was last sent on and counted; worked out again, in memory alone | settled
            PatientFold.appointments, PatientFold.firstSeen, PatientFold.sent, Visit.epochDay, Visit.value | cohorts; in memory alone, since a patient has always settled | settled
            """);

    static final DataRegister CELLS = of("Cells", """
            CellKey.measure, CellKey.slice, CellKey.dimension, Dimension.label, Dimension.currency, Dimension.moment | what is counted, in which quarter of an hour, by which word of a catalogue | clinic
            Cell.count, Cell.sum, Cell.times, Cell.details, ExactSum.units, ExactSum.parts, SparseHistogram.buckets | counts, sums of money and response times in buckets | clinic
            Cell.people, People.hashes, SparseCounts.keys, SparseCounts.counts, SparseCounts.size | keyed hashes of 32 bits, to count distinct people; an erased patient's go | clinic
            measure.CONVERSATIONS, measure.CONVERTED, measure.PENDING | conversion-rate, handoff-rate | clinic
            measure.BOT_RESPONSE_TIMES, measure.HUMAN_RESPONSE_TIMES, measure.UNANSWERED_TURNS | response-time | clinic
            measure.HANDED_OFF | handoff-rate | clinic
            measure.LEADS | lead-tiers | clinic
            measure.SERVICE_MENTIONS | top-services | clinic
            measure.SURVEYED, measure.CSAT_SCORES | csat | clinic
            measure.RECOVERED, measure.RECOVERED_CONVERTED, measure.RECOVERED_VALUE | revenue-recovered | clinic
            measure.RESOLVED, measure.NO_SHOWS, measure.UNRESOLVED | no-show-rate | clinic
            measure.CANCELLATIONS, measure.FILLED, measure.OFFERED | waitlist-conversion | clinic
            measure.LLM_USES, measure.LLM_INPUT_TOKENS, measure.LLM_CACHED_INPUT_TOKENS, measure.LLM_OUTPUT_TOKENS, measure.LLM_STATED_COST | llm-cost | clinic
            measure.FEATURE_USES, measure.TIER_CHANGES | tier-utilization | clinic
            measure.PATIENT_MESSAGES | the heatmap and the funnel | clinic
            measure.QUALIFIED, measure.BOOKED, measure.COMPLETED, measure.UNFINISHED | the funnel | clinic
            measure.ONBOARDED, measure.RETAINED, measure.COHORT_VALUE | cohort retention | clinic
            """);

    static final DataRegister RELEASES = of("What has been released", """
            CopyState.asOf, CopyState.restatedOn, CopyState.monthsEnd, CopyState.erasures | up to when, and after how many erasures | clinic
            CopyState.grids, Grid.borders | where time was cut into blocks of k people, never to be cut otherwise | clinic
            CopyState.totals, CopyState.rows | the cells of released blocks; a stranger stands there for whoever is erased | clinic
            CopyState.verticals, CopyState.services, RowBlock.parts, Part.from, Part.to, RowBlock.shown | which rows were shown | clinic
            RowBlock.changes | keyed hashes of who has changed since, to wait for k of them | clinic
            """);

    static final DataRegister AUDIT = of("Audit records", """
            AuditRecord.at, AuditRecord.action, AuditRecord.clinic, AuditRecord.detail | what was done with whose figures | good
            AuditRecord.principal, AuditRecord.role | who did it: staff, never a patient | good
            """);

    static final DataRegister KEYS = of("The file of keys", """
            keys.key | a clinic's key, wrapped: without it keyed ids mean nobody | clinic
            keys.destroyed | that a clinic's key was destroyed and is not to be made anew | good
            keys.clinic-kpi, keys.check, keys.seal | the form of the file, and that it is whole | installation
            """);

    static final DataRegister TABLES = of("Tables of `kpi-jdbc`", """
            kpi_fact.fact_no, kpi_fact.clinic_no, kpi_fact.event_id, kpi_fact.at, kpi_fact.content | a fact, see above | purge
            kpi_fact.conversation, kpi_fact.appointment, kpi_fact.patient | finds the facts of an entity; keyed | purge
            kpi_event_key.clinic_no, kpi_event_key.event_id, kpi_event_key.digest | duplicates and conflicts; a keyed id and a hash of the fact | purge
            kpi_outbox.clinic_no, kpi_outbox.outbox_no, kpi_outbox.event_id, kpi_outbox.at, kpi_outbox.recorded_at, kpi_outbox.content | facts of a host's transactions on their way | numbered
            kpi_entity.clinic_no, kpi_entity.kind, kpi_entity.entity, kpi_entity.state, kpi_entity.open_message_at | the state of an entity, see above | settled
            kpi_forgotten.clinic_no, kpi_forgotten.kind, kpi_forgotten.entity | keyed ids of entities that a purge took facts of | refusal
            kpi_erased.clinic_no, kpi_erased.kind, kpi_erased.entity, kpi_erased.erasure | keyed ids of who and what was erased, and by which erasure | refusal
            kpi_erasing.clinic_no, kpi_erasing.fact_no, kpi_erasing.erasure, kpi_erasing.event_id, kpi_erasing.content | erased facts, see above, to take them out of cells that cannot be folded again | deletion
            kpi_day.clinic_no, kpi_day.utc_day, kpi_day.version, kpi_day.cells | cells, see above | clinic
            kpi_publication.clinic_no, kpi_publication.version, kpi_publication.state | what has been released, see above | clinic
            kpi_benchmark.vertical, kpi_benchmark.month_no, kpi_benchmark.benchmarks | benchmarks that were made of clinics, see benchmarks.md; nothing of a patient | good
            kpi_checkpoint.clinic_no, kpi_checkpoint.shard, kpi_checkpoint.version, kpi_checkpoint.whole_since, kpi_checkpoint.fingerprint, kpi_checkpoint.position, kpi_checkpoint.as_of, kpi_checkpoint.newest, kpi_checkpoint.wake_at | where a clinic's cells stand | clinic
            kpi_checkpoint.ahead | facts that are dated ahead of the clock, until it reaches them | settled
            kpi_clinic.clinic_no, kpi_clinic.clinic, kpi_clinic.facts, kpi_clinic.floor, kpi_clinic.erasures, kpi_clinic.erasing_since | a clinic's number, and counts | good
            kpi_retention.floor | from when on facts are kept | installation
            kpi_audit.audit_no, kpi_audit.at, kpi_audit.nanos, kpi_audit.principal, kpi_audit.role, kpi_audit.action, kpi_audit.clinic, kpi_audit.detail, kpi_audit_head.last_no | audit records, see above | good
            kpi_shard.shard, kpi_shard.owner, kpi_shard.token, kpi_shard.held_until, kpi_shard.as_of, kpi_sharding.shards | which engine writes which clinics | installation
            kpi_schema.version | which scripts have been run | installation
            """);

    static final List<DataRegister> ALL = List.of(DROPPED, FACTS, ENTITIES, CELLS, RELEASES, AUDIT, KEYS, TABLES);

    static String page() {
        return ALL.stream().map(DataRegister::markdown).collect(Collectors.joining());
    }
}
