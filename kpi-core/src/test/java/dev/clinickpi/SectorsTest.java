package dev.clinickpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinickpi.TestEngine.TestClock;
import dev.clinickpi.access.AccessDeniedException;
import dev.clinickpi.access.AuditLog;
import dev.clinickpi.access.AuditRecord.Action;
import dev.clinickpi.access.InMemoryAuditLog;
import dev.clinickpi.access.Principal;
import dev.clinickpi.access.Privacy;
import dev.clinickpi.access.Publication;
import dev.clinickpi.event.KpiEvent.Sender;
import dev.clinickpi.event.PrivacyGate;
import dev.clinickpi.event.TestGate;
import dev.clinickpi.kpi.Kpi;
import dev.clinickpi.kpi.KpiDefinition;
import dev.clinickpi.sector.BenchmarkRule;
import dev.clinickpi.sector.ClinicBand;
import dev.clinickpi.sector.SectorBenchmark;
import dev.clinickpi.sector.SectorClinic;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When the engine has benchmarks made, and what it hands over for them. */
class SectorsTest {

    private static final YearMonth MARCH = YearMonth.of(2026, 3);

    private final TestClock clock = new TestClock("2026-05-02T00:00:00Z");
    private final InMemoryAuditLog audit = AuditLog.inMemory();
    private final NotingRule rule = new NotingRule();

    @Test
    void everyClinicOfTheVerticalHandsOverWhatItPublishes() {
        KpiEngine engine = engine(TestEngine.EXACT, Duration.ofDays(30));
        engine.record(List.of(
                TestEngine.message("1", Sender.PATIENT, "a", "2026-03-02T10:00:00Z"),
                TestEngine.message("2", Sender.BOT, "a", "2026-03-02T10:00:01Z"),
                TestEngine.message("3", Sender.PATIENT, "b", "2026-03-03T10:00:00Z")));
        engine.benchmarks(TestEngine.FOUNDER, "dental", MARCH);

        assertThat(rule.handed).extracting(SectorClinic::owner).containsExactlyInAnyOrder("grupo-sol", "grupo-mar");
        SectorClinic sol = rule.of("grupo-sol");
        assertThat(sol.figures())
                .extracting(figure -> figure.result().id())
                .containsExactlyElementsOf(Kpi.ALL.stream()
                        .filter(kpi -> kpi != Kpi.ACTIVE_CONVERSATIONS)
                        .map(KpiDefinition::id)
                        .toList());
        assertThat(people(sol, Kpi.CONVERSION_RATE)).isEqualTo(2);
        assertThat(people(sol, Kpi.CSAT)).isZero();
        assertThat(people(sol, Kpi.RESPONSE_TIME))
                .as("those of its conversations")
                .isEqualTo(2);
        assertThat(people(rule.of("grupo-mar"), Kpi.RESPONSE_TIME)).isZero();
    }

    /** What is withheld from the clinic is withheld from its sector. */
    @Test
    void theyAreMadeOfWhatPublicationReleases() {
        engine(TestEngine.NOTHING, Duration.ofDays(30)).benchmarks(TestEngine.FOUNDER, "dental", MARCH);
        assertThat(rule.handed)
                .allSatisfy(clinic -> assertThat(clinic.figures())
                        .allSatisfy(
                                figure -> assertThat(figure.result().value()).isNull()));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-05-01T23:59:59Z, 30, false",
        "2026-05-02T00:00:00Z, 30, true",
        "2026-05-02T00:00:00Z, 40, false",
        "2026-05-12T00:00:00Z, 40, true",
        "2028-05-02T00:00:00Z, 30, true",
        "2028-05-02T00:00:01Z, 30, false"
    })
    void theyAreMadeOnceTheMonthIsRipeAndForTwoYears(String now, int daysToConvert, boolean made) {
        clock.set(now);
        assertThat(engine(TestEngine.EXACT, Duration.ofDays(daysToConvert))
                        .benchmarks(TestEngine.FOUNDER, "dental", MARCH))
                .hasSize(made ? 1 : 0);
        assertThat(rule.times).isEqualTo(made ? 1 : 0);
    }

    @Test
    void theyAreMadeOnceAndShownFromThenOn() {
        KpiEngine engine = engine(TestEngine.EXACT, Duration.ofDays(30));
        engine.benchmarks(TestEngine.FOUNDER, "dental", MARCH);
        SectorComparison comparison =
                engine.open(TestEngine.ANA, TestClinics.SOL).benchmarks(MARCH);
        assertThat(comparison.entry(Kpi.NO_SHOW_RATE).sector()).isEqualTo(NotingRule.MADE);
        assertThat(comparison.entry(Kpi.CSAT).sector()).isNull();
        assertThat(comparison.clinic()).isEqualTo(TestClinics.SOL);
        engine(TestEngine.EXACT, Duration.ofDays(30)).benchmarks(TestEngine.FOUNDER, "dental", MARCH);
        assertThat(rule.times).isEqualTo(1);
        assertThat(audit.records())
                .filteredOn(record -> record.action() == Action.PUBLISH_BENCHMARKS)
                .hasSize(1);
    }

    /** Whoever may see no clinic of a vertical may not see its benchmarks; what was asked for is no word for a record. */
    @Test
    void anotherVerticalIsRefusedAndNotNamed() {
        KpiEngine engine = engine(TestEngine.EXACT, Duration.ofDays(30));
        assertThatThrownBy(() -> engine.benchmarks(TestEngine.ANA, "Marta Ruiz", MARCH))
                .isInstanceOf(AccessDeniedException.class);
        assertThat(engine.benchmarks(Principal.superAdmin("founder"), "Marta Ruiz", MARCH))
                .isEmpty();
        assertThat(rule.times).isZero();
        assertThat(audit.records())
                .hasSize(2)
                .allSatisfy(record -> assertThat(record.detail()).doesNotContain("Marta"));
    }

    private KpiEngine engine(TestEngine.Rule publication, Duration toConvert) {
        return TestEngine.builder(clock)
                .directory(TwoClinics.directory())
                .audit(audit)
                .conversionWindow(toConvert)
                .privacy(new Sectoral(new TestGate(), publication, rule))
                .build();
    }

    private static int people(SectorClinic clinic, KpiDefinition kpi) {
        return clinic.figures().stream()
                .filter(figure -> figure.result().id().equals(kpi.id()))
                .mapToInt(SectorClinic.Published::people)
                .sum();
    }

    private record Sectoral(PrivacyGate gate, Publication publication, BenchmarkRule benchmarks) implements Privacy {}

    /** Notes what it is handed, and makes one benchmark of whatever it is. */
    private static final class NotingRule implements BenchmarkRule {

        static final SectorBenchmark MADE = new SectorBenchmark(
                Kpi.NO_SHOW_RATE.id(),
                1,
                "ratio",
                BigDecimal.ONE,
                BigDecimal.ONE,
                BigDecimal.ONE,
                BigDecimal.ONE,
                ClinicBand.TEN_TO_NINETEEN);

        private final List<SectorClinic> handed = new ArrayList<>();
        private int times;

        SectorClinic of(String owner) {
            return handed.stream()
                    .filter(clinic -> clinic.owner().equals(owner))
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public Optional<List<SectorBenchmark>> published(String vertical, YearMonth month) {
            return times == 0 ? Optional.empty() : Optional.of(List.of(MADE));
        }

        @Override
        public List<SectorBenchmark> publish(String vertical, YearMonth month, List<SectorClinic> clinics) {
            handed.addAll(clinics);
            times++;
            return List.of(MADE);
        }
    }
}
