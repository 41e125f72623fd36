package dev.clinickpi.event;

import static dev.clinickpi.event.ReadEvents.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.clinic.Money;
import dev.clinickpi.event.KpiEvent.AppointmentStatus;
import dev.clinickpi.event.KpiEvent.LeadTier;
import dev.clinickpi.event.KpiEvent.Sender;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one line says, and what is wrong with it. */
class EventReaderTest {

    private static final ClinicId SOL = ClinicId.of("sol");
    private static final Instant AT = Instant.parse("2026-03-02T13:00:00.123Z");
    private static final Instant STARTS = Instant.parse("2026-03-09T08:30:00Z");
    private static final String COMMON = "'id':'e1','clinicId':'sol','at':'2026-03-02T13:00:00.123Z'";
    private static final String MESSAGE =
            "{" + COMMON + ",'type':'message','conversationId':'c1','patientId':'p1','from':'patient'}";
    private static final String LLM = COMMON + ",'type':'llm.used','model':'m'";
    private static final String VISIT = COMMON
            + ",'type':'appointment','appointmentId':'a1','patientId':'p1'"
            + ",'status':'booked','startsAt':'2026-03-09T08:30:00Z'";

    static Stream<Arguments> goodLines() {
        return Stream.of(
                arguments(MESSAGE, new KpiEvent.Message("e1", SOL, AT, "c1", "p1", Sender.PATIENT, null, null)),
                arguments(
                        "{" + COMMON
                                + ",'type':'message','conversationId':'c1','patientId':'p1','from':'bot'"
                                + ",'vertical':'dental','text':'¿Mañana? \\u00a1Sí! 😀\\n'}",
                        new KpiEvent.Message("e1", SOL, AT, "c1", "p1", Sender.BOT, "dental", "¿Mañana? ¡Sí! 😀\n")),
                arguments(
                        "{" + COMMON + ",'type':'message','conversationId':'c1','patientId':'p1','from':'human'}",
                        new KpiEvent.Message("e1", SOL, AT, "c1", "p1", Sender.HUMAN, null, null)),
                arguments(
                        "{" + COMMON + ",'type':'lead.scored','conversationId':'c1','tier':'warm'}",
                        new KpiEvent.LeadScored("e1", SOL, AT, "c1", LeadTier.WARM)),
                arguments(
                        "{" + COMMON + ",'type':'conversation.handed_off','conversationId':'c1'}",
                        new KpiEvent.ConversationHandedOff("e1", SOL, AT, "c1")),
                arguments(
                        "{" + COMMON + ",'type':'conversation.closed','conversationId':'c1'}",
                        new KpiEvent.ConversationClosed("e1", SOL, AT, "c1")),
                arguments(
                        "{" + COMMON + ",'type':'service.mentioned','conversationId':'c1','serviceId':'implant'}",
                        new KpiEvent.ServiceMentioned("e1", SOL, AT, "c1", "implant")),
                arguments(
                        "{" + VISIT + "}",
                        new KpiEvent.Appointment(
                                "e1", SOL, AT, "a1", "p1", AppointmentStatus.BOOKED, STARTS, null, null, null)),
                arguments(
                        "{" + VISIT.replace("booked", "no_show")
                                + ",'conversationId':'c1','serviceId':'implant'"
                                + ",'value':{'amount':'85.50','currency':'EUR'}}",
                        new KpiEvent.Appointment(
                                "e1",
                                SOL,
                                AT,
                                "a1",
                                "p1",
                                AppointmentStatus.NO_SHOW,
                                STARTS,
                                "c1",
                                "implant",
                                new Money(new BigDecimal("85.5"), "EUR"))),
                arguments(
                        "{" + COMMON + ",'type':'waitlist.offered','cancelledAppointmentId':'a1','patientId':'p1'}",
                        new KpiEvent.WaitlistOffered("e1", SOL, AT, "a1", "p1")),
                arguments(
                        "{" + COMMON + ",'type':'waitlist.filled','cancelledAppointmentId':'a1','appointmentId':'a2'}",
                        new KpiEvent.WaitlistFilled("e1", SOL, AT, "a1", "a2")),
                arguments(
                        "{" + COMMON + ",'type':'csat.submitted','conversationId':'c1','patientId':'p1','score':5}",
                        new KpiEvent.CsatSubmitted("e1", SOL, AT, "c1", "p1", 5)),
                arguments(
                        "{" + LLM + ",'inputTokens':7,'outputTokens':0}",
                        new KpiEvent.LlmUsed("e1", SOL, AT, "m", 7, 0, 0, null, null)),
                arguments(
                        "{" + LLM
                                + ",'inputTokens':1000000000000,'cachedInputTokens':6,'outputTokens':5"
                                + ",'conversationId':'c1','cost':{'currency':'USD','amount':'0.000000000001'}}",
                        new KpiEvent.LlmUsed(
                                "e1",
                                SOL,
                                AT,
                                "m",
                                1_000_000_000_000L,
                                6,
                                5,
                                "c1",
                                new Money(new BigDecimal("0.000000000001"), "USD"))),
                arguments(
                        "{" + COMMON + ",'type':'feature.used','feature':'campaigns'}",
                        new KpiEvent.FeatureUsed("e1", SOL, AT, "campaigns")),
                arguments(
                        "{" + COMMON + ",'type':'subscription.changed','tier':'pro'}",
                        new KpiEvent.SubscriptionChanged("e1", SOL, AT, "pro")),
                arguments(
                        "{" + COMMON + ",'type':'patient.onboarded','patientId':'p1'}",
                        new KpiEvent.PatientOnboarded("e1", SOL, AT, "p1")));
    }

