package dev.clinickpi.privacy.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.privacy.scrub.DevelopmentSet.Hand;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How well names are found, on documents and chats that nothing was trained on. The floors lie a little below what is reached. */
class NameDetectorTest {

    private static final DevelopmentSet SET = new DevelopmentSet();
    private static final NameDetector DETECTOR = NameDetector.create();

    @Test
    void findsTheNamesOfReports() {
        NameScores scores = scores(DETECTOR, SET.documents());

        assertThat(scores.exactRecall()).as("%s", scores).isGreaterThanOrEqualTo(0.97);
        assertThat(scores.exactPrecision()).as("%s", scores).isGreaterThanOrEqualTo(0.88);
        assertThat(scores.overlapRecall()).as("%s", scores).isGreaterThanOrEqualTo(0.99);
        assertThat(scores.wordPrecision()).as("%s", scores).isGreaterThanOrEqualTo(0.91);
    }

    @Test
    void findsTheNamesOfReportsInLowerCase() {
        NameScores scores = scores(
                DETECTOR, SET.documents().stream().map(LabelledText::lowerCase).toList());

        assertThat(scores.exactRecall()).as("%s", scores).isGreaterThanOrEqualTo(0.96);
        assertThat(scores.exactPrecision()).as("%s", scores).isGreaterThanOrEqualTo(0.85);
        assertThat(scores.overlapRecall()).as("%s", scores).isGreaterThanOrEqualTo(0.98);
    }

    @Test
    void findsTheNamesOfReportsWithoutAccentsAndPunctuation() {
        NameScores scores = scores(
                DETECTOR, SET.documents().stream().map(DevelopmentSet::plain).toList());

        assertThat(scores.exactRecall()).as("%s", scores).isGreaterThanOrEqualTo(0.95);
        assertThat(scores.exactPrecision()).as("%s", scores).isGreaterThanOrEqualTo(0.80);
    }

    @ParameterizedTest
    @CsvSource({
        // the hand, exact recall and precision, overlap recall and precision
        "CAREFUL, 0.96, 0.96, 0.98, 0.98",
        "LOWER_CASE, 0.93, 0.92, 0.97, 0.97",
        "PLAIN, 0.92, 0.91, 0.97, 0.97",
        "HASTY, 0.84, 0.85, 0.92, 0.95",
    })
    void findsTheNamesOfChats(
            Hand hand, double recall, double precision, double overlapRecall, double overlapPrecision) {
        NameScores scores = scores(DETECTOR, SET.chats(2000, hand));

        assertThat(scores.exactRecall()).as("%s", scores).isGreaterThanOrEqualTo(recall);
        assertThat(scores.exactPrecision()).as("%s", scores).isGreaterThanOrEqualTo(precision);
        assertThat(scores.overlapRecall()).as("%s", scores).isGreaterThanOrEqualTo(overlapRecall);
        assertThat(scores.overlapPrecision()).as("%s", scores).isGreaterThanOrEqualTo(overlapPrecision);
    }

    @Test
    void needsTheListsAndTheModel() {
        List<LabelledText> chats = SET.chats(2000, Hand.PLAIN);
        NameScores both = scores(DETECTOR, chats);
        NameScores modelAlone = scores(new NameDetector(NameModel.load(), NameLexicon.empty()), chats);
        NameScores listsAlone = scores(NameDetectorTest::listed, chats);

        assertThat(modelAlone.exactRecall()).as("%s", modelAlone).isLessThan(both.exactRecall() - 0.05);
        assertThat(modelAlone.exactPrecision()).as("%s", modelAlone).isLessThan(both.exactPrecision() - 0.05);
        assertThat(listsAlone.exactRecall()).as("%s", listsAlone).isLessThan(both.exactRecall() - 0.05);
        assertThat(listsAlone.exactPrecision()).as("%s", listsAlone).isLessThan(both.exactPrecision() - 0.05);
    }

    static Stream<String> ordinaryTexts() {
        return DevelopmentSet.resource("/names/ordinary.txt").stream();
    }

    @ParameterizedTest
    @MethodSource("ordinaryTexts")
    void leavesOrdinaryTextsAlone(String text) {
        assertThat(find(text)).isEmpty();
        assertThat(find(text.toLowerCase(Locale.ROOT))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "soy maria|maria",
                "mi hija lucía gómez tiene cita|lucía gómez",
                "le atiende el dr. Ramírez|Ramírez",
                "Hola, me llamo Rosa y quiero el tono rosa|Rosa",
                "MARÍA DEL CARMEN DE LA FUENTE|MARÍA DEL CARMEN DE LA FUENTE",
                "soy José Luis Rodríguez-Zapata, gracias|José Luis Rodríguez-Zapata",
                "hola soy mariaaaa|mariaaaa",
                "a nombre de jhon jairo quintero, gracias|jhon jairo quintero",
            })
    void givesTheWholeNameAndNoMore(String text, String name) {
        assertThat(find(text))
                .extracting(span -> text.substring(span.start(), span.end()))
                .containsExactly(name);
    }

    @Test
    void seesTwoNamesWhereThereAreTwo() {
        String text = "mis hijos Lucía y Marcos Gil";

        assertThat(find(text))
                .extracting(span -> text.substring(span.start(), span.end()))
                .containsExactly("Lucía", "Marcos Gil");
    }

    @Test
    void givesManyThreadsTheSame() throws Exception {
        List<String> texts =
                SET.chats(500, Hand.HASTY).stream().map(LabelledText::text).toList();
        List<List<PiiSpan>> alone = texts.stream().map(NameDetectorTest::find).toList();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<List<List<PiiSpan>>>> together = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                together.add(threads.submit(
                        () -> texts.stream().map(NameDetectorTest::find).toList()));
            }
            for (Future<List<List<PiiSpan>>> one : together) {
                assertThat(one.get()).isEqualTo(alone);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Property(tries = 500, seed = "20260301")
    void staysInsideAnyText(@ForAll @StringLength(max = 200) String text) {
        assertThat(find(text)).allMatch(span -> span.type() == PiiType.NAME && span.end() <= text.length());
    }

    @Test
    void takesTimeInProportionToTheLength() {
        String line = "hola soy maria perez lopez y mi hija lucia ".repeat(5000);
        String word = "a".repeat(200_000);

        assertThat(find(line)).hasSize(10_000);
        assertThat(find(word)).isEmpty();
    }

    private static List<PiiSpan> find(String text) {
        return DETECTOR.find(NormalizedText.of(text));
    }

    private static NameScores scores(PiiDetector detector, List<LabelledText> texts) {
        NameScores scores = new NameScores();
        texts.forEach(text -> scores.add(text, detector.find(NormalizedText.of(text.text()))));
        return scores;
    }

    /** What the lists alone can do: each word that they have is a name, common words left out. */
    private static List<PiiSpan> listed(NormalizedText text) {
        NameLexicon lexicon = Lists.ALL;
        List<PiiSpan> found = new ArrayList<>();
        for (NameTokens line : NameTokens.lines(text.text())) {
            int at = 0;
            while (at < line.size()) {
                int from = at;
                while (at < line.size() && isListed(lexicon.of(line.word(at)))) {
                    at++;
                }
                if (at > from) {
                    found.add(text.span(line.start(from), line.end(at - 1), PiiType.NAME));
                }
                at++;
            }
        }
        return found;
    }

    private static boolean isListed(int entry) {
        return NameLexicon.isName(entry) && NameLexicon.commonness(entry) < 3;
    }

    private static final class Lists {

        private static final NameLexicon ALL = NameLexicon.load();
    }
}
