package dev.clinickpi.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.event.EntityKey;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.EventLog.Outcome;
import dev.clinickpi.event.EventLog.SetAside;
import dev.clinickpi.event.Fact;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.KpiEvent.AppointmentStatus;
import dev.clinickpi.event.KpiEvent.LeadTier;
import dev.clinickpi.event.KpiEvent.Sender;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What every {@link EventLog} must hold of erasures; part of {@link EventLogContract}. */
public interface EventLogErasureContract {

    /** An empty log. */
    EventLog newLog();

    /** The same log as a process finds it that starts later. */
    EventLog reopen(EventLog log);

    /**
     * What bears the patient's id goes, and of the conversations and appointments that are the patient's alone all the rest; what others share stays, where it
     * stands.
     */
    @Test
    default void anErasedPatientIsGone() {
        EventLog log = newLog();
        Story story = new Story(Samples.SOL);
        log.append(story.all());

        log.erase(Samples.SOL.id(), 1);

        for (EventLog each : List.of(log, reopen(log))) {
            Map<Long, Fact> left = new LinkedHashMap<>();
            assertThat(each.read(Samples.SOL.id(), 0, left::put))
                    .isEqualTo(story.all().size());
            assertThat(left).containsExactlyEntriesOf(story.others());
            assertThat(each.ends())
                    .containsOnly(Map.entry(Samples.SOL.id(), (long) story.all().size()));
            assertThat(ofEntities(each, EntityKey.patient(1), EntityKey.conversation(1), EntityKey.appointment(1)))
                    .isEmpty();
            assertThat(ofEntities(each, EntityKey.conversation(3))).hasSize(2);
        }
    }

    /** What was erased is refused when it comes again, in the next process, too; what was not is known as before. */
    @Test
    default void whatWasErasedStaysAway() {
        EventLog log = newLog();
        Story story = new Story(Samples.SOL);
        log.append(story.all());
        log.erase(Samples.SOL.id(), 1);

        for (EventLog each : List.of(log, reopen(log))) {
            List<Outcome> outcomes = each.append(story.all()).outcomes();
            for (int i = 0; i < outcomes.size(); i++) {
                assertThat(outcomes.get(i))
                        .isEqualTo(story.others().containsKey((long) i) ? Outcome.DUPLICATE : Outcome.ERASED);
            }
        }
        assertThat(read(log, Samples.SOL))
                .containsExactlyElementsOf(story.others().values());
    }

    /** News of an erased patient is refused, and of an erased conversation what names no patient; another patient who comes into it is stored. */
    @Test
    default void newsOfTheErasedIsRefused() {
        EventLog log = newLog();
        log.append(new Story(Samples.SOL).all());
        log.erase(Samples.SOL.id(), 1);

        List<Fact> news = List.of(
                message("101", Samples.SOL, "9", "1"),
                lead("102", Samples.SOL, "1"),
                lead("103", Samples.SOL, "9"),
                message("104", Samples.SOL, "1", "4"),
                onboarding("105", Samples.SOL, "1"));
        EventLog.Appended appended = log.append(news);

        assertThat(appended.outcomes())
                .containsExactly(Outcome.ERASED, Outcome.ERASED, Outcome.ACCEPTED, Outcome.ACCEPTED, Outcome.ERASED);
        long end = new Story(Samples.SOL).all().size() + 2L;
        assertThat(appended.ends()).containsOnly(Map.entry(Samples.SOL.id(), end));
        assertThat(read(log, Samples.SOL)).contains(news.get(2), news.get(3)).doesNotContain(news.get(0), news.get(4));
    }

    /** Each erasure is counted once, and an erasure of somebody unknown holds all the same. */
    @Test
    default void erasuresAreCounted() {
        EventLog log = newLog();
        assertThat(log.erasures(Samples.SOL.id())).isZero();

        log.erase(Samples.SOL.id(), 1);
        log.erase(Samples.SOL.id(), 1);
        assertThat(log.erasures(Samples.SOL.id())).isOne();
        assertThat(log.append(List.of(onboarding("1", Samples.SOL, "1"), onboarding("2", Samples.SOL, "2")))
                        .outcomes())
                .containsExactly(Outcome.ERASED, Outcome.ACCEPTED);
        log.erase(Samples.SOL.id(), 2);

        for (EventLog each : List.of(log, reopen(log))) {
            assertThat(each.erasures(Samples.SOL.id())).isEqualTo(2);
            assertThat(each.erasures(Samples.MAR.id())).isZero();
            assertThat(each.erasures()).containsEntry(Samples.SOL.id(), 2L);
            assertThat(read(each, Samples.SOL)).isEmpty();
        }
    }