    @ParameterizedTest
    @MethodSource("goodLines")
    void aGoodLineIsItsEvent(String line, KpiEvent expected) throws IOException {
        ReadEvents read = ReadEvents.of(json(line));

        assertThat(read.rejections()).isEmpty();
        assertThat(read.events()).containsExactly(expected);
    }

    @Test
    void everyTypeIsAmongTheGoodLines() throws IOException {
        StringBuilder lines = new StringBuilder();
        goodLines().forEach(line -> lines.append(json((String) line.get()[0])).append('\n'));

        assertThat(ReadEvents.of(lines.toString()).events())
                .extracting(KpiEvent::type)
                .contains(EventType.values());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'note':'x'",
                "'note':null",
                "'note':{'id':'x','deep':[[{'at':1}],2,true]}",
                "'note':123456789012345678901234567890.5e400",
                "'note':'x','note':'y'",
                // fields of other types of event, whatever they hold
                "'score':'five'",
                "'score':1,'score':2",
                "'startsAt':'never'",
                "'value':{'amount':1}",
                "'cost':'free'",
                "'value.amount':12",
                // optional fields may be null
                "'vertical':null",
                "'text':null"
            })
    void whatItsTypeDoesNotHaveIsIgnored(String more) throws IOException {
        ReadEvents plain = ReadEvents.of(json(MESSAGE));
        ReadEvents read = ReadEvents.of(json(MESSAGE.replace("{", "{" + more + ",")));

        assertThat(read.rejections()).isEmpty();
        assertThat(read.events()).isEqualTo(plain.events());
    }

    @Test
    void aLongLineMayHaveAnyNumberOfUnknownFields() throws IOException {
        StringBuilder line = new StringBuilder(MESSAGE.replace("}", ""));
        for (int i = 0; i < 50_000; i++) {
            line.append(",'unknown").append(i).append("':").append(i);
        }

        assertThat(ReadEvents.of(json(line.append('}').toString())).events()).hasSize(1);
    }

    @Test
    void everyLineMayHaveUnknownFieldsOfItsOwn() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 2 * LineParsers.MANY; i++) {
            lines.append(MESSAGE.replace("{", "{'by':{'unknown" + i + "':[{'x':" + i + "}]},"))
                    .append('\n');
        }
        ReadEvents read = ReadEvents.of(json(lines.toString()));

        assertThat(read.rejections()).isEmpty();
        assertThat(read.events())
                .hasSize(2 * LineParsers.MANY)
                .containsOnly(ReadEvents.of(json(MESSAGE)).events().get(0));
    }

    @Test
    void anUnknownFieldMayHoldANumberOfAnyLength() throws IOException {
        String line = MESSAGE.replace("{", "{'pi':3." + "1".repeat(100_000) + ",'big':" + "9".repeat(100_000) + ",");

        assertThat(ReadEvents.of(json(line)).events()).hasSize(1);
    }

    @Test
    void aNameMayBeWrittenWithEscapes() throws IOException {
        String line = MESSAGE.replace("'patientId'", "'p\\u0061tientId'");

        assertThat(ReadEvents.of(json(line)).events())
                .isEqualTo(ReadEvents.of(json(MESSAGE)).events());
    }

    static Stream<Arguments> brokenLines() {
        String notJson = EventParser.NOT_JSON;
        String intricate = EventParser.TOO_INTRICATE;
        String missing = "is missing";
        String twice = "appears twice";
        String string = "must be a string";
        String instant = "must be an ISO-8601 instant, in UTC or with an offset";
        String range = "must be an instant from 1990 to 2199";
        String tokens = "must be a whole number from 0 to 1000000000000";
        String score = "must be a whole number from 1 to 5";
        String sender = "must be one of patient, bot, human";
        String id = "must have 1 to 256 characters, not all of them blank";
        String label = "must have 1 to 64 characters, not all of them blank and no control among them";
        String clinic = "must have 1 to 64 characters, no white space or control among them";
        String money = "must be an object of amount and currency";
        String amount = EventFields.AMOUNT;
        String currency = "must be an ISO 4217 code of three capital letters, such as EUR";
        String csat = "{" + COMMON + ",'type':'csat.submitted','conversationId':'c1','patientId':'p1','score':";
        String llm = "{" + LLM + ",'outputTokens':0,'inputTokens':";
        String priced = "{" + VISIT + ",'value':";
        return Stream.of(
                arguments("null", "", notJson),
                arguments("[]", "", notJson),
                arguments("'x'", "", notJson),
                arguments("hello", "", notJson),
                arguments("{", "", notJson),
                arguments("{}x", "", notJson),
                arguments("{'id'}", "", notJson),
                arguments("{'id':}", "", notJson),
                arguments("{'id':'e1',}", "", notJson),
                arguments("{'id':NaN}", "", notJson),
                arguments("{'id':007}", "", notJson),
                arguments("{'id':'\\x'}", "", notJson),
                arguments("{'id':'\u0001'}", "", notJson),
                arguments("{'note':'\u0001'}", "", notJson),
                arguments("{'id':'e1'", "", notJson),
                arguments("{'id':'e1", "", notJson),
                arguments("{'note':[1}", "", notJson),
                arguments("{\0", "", notJson),
                arguments(MESSAGE + "}", "", notJson),
                arguments(MESSAGE + MESSAGE, "", notJson),
                arguments(MESSAGE + " 1", "", notJson),
                arguments(MESSAGE + " // once", "", notJson),
                arguments("{'note':" + "[".repeat(16) + "]".repeat(16) + "}", "", intricate),
                arguments("{'note':" + "{'x':".repeat(50_000), "", intricate),
                arguments("{'" + "n".repeat(1_001) + "':1}", "", intricate),
                arguments("{}", "type", missing),
                arguments("{'type':null}", "type", missing),
                arguments(
                        "{'type':7}",
                        "type",
                        Choices.of(EventType.values(), EventType::id).rule()),
                arguments(
                        "{'type':'call'}",
                        "type",
                        Choices.of(EventType.values(), EventType::id).rule()),
                arguments("{'type':'message','type':'message'}", "type", twice),
                arguments(MESSAGE.replace("'id':'e1',", ""), "id", missing),
                arguments(MESSAGE.replace("'e1'", "null"), "id", missing),
                arguments(MESSAGE.replace("'e1'", "null,'id':'e1'"), "id", twice),
                arguments(MESSAGE.replace("'e1'", "1"), "id", string),
                arguments(MESSAGE.replace("'e1'", "['e1']"), "id", string),
                arguments(MESSAGE.replace("'e1'", "' '"), "id", id),
                arguments(MESSAGE.replace("'e1'", "'" + "e".repeat(257) + "'"), "id", id),
                arguments(MESSAGE.replace("'sol'", "null"), "clinicId", missing),
                arguments(MESSAGE.replace("'sol'", "{}"), "clinicId", string),
                arguments(MESSAGE.replace("'sol'", "'Clínica Sol'"), "clinicId", clinic),
                arguments(MESSAGE.replace("'sol'", "''"), "clinicId", clinic),
                arguments(MESSAGE.replace("'at':", "'when':"), "at", missing),
                arguments(MESSAGE.replace("'2026-03-02T13:00:00.123Z'", "1772456400"), "at", instant),
                arguments(MESSAGE.replace("'2026-03-02T13:00:00.123Z'", "true"), "at", instant),
                arguments(MESSAGE.replace("00.123Z", "00.123"), "at", instant),
                arguments(MESSAGE.replace("2026-03-02", "2026-02-29"), "at", instant),
                arguments(MESSAGE.replace("2026-", "1989-"), "at", range),
                arguments(MESSAGE.replace("2026-", "2200-"), "at", range),
                arguments(MESSAGE.replace("'c1'", "null"), "conversationId", missing),
                arguments(MESSAGE.replace("'p1'", "''"), "patientId", id),
                arguments(MESSAGE.replace("'patient'", "null"), "from", missing),
                arguments(MESSAGE.replace("'patient'", "'Patient'"), "from", sender),
                arguments(MESSAGE.replace("'patient'", "['bot']"), "from", sender),
                arguments(MESSAGE.replace("}", ",'vertical':'a\\u0000b'}"), "vertical", label),
                arguments(MESSAGE.replace("}", ",'vertical':'" + "v".repeat(65) + "'}"), "vertical", label),
                arguments(MESSAGE.replace("}", ",'vertical':false}"), "vertical", string),
                arguments(MESSAGE.replace("}", ",'text':['hola']}"), "text", string),
                arguments(MESSAGE.replace("}", ",'text':'','text':''}"), "text", twice),
                arguments(
                        "{" + COMMON + ",'type':'lead.scored','conversationId':'c1','tier':'pro'}",
                        "tier",
                        "must be one of cold, cool, warm, hot"),
                arguments(
                        "{" + VISIT.replace("booked", "NO_SHOW") + "}",
                        "status",
                        "must be one of booked, confirmed, cancelled, completed, no_show"),
                arguments("{" + VISIT.replace("'2026-03-09", "'2026-13-09") + "}", "startsAt", instant),
                arguments("{" + VISIT.replace("'startsAt'", "'starts'") + "}", "startsAt", missing),
                arguments(csat + "0}", "score", score),
                arguments(csat + "6}", "score", score),
                arguments(csat + "4294967297}", "score", score),
                arguments(csat + "5.0}", "score", score),
                arguments(csat + "5e0}", "score", score),
                arguments(csat + "'5'}", "score", score),
                arguments(csat + "null}", "score", missing),
                arguments(llm + "-1}", "inputTokens", tokens),
                arguments(llm + "1000000000001}", "inputTokens", tokens),
                arguments(llm + "18446744073709551617}", "inputTokens", tokens),
                arguments(llm + "1" + "0".repeat(2_000) + "}", "inputTokens", tokens),
                arguments(llm + "1.5}", "inputTokens", tokens),
                arguments(llm + "'1'}", "inputTokens", tokens),
                arguments(llm + "1,'cachedInputTokens':true}", "cachedInputTokens", tokens),
                arguments(llm + "1,'cachedInputTokens':2}", "cachedInputTokens", "must be at most inputTokens"),
                arguments(llm + "1,'cost':{'amount':'1'}}", "cost.currency", missing),
                arguments(llm + "1,'cost':0.5}", "cost", money),
                arguments(priced + "'85.00 EUR'}", "value", money),
                arguments(priced + "['85.00','EUR']}", "value", money),
                arguments(priced + "{}}", "value.amount", missing),
                arguments(priced + "{'currency':'EUR'}}", "value.amount", missing),
                arguments(priced + "{'amount':null,'currency':'EUR'}}", "value.amount", missing),
                arguments(priced + "{'amount':85.00,'currency':'EUR'}}", "value.amount", amount),
                arguments(priced + "{'amount':{},'currency':'EUR'}}", "value.amount", amount),
                arguments(priced + "{'amount':'1','amount':'1','currency':'EUR'}}", "value.amount", twice),
                arguments(priced + "{'amount':'1','currency':'eur'}}", "value.currency", currency),
                arguments(priced + "{'amount':'1','currency':978}}", "value.currency", currency),
                arguments(priced + "{'amount':'1','currency':'EUR'},'value':null}", "value", twice));
    }

    @ParameterizedTest
    @MethodSource("brokenLines")
    void aBrokenLineIsRejectedByFieldAndRule(String line, String field, String rule) throws IOException {
        ReadEvents read = ReadEvents.of(json(MESSAGE + "\n" + line + "\n" + MESSAGE));

        assertThat(read.rejections()).containsExactly(new Rejection(2, field, rule));
        assertThat(read.lines()).containsExactly(1L, 3L);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0.00, 0",
        "007, 7",
        "85, 85",
        "85.5, 85.5",
        "85.10, 85.1",
        "999999999999999, 999999999999999",
        "999999999999999.999999999999, 999999999999999.999999999999"
    })
    void anAmountIsAPlainDecimal(String text, BigDecimal amount) throws IOException {
        ReadEvents read = ReadEvents.of(json("{" + VISIT + ",'value':{'amount':'" + text + "','currency':'EUR'}}"));

        assertThat(read.events())
                .extracting(event -> ((KpiEvent.Appointment) event).value())
                .containsExactly(new Money(amount, "EUR"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "1 ",
                "-1",
                "+1",
                "1.",
                ".5",
                "1,50",
                "1e3",
                "0x10",
                "NaN",
                "1.2.3",
                "1000000000000000",
                "0.0000000000001",
                "1e1000000000",
                "٣",
                "１"
            })
    void anAmountIsNothingElse(String text) throws IOException {
        ReadEvents read = ReadEvents.of(json("{" + VISIT + ",'value':{'amount':'" + text + "','currency':'EUR'}}"));

        assertThat(read.rejections()).containsExactly(new Rejection(1, "value.amount", EventFields.AMOUNT));
    }

    @Test
    void aWordThatComesAgainIsTheSameString() throws IOException {
        List<KpiEvent> events = ReadEvents.of(
                        json("{" + LLM + ",'inputTokens':1,'outputTokens':1}\n").repeat(2))
                .events();

        assertThat(((KpiEvent.LlmUsed) events.get(0)).model()).isSameAs(((KpiEvent.LlmUsed) events.get(1)).model());
        assertThat(events.get(0).clinicId()).isSameAs(events.get(1).clinicId());
    }
}
