package dev.clinickpi.privacy;

import static dev.clinickpi.privacy.Clinics.SOL;
import static dev.clinickpi.privacy.Clinics.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.Money;
import dev.clinickpi.event.Fact;
import dev.clinickpi.event.InvalidEventException;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.PrivacyGate;
import dev.clinickpi.event.PrivacyGate.LabelKind;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandardGateTest {

    private static final Clinic CLINIC =
            Clinics.with(SOL, service("implant", "Implante"), service("600123456", "Corona"));
    private static final Instant AT = Instant.parse("2026-03-02T09:00:00Z");

    private final StandardGate gate = new StandardGate(KeyProvider.inMemory());

    @Property(tries = 200)
    void leavesNoTraceOfAnIdOrTextInAFact(
            @ForAll @AlphaChars @NumericChars @StringLength(min = 1, max = 40) String key,
            @ForAll @IntRange(min = 600_000_000, max = 799_999_999) int phone) {
        for (String secret : List.of("wamid." + key, "34" + phone)) {
            for (KpiEvent event : events(secret)) {
                Fact fact = gate.admit(event, CLINIC);
                assertThat(fact.toString()).doesNotContain(secret);
                assertNoTrace(secret, fact);
            }
        }
    }

    /** One event of each type, with the secret wherever a host puts ids and text. */
    private static List<KpiEvent> events(String secret) {
        Money price = new Money(new BigDecimal("85.00"), "EUR");
        return List.of(
                new KpiEvent.Message(
                        secret,
                        SOL,
                        AT,
                        secret,
                        secret,
                        KpiEvent.Sender.PATIENT,
                        "dental",
                        secret + " un implante " + secret),
                new KpiEvent.LeadScored(secret, SOL, AT, secret, KpiEvent.LeadTier.HOT),
                new KpiEvent.ConversationHandedOff(secret, SOL, AT, secret),
                new KpiEvent.ConversationClosed(secret, SOL, AT, secret),
                new KpiEvent.ServiceMentioned(secret, SOL, AT, secret, "implant"),
                new KpiEvent.Appointment(
                        secret,
                        SOL,
                        AT,
                        secret,
                        secret,
                        KpiEvent.AppointmentStatus.BOOKED,
                        AT,
                        secret,
                        "implant",
                        price),
                new KpiEvent.WaitlistOffered(secret, SOL, AT, secret, secret),
                new KpiEvent.WaitlistFilled(secret, SOL, AT, secret, secret),
                new KpiEvent.CsatSubmitted(secret, SOL, AT, secret, secret, 5),
                new KpiEvent.LlmUsed(secret, SOL, AT, "gpt-4o-2024-08-06", 10, 5, 2, secret, price),
                new KpiEvent.FeatureUsed(secret, SOL, AT, "waitlist"),
                new KpiEvent.SubscriptionChanged(secret, SOL, AT, "pro"),
                new KpiEvent.PatientOnboarded(secret, SOL, AT, secret));
    }

    /** Reads every field of what can be reached, and fails at a value that it does not know how to look into. */
    private static void assertNoTrace(String secret, Object reached) {
        if (reached instanceof String || reached instanceof Number || reached instanceof Enum<?>) {
            assertThat(reached.toString()).doesNotContainIgnoringCase(secret);
        } else if (reached instanceof Collection<?> all) {
            all.forEach(one -> assertNoTrace(secret, one));
        } else {
            assertThat(reached.getClass().getPackageName()).startsWith("dev.clinickpi");
            fields(reached.getClass())
                    .forEach(field -> valueOf(field, reached).ifPresent(one -> assertNoTrace(secret, one)));
        }
    }

    private static Stream<Field> fields(Class<?> type) {
        return type == null || type == Object.class
                ? Stream.empty()
                : Stream.concat(
                        Stream.of(type.getDeclaredFields()).filter(field -> !Modifier.isStatic(field.getModifiers())),
                        fields(type.getSuperclass()));
    }

    private static Optional<Object> valueOf(Field field, Object of) {
        try {
            field.setAccessible(true);
            return Optional.ofNullable(field.get(of));
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void keepsOfATextTheServicesThatItNames() {
        Fact.Message fact = (Fact.Message) gate.admit(events("wamid.1").get(0), CLINIC);
        assertThat(fact.services()).containsExactly("implant");
        assertThat(fact.vertical()).isEqualTo("dental");
    }

    @Test
    void keepsTheSameIdTheSameAndKindsApart() {
        Fact.Message one = (Fact.Message) gate.admit(events("x1").get(0), CLINIC);
        Fact.Message again = (Fact.Message) gate.admit(events("x1").get(0), CLINIC);
        assertThat(again).isEqualTo(one);
        assertThat(Set.of(one.id(), one.conversation(), one.patient())).hasSize(3);
        assertThat(((Fact.CsatSubmitted) gate.admit(events("x1").get(8), CLINIC)).patient())
                .isEqualTo(one.patient());
    }

    @ParameterizedTest
    @CsvSource({
        "SERVICE,  implant,               true",
        "SERVICE,  600123456,             true",
        "SERVICE,  600123457,             false",
        "SERVICE,  physio-session,        true",
        "VERTICAL, 600123456,             false",
        "VERTICAL, dental,                true",
        "VERTICAL, physio,                true",
        "TIER,     pro,                   true",
        "TIER,     ana@example.com,       false",
        "FEATURE,  waitlist,              true",
        "FEATURE,  +34 600 12 34 56,      false",
        "MODEL,    gpt-4o-2024-08-06,     true",
        "MODEL,    ana@example.com,       false"
    })
    void letsCatalogueWordsPassAndNothingPersonal(LabelKind kind, String label, boolean publishable) {
        assertThat(gate.isPublishable(CLINIC, kind, label)).isEqualTo(publishable);
    }

    @Test
    void rejectsAnEventWithAPersonalLabelWithoutRepeatingIt() {
        KpiEvent event = new KpiEvent.FeatureUsed("e1", SOL, AT, "llamar al 600 123 456");
        assertThatThrownBy(() -> gate.admit(event, CLINIC))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining("feature")
                .hasMessageNotContaining("600");
    }

    @Test
    void admitsNothingOfAClinicWithoutAKey() {
        PrivacyGate closed = new StandardGate(clinic -> Optional.empty());
        for (KpiEvent event : events("wamid.1")) {
            assertThatThrownBy(() -> closed.admit(event, CLINIC))
                    .isInstanceOf(MissingKeyException.class)
                    .hasMessageContaining("Clinic sol")
                    .hasMessageNotContaining("wamid");
        }
    }

    @Test
    void showsNoKey() {
        byte[] master = "0123456789abcdef0123456789abcdef".getBytes();
        for (KeyProvider keys : List.of(KeyProvider.inMemory(), KeyProvider.derivedFrom(master))) {
            byte[] key = keys.keyFor(SOL).orElseThrow().getEncoded();
            StandardGate keyed = new StandardGate(keys);
            keyed.admit(events("x1").get(0), CLINIC);
            for (Object shown : List.of(keys, keyed, StandardPrivacy.with(keys), keys.keyFor(SOL))) {
                assertThat(shown.toString())
                        .doesNotContain(HexFormat.of().formatHex(key))
                        .doesNotContain(Arrays.toString(key));
            }
        }
    }
}