    /**
     * A log that sets aside what it erases hands it over, where it stood, to whoever goes by an earlier count, and to nobody else, until it is told to delete
     * it; one that deletes at once says so. A log that can forget has to be of the first kind.
     */
    @Test
    default void whatIsSetAsideIsThereForWhoCountsItAndForNobodyElse() {
        EventLog log = newLog();
        Story story = new Story(Samples.SOL);
        log.append(story.all());
        log.erase(Samples.SOL.id(), 1);
        log.erase(Samples.SOL.id(), 3);

        for (EventLog each : List.of(log, reopen(log))) {
            SetAside all = each.setAside(Samples.SOL.id(), 0);
            assertThat(all.erasures()).isEqualTo(2);
            if (all.isWholeAfter(0)) {
                assertThat(each.setAside()).containsExactly(Samples.SOL.id());
                assertThat(all.patients()).containsExactlyInAnyOrder(1L, 3L);
                assertThat(all.without(positions(each, 0))).isEqualTo(positions(each, 2));
                assertThat(positions(each, 0).values()).containsExactlyElementsOf(story.all());
                assertThat(each.setAside(Samples.SOL.id(), 1).patients()).containsExactly(3L);
                assertThat(story.others().values())
                        .containsAll(each.setAside(Samples.SOL.id(), 1).facts().values());
                assertThat(ofConversation3(each, 0)).hasSize(3);
                assertThat(ofConversation3(each, 1)).hasSize(2);
            }
            assertThat(ofConversation3(each, 2)).isEmpty();
            assertThat(positions(each, 2))
                    .doesNotContainKeys(all.facts().keySet().toArray(Long[]::new));
        }

        log.deleteSetAside(Samples.SOL.id(), 1);
        log.deleteSetAside(Samples.SOL.id(), 1);
        assertThat(log.setAside(Samples.SOL.id(), 0).isWholeAfter(0)).isFalse();
        assertThat(positions(log, 0)).isEqualTo(positions(log, 1));
        log.deleteSetAside(Samples.SOL.id(), 2);
        assertThat(log.setAside(Samples.SOL.id(), 1).isWholeAfter(1)).isFalse();
        assertThat(log.setAside(Samples.SOL.id(), 2).isWholeAfter(2)).isTrue();
        assertThat(log.setAside()).isEmpty();
        assertThat(positions(log, 0)).isEqualTo(positions(log, 2));
    }

    private static Map<Long, Fact> positions(EventLog log, long erasures) {
        Map<Long, Fact> facts = new TreeMap<>();
        assertThat(log.read(Samples.SOL.id(), 0, erasures, facts::put))
                .isEqualTo(new Story(Samples.SOL).all().size());
        return facts;
    }

    private static List<Fact> ofConversation3(EventLog log, long erasures) {
        List<Fact> facts = new ArrayList<>();
        log.read(Samples.SOL.id(), Set.of(EntityKey.conversation(3)), erasures, (position, fact) -> facts.add(fact));
        return facts;
    }

    /** A patient of the same pseudonym at another clinic is another patient. */
    @Test
    default void anErasureIsOfOneClinic() {
        EventLog log = newLog();
        log.append(new Story(Samples.SOL).all());
        log.append(new Story(Samples.MAR).all());

        log.erase(Samples.SOL.id(), 1);

        assertThat(read(log, Samples.MAR)).containsExactlyElementsOf(new Story(Samples.MAR).all());
        assertThat(log.append(new Story(Samples.MAR).all()).outcomes()).containsOnly(Outcome.DUPLICATE);
    }

    /** Whatever is appended at the same time, nothing of the patient is left afterwards, and all of the others. */
    @Test
    default void anErasureAmongAppendsMissesNothing() throws Exception {
        EventLog log = newLog();
        log.append(List.of(onboarding("1000", Samples.SOL, "1")));

        Threads.atOnce(4, thread -> {
            for (int i = 0; i < 40; i++) {
                if (thread == 0 && i == 10) {
                    log.erase(Samples.SOL.id(), 1);
                }
                int id = 2 * (40 * thread + i);
                log.append(List.of(
                        onboarding(Integer.toString(id), Samples.SOL, "1"),
                        onboarding(Integer.toString(id + 1), Samples.SOL, "2")));
            }
            return thread;
        });

        assertThat(ofEntities(log, EntityKey.patient(1))).isEmpty();
        assertThat(ofEntities(log, EntityKey.patient(2))).hasSize(4 * 40);
        assertThat(read(log, Samples.SOL)).hasSize(4 * 40);
    }

