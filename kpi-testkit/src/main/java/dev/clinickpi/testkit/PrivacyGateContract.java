package dev.clinickpi.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.event.Fact;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.PrivacyGate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What every {@link PrivacyGate} must hold. A test class of the implementation implements this interface and inherits its tests.
 *
 * <pre>{@code
 * class StandardPrivacyTest implements PrivacyGateContract {
 *     public PrivacyGate newGate() {
 *         return StandardPrivacy.with(keys).gate();
 *     }
 * }
 * }</pre>
 */
public interface PrivacyGateContract {

    /** A gate of its own, with the same keys each time. */
    PrivacyGate newGate();

    /** The same event is the same fact, whichever gate of the installation it came through. */
    @Test
    default void equalIdsGetEqualPseudonyms() {
        PrivacyGate gate = newGate();
        PrivacyGate elsewhere = newGate();
        for (KpiEvent event : Samples.ofEveryType(Samples.SOL, "")) {
            Fact fact = gate.admit(event, Samples.SOL);

            assertThat(gate.admit(event, Samples.SOL)).isEqualTo(fact);
            assertThat(elsewhere.admit(event, Samples.SOL)).isEqualTo(fact);
        }
    }

    /** One id at two clinics is two people, conversations and events: nobody can be followed from one to the other. */
    @Test
    default void clinicsShareNoPseudonym() {
        Fact.Message ofSol = admit(Samples.message("x", Samples.SOL, "x", "x", null), Samples.SOL);
        Fact.Message ofMar = admit(Samples.message("x", Samples.MAR, "x", "x", null), Samples.MAR);

        assertThat(pseudonyms(ofSol)).doesNotContainAnyElementsOf(pseudonyms(ofMar));
    }

    /** One text under two kinds of id is two things. */
    @Test
    default void kindsShareNoPseudonym() {
        Fact.Message message = admit(Samples.message("x", Samples.SOL, "x", "x", null), Samples.SOL);
        Fact.WaitlistFilled filled = (Fact.WaitlistFilled)
                newGate().admit(new KpiEvent.WaitlistFilled("y", Samples.SOL.id(), Samples.AT, "x", "x"), Samples.SOL);

        assertThat(List.of(message.id(), message.conversation(), message.patient(), filled.cancelledAppointment()))
                .doesNotHaveDuplicates();
    }

    /** Ids that look alike are not: nothing folds case, trims, or loses what an encoding cannot write. */
    @Test
    default void differentIdsGetDifferentPseudonyms() {
        List<String> alike = List.of(
                "ana",
                "Ana",
                "ana ",
                " ana",
                "ana\u0000",
                "aná",
                "ana\u0301",
                "34600111222",
                "+34600111222",
                "\uD800",
                "\uD801",
                "?",
                "\uFFFD");

        PrivacyGate gate = newGate();
        Set<Long> patients = new HashSet<>();
        alike.forEach(id -> patients.add(patient(gate, id)));

        assertThat(patients).hasSameSizeAs(alike);
    }

    /** Ten thousand ids that count up are ten thousand pseudonyms; each bit is set in half of them, and any two bits differ in half. */
    @Test
    default void pseudonymsAreSpreadEvenly() {
        PrivacyGate gate = newGate();
        int ids = 10_000;
        Set<Long> distinct = new HashSet<>();
        for (int i = 0; i < ids; i++) {
            distinct.add(patient(gate, "p" + i));
        }

        assertThat(distinct).hasSize(ids);
        for (int bit = 0; bit < Long.SIZE; bit++) {
            for (int other = bit; other < Long.SIZE; other++) {
                int set = 0;
                for (long pseudonym : distinct) {
                    long flipped = other == bit ? 0 : pseudonym >>> other;
                    set += (int) ((pseudonym >>> bit ^ flipped) & 1);
                }
                // Six standard deviations of a fair coin to either side.
                assertThat(set).as("bits %s and %s", bit, other).isBetween(ids / 2 - 300, ids / 2 + 300);
            }
        }
    }

