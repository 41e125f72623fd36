package dev.clinickpi.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.clinic.Money;
import dev.clinickpi.event.KpiEvent.AppointmentStatus;
import dev.clinickpi.event.KpiEvent.LeadTier;
import dev.clinickpi.event.KpiEvent.Sender;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class FactCodecTest {

    private static final ClinicId SOL = ClinicId.of("sol");
    private static final long ID = 99;
    private static final long AT = 1_774_746_000_000L;
    private static final long DIGEST = -7_719_498_213_536_599_509L;
    private static final Money PRICE = new Money(new BigDecimal("85.50"), "EUR");

    /** One of each type, and what stores have kept of it ever since version 1: a change here is a new version. */
    private static final Map<String, Fact> KEPT = new LinkedHashMap<>();

    static {
        KEPT.put(
                "010080b5ebb8d333000000000000000100000000000000020106" + hex("dental") + "0107" + hex("implant"),
                new Fact.Message(SOL, ID, AT, 1, 2, Sender.BOT, "dental", Set.of("implant")));
        KEPT.put(
                "010080b5ebb8d33300000000000000010000000000000002000000",
                new Fact.Message(SOL, ID, AT, 1, 2, Sender.PATIENT, null, Set.of()));
        KEPT.put("010180b5ebb8d333fffffffffffffffe03", new Fact.LeadScored(SOL, ID, AT, -2, LeadTier.HOT));
        KEPT.put("010280b5ebb8d3330000000000000001", new Fact.ConversationHandedOff(SOL, ID, AT, 1));
        KEPT.put("010380b5ebb8d3330000000000000001", new Fact.ConversationClosed(SOL, ID, AT, 1));
        KEPT.put("010480b5ebb8d333000000000000000103616e64", new Fact.ServiceMentioned(SOL, ID, AT, 1, "and"));
        KEPT.put(
                "010580b5ebb8d333000000000000000300000000000000020380b5ebb8d333010000000000000001" + "07"
                        + hex("implant") + "02010357" + hex("EUR"),
                new Fact.Appointment(SOL, ID, AT, 3, 2, AppointmentStatus.COMPLETED, AT, 1L, "implant", PRICE));
        KEPT.put(
                "010580b5ebb8d333000000000000000300000000000000020480b5ebb8d333000000",
                new Fact.Appointment(SOL, ID, AT, 3, 2, AppointmentStatus.NO_SHOW, AT, null, null, null));
        KEPT.put("010680b5ebb8d3330000000000000003", new Fact.WaitlistOffered(SOL, ID, AT, 3));
        KEPT.put("010780b5ebb8d3330000000000000003", new Fact.WaitlistFilled(SOL, ID, AT, 3));
        KEPT.put("010880b5ebb8d3330000000000000001000000000000000205", new Fact.CsatSubmitted(SOL, ID, AT, 1, 2, 5));
        KEPT.put(
                "010980b5ebb8d33306" + hex("gpt-4o") + "ac020a01" + "02010357" + hex("EUR"),
                new Fact.LlmUsed(SOL, ID, AT, "gpt-4o", 300, 10, 1, PRICE));
        KEPT.put("010a80b5ebb8d33307" + hex("reports"), new Fact.FeatureUsed(SOL, ID, AT, "reports"));
        KEPT.put("010b80b5ebb8d33303" + hex("pro"), new Fact.SubscriptionChanged(SOL, ID, AT, "pro"));
        KEPT.put("010c80b5ebb8d3330000000000000002", new Fact.PatientOnboarded(SOL, ID, AT, 2));
    }

    @TestFactory
    Stream<DynamicTest> theFormStaysAsItIs() {
        return KEPT.entrySet().stream()
                .map(kept -> DynamicTest.dynamicTest(kept.getValue() + " " + kept.getKey(), () -> {
                    assertThat(HexFormat.of().formatHex(FactCodec.encode(kept.getValue())))
                            .isEqualTo(kept.getKey());
                    Fact decoded = FactCodec.decode(SOL, ID, HexFormat.of().parseHex(kept.getKey()));
                    assertThat(decoded).isEqualTo(kept.getValue());
                    if (decoded instanceof Fact.Message message) {
                        assertThat(message.services()).isEqualTo(((Fact.Message) kept.getValue()).services());
                    }
                }));
    }

    @Test
    void everyTypeIsInTheTable() {
        assertThat(KEPT.values()).extracting(Fact::type).contains(EventType.values());
    }

    @TestFactory
    Stream<DynamicTest> whatIsCutShortIsNoFact() {
        return KEPT.entrySet().stream()
                .map(kept -> DynamicTest.dynamicTest(kept.getValue() + " " + kept.getKey(), () -> {
                    byte[] bytes = HexFormat.of().parseHex(kept.getKey());
                    for (int length = 0; length < bytes.length; length++) {
                        assertRefused(Arrays.copyOf(bytes, length), "The bytes of a fact");
                    }
                    assertRefused(Arrays.copyOf(bytes, bytes.length + 1), "The bytes of a fact are longer than it");
                }));
    }

    @TestFactory
    Stream<DynamicTest> damageIsNamed() {
        return Map.ofEntries(
                        Map.entry("020380b5ebb8d3330000000000000001", "of version 2"),
                        Map.entry("01ff80b5ebb8d3330000000000000001", "an unknown value"),
                        Map.entry("010d80b5ebb8d3330000000000000001", "an unknown value"),
                        Map.entry("0102000000000000000001", "an instant before 1990"),
                        Map.entry("010280808080808080800100", "an instant before 1990"),
                        Map.entry("0102ffffffffffffffffff01", "more than 63 bits"),
                        Map.entry("0102ffffffffffffffffff02", "more than 64 bits"),
                        Map.entry("0102ffffffffffffffffff8100", "more than 64 bits"),
                        Map.entry("010180b5ebb8d333fffffffffffffffe04", "an unknown value"),
                        Map.entry("010880b5ebb8d3330000000000000001000000000000000206", "a score"),
                        Map.entry("010880b5ebb8d3330000000000000001000000000000000200", "a score"),
                        Map.entry("010a80b5ebb8d33300", "an empty label"),
                        Map.entry("010a80b5ebb8d33301808004", "a label that is no text"),
                        Map.entry("010980b5ebb8d3330161ffffffffffff7f000000", "too many tokens"),
                        Map.entry("010980b5ebb8d333016100000001630155" + hex("EUR"), "too many decimals"),
                        Map.entry(
                                "010580b5ebb8d333000000000000000300000000000000020480b5ebb8d333020000",
                                "an unknown value"),
                        Map.entry("010080b5ebb8d3330000000000000001000000000000000200000201610161", "a service twice"))
                .entrySet()
                .stream()
                .map(each -> DynamicTest.dynamicTest(
                        each.getValue() + " " + each.getKey(),
                        () -> assertRefused(HexFormat.of().parseHex(each.getKey()), each.getValue())));
    }

    /** Damage must not surface as anything else, nor take memory for what is not there. */
    @Property
    void noBytesAreMoreThanRefused(@ForAll byte[] bytes, @ForAll("kept") byte[] kept) {
        byte[] mixed = kept.clone();
        System.arraycopy(
                bytes,
                0,
                mixed,
                mixed.length - Math.min(bytes.length, mixed.length - 2),
                Math.min(bytes.length, mixed.length - 2));
        for (byte[] each : List.of(bytes, mixed)) {
            try {
                assertThat(FactCodec.decode(SOL, ID, each).id()).isEqualTo(ID);
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageMatching("The bytes of a fact .*|An amount is .*|A currency is .*");
            }
        }
    }

    @Provide
    Arbitrary<byte[]> kept() {
        return Arbitraries.of(KEPT.keySet()).map(HexFormat.of()::parseHex);
    }

    /** A label may hold half a surrogate pair; an amount the most digits that there are. */
    @Test
    void extremesComeBack() {
        Money most = new Money(new BigDecimal("999999999999999.999999999999"), "EUR");
        Money none = new Money(BigDecimal.ZERO, "EUR");
        for (Fact fact : List.of(
                new Fact.FeatureUsed(SOL, Long.MIN_VALUE, AT, "\ud83d"),
                new Fact.FeatureUsed(SOL, ID, AT, "citas \u00e1 \uffff"),
                new Fact.LlmUsed(SOL, ID, AT, "m", EventRules.MAX_TOKENS, EventRules.MAX_TOKENS, 0, most),
                new Fact.LlmUsed(SOL, ID, AT, "m", 0, 0, EventRules.MAX_TOKENS, none))) {
            assertThat(FactCodec.decode(SOL, fact.id(), FactCodec.encode(fact))).isEqualTo(fact);
        }
    }

    @Test
    void theOrderOfServicesIsNoContent() {
        Set<String> one = new LinkedHashSet<>(List.of("a", "b", "c"));
        Set<String> other = new LinkedHashSet<>(List.of("c", "b", "a"));

        assertThat(FactCodec.encode(new Fact.Message(SOL, ID, AT, 1, 2, Sender.BOT, null, one)))
                .isEqualTo(FactCodec.encode(new Fact.Message(SOL, ID, AT, 1, 2, Sender.BOT, null, other)));
    }

    /** Stored digests hold these: the published hash of the bytes behind the version. */
    @Test
    void theDigestStaysAsItIs() {
        Fact closed = new Fact.ConversationClosed(SOL, ID, AT, 1);
        assertThat(FactCodec.digest(closed)).isEqualTo(fnv(HexFormat.of().parseHex("0380b5ebb8d3330000000000000001")));
        assertThat(FactCodec.digest(closed)).isEqualTo(DIGEST);
    }

    @Test
    void equalFactsShareADigestAndOthersDoNot() {
        Map<Long, Fact> byDigest = new LinkedHashMap<>();
        KEPT.values()
                .forEach(fact ->
                        assertThat(byDigest.put(FactCodec.digest(fact), fact)).isNull());

        Fact implant = new Fact.Message(SOL, ID, AT, 1, 2, Sender.BOT, null, Set.of("implant"));
        Fact nothing = new Fact.Message(SOL, ID, AT, 1, 2, Sender.BOT, null, Set.of());
        assertThat(implant).isEqualTo(nothing);
        assertThat(FactCodec.digest(implant)).isEqualTo(FactCodec.digest(nothing));
    }

    private static long fnv(byte[] bytes) {
        BigInteger hash = new BigInteger("14695981039346656037");
        for (byte each : bytes) {
            hash = hash.xor(BigInteger.valueOf(each & 0xFF)).multiply(BigInteger.valueOf(1_099_511_628_211L));
            hash = hash.mod(BigInteger.ONE.shiftLeft(64));
        }
        return hash.longValue();
    }

    private static void assertRefused(byte[] bytes, String fault) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FactCodec.decode(SOL, ID, bytes))
                .withMessageContaining(fault);
    }

    private static String hex(String ascii) {
        return HexFormat.of().formatHex(ascii.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }
}