    /** A clinic that was erased has nothing and takes nothing; others are as they were. */
    @Test
    default void anErasedClinicIsGone() {
        EventLog log = newLog();
        Story story = new Story(Samples.SOL);
        log.append(story.all());
        log.append(new Story(Samples.MAR).all());
        log.erase(Samples.SOL.id(), 1);

        log.eraseClinic(Samples.SOL.id());
        log.eraseClinic(Samples.SOL.id());

        for (EventLog each : List.of(log, reopen(log))) {
            assertThat(each.read(Samples.SOL.id(), 0, (position, fact) -> {})).isZero();
            assertThat(read(each, Samples.SOL)).isEmpty();
            assertThat(ofEntities(each, EntityKey.conversation(3))).isEmpty();
            assertThat(each.ends()).containsOnlyKeys(Samples.MAR.id());
            assertThat(each.erasures(Samples.SOL.id())).isEqualTo(2);
            assertThat(each.append(story.all()).outcomes()).containsOnly(Outcome.ERASED);
            assertThat(each.append(List.of(feature("300", Samples.SOL))).outcomes())
                    .containsOnly(Outcome.ERASED);
        }
        assertThat(read(log, Samples.MAR)).containsExactlyElementsOf(new Story(Samples.MAR).all());
    }

    private static List<Fact> read(EventLog log, Clinic clinic) {
        List<Fact> facts = new ArrayList<>();
        log.read(clinic.id(), 0, (position, fact) -> facts.add(fact));
        return facts;
    }

    private static List<Fact> ofEntities(EventLog log, EntityKey... entities) {
        List<Fact> facts = new ArrayList<>();
        log.read(Samples.SOL.id(), Set.of(entities), (position, fact) -> facts.add(fact));
        return facts;
    }

    private static Fact message(String id, Clinic clinic, String conversation, String patient) {
        return fact(
                new KpiEvent.Message(id, clinic.id(), Samples.AT, conversation, patient, Sender.PATIENT, null, null),
                clinic);
    }

    private static Fact lead(String id, Clinic clinic, String conversation) {
        return fact(new KpiEvent.LeadScored(id, clinic.id(), Samples.AT, conversation, LeadTier.HOT), clinic);
    }

    private static Fact onboarding(String id, Clinic clinic, String patient) {
        return fact(new KpiEvent.PatientOnboarded(id, clinic.id(), Samples.AT, patient), clinic);
    }

    private static Fact feature(String id, Clinic clinic) {
        return fact(new KpiEvent.FeatureUsed(id, clinic.id(), Samples.AT, "voice"), clinic);
    }

    private static Fact fact(KpiEvent event, Clinic clinic) {
        return new NumberGate().admit(event, clinic);
    }

    /**
     * Patient 1 has conversation 1 and appointments 1, which came of it, and 3, which came of patient 2's conversation 2; both share conversation 3. Ids are
     * used for all kinds at once, so that who mixes kinds up is found out.
     */
    final class Story {

        private final Clinic clinic;
        private final List<Fact> all = new ArrayList<>();
        private final Map<Long, Fact> others = new LinkedHashMap<>();

        Story(Clinic clinic) {
            this.clinic = clinic;
            of1(message("1", clinic, "1", "1"));
            of1(lead("2", clinic, "1"));
            ofOthers(message("3", clinic, "2", "2"));
            of1(fact(new KpiEvent.ConversationClosed("4", clinic.id(), Samples.AT, "1"), clinic));
            of1(appointment("5", "1", "1", "1", AppointmentStatus.CANCELLED));
            of1(fact(new KpiEvent.WaitlistOffered("6", clinic.id(), Samples.AT, "1", "4"), clinic));
            of1(appointment("7", "3", "1", "2", AppointmentStatus.BOOKED));
            ofOthers(lead("8", clinic, "2"));
            ofOthers(appointment("9", "2", "2", "2", AppointmentStatus.COMPLETED));
            of1(message("10", clinic, "3", "1"));
            ofOthers(message("11", clinic, "3", "3"));
            ofOthers(lead("12", clinic, "3"));
            ofOthers(fact(new KpiEvent.WaitlistFilled("13", clinic.id(), Samples.AT, "2", "1"), clinic));
            of1(onboarding("14", clinic, "1"));
            ofOthers(onboarding("15", clinic, "2"));
            ofOthers(feature("16", clinic));
        }

        private void of1(Fact fact) {
            all.add(fact);
        }

        private void ofOthers(Fact fact) {
            others.put((long) all.size(), fact);
            all.add(fact);
        }

        private Fact appointment(
                String id, String appointment, String patient, String conversation, AppointmentStatus status) {
            return fact(
                    new KpiEvent.Appointment(
                            id,
                            clinic.id(),
                            Samples.AT,
                            appointment,
                            patient,
                            status,
                            Samples.AT,
                            conversation,
                            null,
                            null),
                    clinic);
        }

        /** Everything, in order. */
        List<Fact> all() {
            return List.copyOf(all);
        }

        /** What has to stay when patient 1 is erased, by position. */
        Map<Long, Fact> others() {
            return others;
        }
    }
}