    /** No id and no text can be had from a fact, be it by what it prints or by what its fields lead to. */
    @Test
    default void nothingRawIsLeftInAFact() {
        String mark = "ana-34600111222-";
        for (KpiEvent event : Samples.ofEveryType(Samples.SOL, mark)) {
            Fact fact = newGate().admit(event, Samples.SOL);

            assertThat(RawTrace.of(fact)).as(event.type().id()).isNotEmpty().noneMatch(text -> text.contains(mark));
        }
    }

    /** An id that is a number, as a telephone's is, is no pseudonym of itself. */
    @Test
    default void aNumberIsNotItsOwnPseudonym() {
        String phone = "34600111222";
        Fact.Message message = admit(Samples.message(phone, Samples.SOL, phone, phone, phone), Samples.SOL);

        assertThat(RawTrace.of(message)).noneMatch(text -> text.contains(phone));
    }

    /** A text names the services of its clinic's catalogue by their names and aliases, and no others. */
    @Test
    default void aTextNamesServices() {
        assertThat(servicesIn("Hola, quiero implantes y un blanqueamiento", Samples.SOL))
                .containsExactlyInAnyOrder(Samples.IMPLANTS.id(), Samples.WHITENING.id());
        assertThat(servicesIn("¿Cuánto cuesta un implante dental?", Samples.SOL))
                .containsExactly(Samples.IMPLANTS.id());
        assertThat(servicesIn("¿Cuánto cuesta un implante dental?", Samples.MAR))
                .isEmpty();
        assertThat(servicesIn("Buenos días", Samples.SOL)).isEmpty();
        assertThat(admit(Samples.message("x", Samples.SOL, "x", "x", null), Samples.SOL)
                        .services())
                .isEmpty();
    }

    /** Words that the host itself put into its reference data may reach a figure. */
    @Test
    default void wordsOfTheReferenceDataPass() {
        List<KpiEvent> events = List.of(
                new KpiEvent.ServiceMentioned("e1", Samples.SOL.id(), Samples.AT, "c", Samples.IMPLANTS.id()),
                new KpiEvent.SubscriptionChanged("e2", Samples.SOL.id(), Samples.AT, "pro"),
                new KpiEvent.FeatureUsed("e3", Samples.SOL.id(), Samples.AT, "reports"),
                new KpiEvent.LlmUsed("e4", Samples.SOL.id(), Samples.AT, "gpt-4o-mini", 1, 0, 1, null, null));

        assertThat(events)
                .allSatisfy(
                        event -> assertThat(newGate().admit(event, Samples.SOL)).isNotNull());
    }

    /** One gate serves many threads. */
    @Test
    default void manyThreadsGetTheSame() throws Exception {
        PrivacyGate gate = newGate();
        List<KpiEvent> events = Samples.ofEveryType(Samples.SOL, "");
        List<Fact> alone = admitAll(newGate(), events);

        for (List<Fact> each : Threads.atOnce(8, thread -> admitAll(gate, events))) {
            assertThat(each).isEqualTo(alone);
        }
    }

    private static List<Fact> admitAll(PrivacyGate gate, List<KpiEvent> events) {
        List<Fact> facts = new ArrayList<>();
        for (int round = 0; round < 100; round++) {
            events.forEach(event -> facts.add(gate.admit(event, Samples.SOL)));
        }
        return facts;
    }

    private Fact.Message admit(KpiEvent.Message message, Clinic clinic) {
        return (Fact.Message) newGate().admit(message, clinic);
    }

    private static long patient(PrivacyGate gate, String id) {
        return ((Fact.PatientOnboarded)
                        gate.admit(new KpiEvent.PatientOnboarded("e", Samples.SOL.id(), Samples.AT, id), Samples.SOL))
                .patient();
    }

    private Set<String> servicesIn(String text, Clinic clinic) {
        return admit(Samples.message("x", clinic, "x", "x", text), clinic).services();
    }

    private static List<Long> pseudonyms(Fact.Message message) {
        return List.of(message.id(), message.conversation(), message.patient());
    }
}
