package dev.clinickpi.privacy.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinickpi.KpiEngine;
import dev.clinickpi.SectorComparison;
import dev.clinickpi.access.AuditLog;
import dev.clinickpi.access.AuditRecord;
import dev.clinickpi.access.AuditRecord.Action;
import dev.clinickpi.access.AuditUnavailableException;
import dev.clinickpi.access.InMemoryAuditLog;
import dev.clinickpi.access.Principal;
import dev.clinickpi.kpi.Kpi;
import dev.clinickpi.sector.BenchmarkStore;
import dev.clinickpi.sector.SectorBenchmark;
import dev.clinickpi.time.Period;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A clinic's figures beside its sector's, through the engine: when benchmarks are made, of what, how often, and what is on record. */
class SectorComparisonTest {

    private static final YearMonth MARCH = AttackedSector.MARCH;
    private static final List<BigDecimal> AMOUNTS = IntStream.range(0, 12)
            .mapToObj(i -> BigDecimal.valueOf(100 + 10L * i))
            .toList();

    private final FailingStore store = new FailingStore();
    private final InMemoryAuditLog audit = AuditLog.inMemory();

    @Test
    void aClinicSeesItsOwnFigureBesideItsSectors() {
        AttackedSector sector = sector(7);
        sector.at(AttackedSector.ripe(MARCH));
        SectorComparison comparison = AttackedSector.comparison(sector.engine(), 2, MARCH);

        assertThat(comparison.vertical()).isEqualTo("dental");
        SectorComparison.Entry cost = comparison.entry(Kpi.LLM_COST);
        assertThat(cost.own().value()).isEqualByComparingTo("120");
        assertThat(cost.sector()).isNotNull();
        assertThat(cost.sector().mean()).isEqualByComparingTo("130");
        assertThat(cost.sector().unit()).isEqualTo("EUR");
        assertThat(cost.reason()).isNull();
        assertThat(comparison.entries()).hasSize(11);
        assertThat(comparison.entry(Kpi.CSAT).sector()).isNull();
        assertThat(comparison.entry(Kpi.CSAT).reason()).contains("Too few clinics");
        assertThatThrownBy(() -> comparison.entry(Kpi.ACTIVE_CONVERSATIONS))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"1, false", "0, true"})
    void noneAreMadeBeforeTheMonthIsRipe(int secondsBefore, boolean made) {
        AttackedSector sector = sector(7);
        sector.at(AttackedSector.ripe(MARCH).minusSeconds(secondsBefore));
        SectorComparison comparison = AttackedSector.comparison(sector.engine(), 2, MARCH);

        assertThat(comparison.entry(Kpi.LLM_COST).sector() != null).isEqualTo(made);
        assertThat(comparison.from()).isEqualTo("2026-05-02T00:00:00Z");
        assertThat(store.load("dental", MARCH).isPresent()).isEqualTo(made);
    }

    @Test
    void theyAreTheSameForWhoeverLooksAndForGood() {
        AttackedSector sector = sector(7);
        sector.at(AttackedSector.ripe(MARCH));
        Set<SectorBenchmark> seen = new HashSet<>();
        IntStream.range(0, 7)
                .forEach(clinic -> seen.add(sector.seen(clinic, MARCH).orElseThrow()));
        sector.spend(MARCH, List.of(7, 8, 9), AMOUNTS);
        sector.spend(MARCH.plusMonths(1), List.of(0), AMOUNTS);
        IntStream.range(0, 10)
                .forEach(clinic -> seen.add(sector.seen(clinic, MARCH).orElseThrow()));
        seen.addAll(sector.engine().benchmarks(Principal.superAdmin("founder"), "dental", MARCH).stream()
                .filter(benchmark -> benchmark.kpi().equals("llm-cost"))
                .toList());
        assertThat(seen).hasSize(1);
    }

    @Test
    void enginesThatMakeThemAtOnceAgree() throws InterruptedException {
        AttackedSector sector = sector(9);
        sector.at(AttackedSector.ripe(MARCH));
        Set<List<SectorBenchmark>> seen = ConcurrentHashMap.newKeySet();
        List<Thread> threads = IntStream.range(0, 6)
                .mapToObj(i -> sector.engine())
                .map(engine ->
                        new Thread(() -> seen.add(engine.benchmarks(Principal.superAdmin("founder"), "dental", MARCH))))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(seen).hasSize(1);
        assertThat(store.kept).isEqualTo(1);
    }

    @Test
    void aReportMakesNone() {
        AttackedSector sector = sector(7);
        sector.at(AttackedSector.ripe(MARCH));
        KpiEngine engine = sector.engine();
        engine.open(Principal.clinicAdmin("ana", AttackedSector.id(0)), AttackedSector.id(0))
                .report(Period.month(2026, 3));
        assertThat(store.load("dental", MARCH)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"4, false", "5, true"})
    void aClinicOfFewPatientsIsNotInTheBenchmarkOfAVolume(int patients, boolean shown) {
        AttackedSector sector = sector(5);
        sector.spend(MARCH, List.of(5), AMOUNTS, patients);
        assertThat(sector.seen(0, MARCH).isPresent()).isEqualTo(shown);
    }

    @Test
    void anErasedClinicIsInNone() {
        AttackedSector sector = sector(6);
        sector.engine().eraseClinic(Principal.superAdmin("founder"), AttackedSector.id(5));
        assertThat(sector.seen(0, MARCH)).isEmpty();
    }

    @Test
    void whatAnErasedClinicWasInBeforeStays() {
        AttackedSector sector = sector(6);
        Optional<SectorBenchmark> before = sector.seen(0, MARCH);
        sector.engine().eraseClinic(Principal.superAdmin("founder"), AttackedSector.id(5));
        assertThat(sector.seen(0, MARCH)).isPresent().isEqualTo(before);
    }

    @Test
    void whatCannotBeKeptIsNotShown() {
        AttackedSector sector = sector(7);
        sector.at(AttackedSector.ripe(MARCH));
        store.fails = true;
        KpiEngine engine = sector.engine();
        assertThatThrownBy(() -> AttackedSector.comparison(engine, 0, MARCH)).hasMessage("disk full");
        store.fails = false;
        assertThat(AttackedSector.comparison(engine, 0, MARCH)
                        .entry(Kpi.LLM_COST)
                        .sector())
                .isNotNull();
    }

    @Test
    void theReadAndTheMakingAreOnRecordBeforeTheyHappen() {
        AttackedSector sector = sector(7);
        sector.at(AttackedSector.ripe(MARCH));
        KpiEngine engine = sector.engine();
        engine.benchmarks(Principal.superAdmin("founder"), "dental", MARCH);
        engine.benchmarks(Principal.superAdmin("founder"), "dental", MARCH);
        assertThat(audit.records().stream().map(AuditRecord::action))
                .containsExactly(Action.READ_BENCHMARKS, Action.PUBLISH_BENCHMARKS, Action.READ_BENCHMARKS);
        assertThat(audit.records().get(1).detail()).isEqualTo("dental, 2026-03");
    }

    @Test
    void whatCannotBeRecordedIsNotMade() {
        AttackedSector sector = new AttackedSector(owners(), new StandardBenchmarks(store, 5), record -> {
            if (record.action() == Action.PUBLISH_BENCHMARKS) {
                throw new IllegalStateException("full");
            }
        });
        sector.spend(MARCH, IntStream.range(0, 7).boxed().toList(), AMOUNTS);
        sector.at(AttackedSector.ripe(MARCH));
        KpiEngine engine = sector.engine();
        assertThatThrownBy(() -> engine.benchmarks(Principal.superAdmin("founder"), "dental", MARCH))
                .isInstanceOf(AuditUnavailableException.class);
        assertThat(store.load("dental", MARCH)).isEmpty();
    }

    @Test
    void aVerticalWithoutClinicsAndAMonthOfLongAgoHaveNone() {
        AttackedSector sector = sector(7);
        sector.at(AttackedSector.ripe(MARCH));
        KpiEngine engine = sector.engine();
        assertThat(engine.benchmarks(Principal.superAdmin("founder"), "physio", MARCH))
                .isEmpty();
        assertThat(engine.benchmarks(Principal.superAdmin("founder"), "dental", MARCH.minusMonths(25)))
                .isEmpty();
        assertThat(store.kept).isZero();
    }

    private AttackedSector sector(int clinics) {
        AttackedSector sector = new AttackedSector(owners(), new StandardBenchmarks(store, 5), audit);
        sector.spend(MARCH, IntStream.range(0, clinics).boxed().toList(), AMOUNTS);
        return sector;
    }

    private static List<String> owners() {
        return IntStream.range(0, 12).mapToObj(i -> "owner " + i).toList();
    }

    /** A store in memory that can be told to fail. */
    private static final class FailingStore implements BenchmarkStore {

        private final BenchmarkStore store = BenchmarkStore.inMemory();
        private volatile boolean fails;
        private int kept;

        @Override
        public Optional<byte[]> load(String vertical, YearMonth month) {
            return store.load(vertical, month);
        }

        @Override
        public synchronized boolean add(String vertical, YearMonth month, byte[] benchmarks) {
            if (fails) {
                throw new IllegalStateException("disk full");
            }
            boolean added = store.add(vertical, month, benchmarks);
            kept += added ? 1 : 0;
            return added;
        }
    }
}
