package dev.clinickpi.privacy.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How good the scrubber is, on texts that others have annotated and on phones as patients write them. What it has reached it must keep. */
class ScrubberQualityTest {

    private static final Set<String> PHONES = Set.of("NUMERO_TELEFONO", "NUMERO_FAX");
    private static final Set<String> EMAILS = Set.of("CORREO_ELECTRONICO");
    private static final Set<String> STREETS = Set.of("CALLE");
    private static final Set<String> NUMBERS_OF_PROFESSIONALS = Set.of("ID_TITULACION_PERSONAL_SANITARIO");
    private static final Set<String> NUMBERS_OF_PATIENTS = Set.of("ID_ASEGURAMIENTO", "ID_CONTACTO_ASISTENCIAL");

    /** A third of these are words like "lactante", which no rule of numbers finds. */
    private static final Set<String> PATIENTS = Set.of("ID_SUJETO_ASISTENCIA");

    private static final Map<String, PiiType> TYPES = Map.of(
            "NUMERO_TELEFONO", PiiType.PHONE,
            "NUMERO_FAX", PiiType.PHONE,
            "CORREO_ELECTRONICO", PiiType.EMAIL,
            "CALLE", PiiType.ADDRESS,
            "ID_TITULACION_PERSONAL_SANITARIO", PiiType.ID,
            "ID_ASEGURAMIENTO", PiiType.ID,
            "ID_CONTACTO_ASISTENCIAL", PiiType.ID,
            "ID_SUJETO_ASISTENCIA", PiiType.ID);

    private static final int COUNT = 2_400;

    /** One in 200. */
    private static final int MOST_MISSED = COUNT / 200;

    private static final StandardScrubber SCRUBBER = StandardScrubber.create();

    private static Tally meddocan;

    @BeforeAll
    static void scrub() {
        meddocan = new Tally();
        Meddocan.dev().forEach(report -> meddocan.add(report, SCRUBBER.find(report.text()), TYPES));
    }

    @Test
    void findsAllPhonesInReports() {
        assertThat(meddocan.recall(PHONES)).as("%s", meddocan).isEqualTo(1);
        assertThat(meddocan.precision(PiiType.PHONE)).as("%s", meddocan).isGreaterThanOrEqualTo(0.98);
    }

    @Test
    void findsEmailsInReports() {
        assertThat(meddocan.recall(EMAILS)).as("%s", meddocan).isGreaterThanOrEqualTo(0.99);
        assertThat(meddocan.precision(PiiType.EMAIL)).as("%s", meddocan).isGreaterThanOrEqualTo(0.99);
    }

    @Test
    void findsIdentifiersInReports() {
        assertThat(meddocan.recall(NUMBERS_OF_PATIENTS)).as("%s", meddocan).isGreaterThanOrEqualTo(0.99);
        assertThat(meddocan.recall(NUMBERS_OF_PROFESSIONALS)).as("%s", meddocan).isGreaterThanOrEqualTo(0.98);
        assertThat(meddocan.recall(PATIENTS)).as("%s", meddocan).isGreaterThanOrEqualTo(0.91);
        assertThat(meddocan.precision(PiiType.ID)).as("%s", meddocan).isGreaterThanOrEqualTo(0.99);
    }

    @Test
    void findsStreetsInReports() {
        assertThat(meddocan.recall(STREETS)).as("%s", meddocan).isGreaterThanOrEqualTo(0.94);
        assertThat(meddocan.precision(PiiType.ADDRESS)).as("%s", meddocan).isGreaterThanOrEqualTo(0.98);
    }

    @Test
    void findsPhonesInChats() {
        assertThat(missed(ChatPhones.plain(COUNT, 1), PiiType.PHONE)).hasSizeLessThanOrEqualTo(MOST_MISSED);
    }

    @Test
    void findsPhonesInChatsThatAreNotMeantToBeFound() {
        assertThat(missed(ChatPhones.obfuscated(COUNT, 2), PiiType.PHONE)).hasSizeLessThanOrEqualTo(MOST_MISSED);
    }

    @Test
    void findsEmailsInChats() {
        assertThat(missed(ChatEmails.samples(COUNT, 4), PiiType.EMAIL)).hasSizeLessThanOrEqualTo(MOST_MISSED);
    }

    @Test
    void leavesOtherNumbersInChats() {
        List<String> texts = ChatPhones.otherNumbers(COUNT, 3);
        List<String> touched =
                texts.stream().filter(text -> !SCRUBBER.find(text).isEmpty()).toList();
        assertThat(touched.size()).as("%s", touched).isLessThanOrEqualTo(COUNT / 100);
    }

    private static List<ChatPhones.Sample> missed(List<ChatPhones.Sample> samples, PiiType type) {
        return samples.stream()
                .filter(sample -> !isFound(sample, type, SCRUBBER.find(sample.text())))
                .toList();
    }

    private static boolean isFound(ChatPhones.Sample sample, PiiType type, List<PiiSpan> found) {
        return Tally.covers(found, sample.text(), sample.start(), sample.end())
                && found.stream()
                        .anyMatch(span ->
                                span.type() == type && span.start() < sample.end() && sample.start() < span.end());
    }
}
