package dev.clinickpi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.TestEngine.TestClock;
import dev.clinickpi.cell.Cells;
import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicCalendar;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.clinic.EffectiveDated;
import dev.clinickpi.clinic.WeeklyHours;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.Fact;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.KpiEvent.AppointmentStatus;
import dev.clinickpi.event.KpiEvent.Sender;
import dev.clinickpi.event.PrivacyGate;
import dev.clinickpi.event.TestGate;
import dev.clinickpi.fold.FoldSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ClinicStateTest {

    private static final Instant NOW = Instant.parse("2026-04-10T00:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Clinic SOL = TestClinics.sol();

    /** Four weeks around the night in which Madrid's clocks go forward; then the clinic moves, or keeps other hours or holidays. */
    @Property(tries = 200)
    void aChangeLeavesTheCellsOfAFreshEngine(@ForAll Random random) {
        List<Fact> facts = facts(random);
        EventLog log = EventLog.inMemory();
        ClinicState changed = state(log, TestClinics.directory(SOL));
        record(log, changed, facts.subList(0, facts.size() / 2));
        for (Clinic clinic : List.of(
                TestClinics.sol(SOL.openingHours(), Set.of(), ZoneId.of("Africa/Casablanca")),
                TestClinics.sol(TestClinics.hours("22:00", "02:00"), Set.of(), SOL.zone()),
                TestClinics.sol(SOL.openingHours(), Set.of(LocalDate.of(2026, 3, 30)), SOL.zone()))) {
            ClinicDirectory directory = TestClinics.directory(clinic);
            changed.prepare(directory).run();
            assertSameCells(changed, state(log, directory));
        }
        record(log, changed, facts.subList(facts.size() / 2, facts.size()));
        assertSameCells(
                changed,
                state(
                        log,
                        TestClinics.directory(
                                TestClinics.sol(SOL.openingHours(), Set.of(LocalDate.of(2026, 3, 30)), SOL.zone()))));
    }

    /** What the calendar says of days that have not begun changes nothing that is folded: the log is not read for it, and what comes later is folded by it. */
    @Property(tries = 200)
    void whatLiesAheadChangesWithoutFolding(@ForAll Random random) {
        AtomicInteger reads = new AtomicInteger();
        ForwardingLog log = new ForwardingLog() {
            @Override
            public long read(ClinicId clinic, long from, Reader reader) {
                reads.incrementAndGet();
                return super.read(clinic, from, reader);
            }
        };
        TestClock clock = new TestClock(NOW.toString());
        clock.advance(Duration.ofHours(-1 - random.nextInt(20 * 24)));
        LocalDate today = ClinicCalendar.of(SOL).lastDateBy(clock.millis());
        List<Fact> facts = facts(random);
        ClinicState changed = state(log, TestClinics.directory(SOL), clock);
        changed.load();
        record(log, changed, facts.subList(0, facts.size() / 2), clock.instant());
        TreeMap<LocalDate, WeeklyHours> hours = new TreeMap<>(SOL.openingHours().byDate());
        hours.put(
                today.plusDays(1 + random.nextInt(3)),
                TestClinics.hours("15:00", "20:00").byDate().firstEntry().getValue());
        Set<LocalDate> holidays = Set.of(today.plusDays(1 + random.nextInt(5)), today.plusDays(7));
        Clinic next = TestClinics.sol(new EffectiveDated<>(hours), holidays, SOL.zone());

        reads.set(0);
        changed.prepare(TestClinics.directory(next)).run();
        assertThat(reads).hasValue(0);

        clock.set(NOW.toString());
        record(log, changed, facts.subList(facts.size() / 2, facts.size()), NOW);
        assertSameCells(changed, state(log, TestClinics.directory(next)));
    }

    /** Let go, erased from by another engine and loaded again at the same instant: it learns of the erasure before anybody says so. */
    @Test
    void noMomentOfBeforeAnErasureOutlivesALoad() {
        EventLog log = EventLog.inMemory();
        ClinicDirectory directory = TestClinics.directory(SOL);
        ClinicState state = state(log, directory);
        List<Fact> facts = facts(new Random(1));
        record(log, state, facts);
        Cells before = cells(state);
        long changes = state.changes();

        log.erase(TestClinics.SOL, patientOf(facts));
        state.unload();
        state.load();

        assertThat(cells(state)).isNotEqualTo(before);
        assertSameCells(state, state(log, directory));
        assertThat(state.changes()).isGreaterThan(changes);
        state.erased(log.erasures(TestClinics.SOL));
        assertSameCells(state, state(log, directory));
    }

    private static long patientOf(List<Fact> facts) {
        return facts.stream()
                .filter(Fact.Appointment.class::isInstance)
                .mapToLong(fact -> ((Fact.Appointment) fact).patient())
                .findFirst()
                .orElseThrow();
    }

    private static void record(EventLog log, ClinicState state, List<Fact> facts) {
        record(log, state, facts, NOW);
    }

    private static void record(EventLog log, ClinicState state, List<Fact> facts, Instant now) {
        EventLog.Appended appended = log.append(facts);
        state.accept(appended.first(TestClinics.SOL, facts.size()), facts, 1, now);
    }

    private static void assertSameCells(ClinicState actual, ClinicState expected) {
        Cells cells = cells(actual);
        assertThat(cells).isEqualTo(cells(expected));
    }

    private static Cells cells(ClinicState state) {
        return state.at(NOW).cells();
    }

    private static ClinicState state(EventLog log, ClinicDirectory directory) {
        return state(log, directory, CLOCK);
    }

    private static ClinicState state(EventLog log, ClinicDirectory directory, Clock clock) {
        return new ClinicState(
                TestClinics.SOL,
                directory,
                new Shard(log, new Tally(), clock, 10),
                new Folding(log, null, FoldSettings.DEFAULT, clock));
    }

    private static List<Fact> facts(Random random) {
        PrivacyGate gate = new TestGate();
        List<Fact> facts = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String at = time(random);
            KpiEvent event = random.nextInt(4) == 0
                    ? TestEngine.appointment(
                            "e" + i,
                            "a" + random.nextInt(5),
                            AppointmentStatus.values()[random.nextInt(5)],
                            time(random),
                            at)
                    : TestEngine.message("e" + i, Sender.values()[random.nextInt(3)], "c" + random.nextInt(8), at);
            facts.add(gate.admit(event, SOL));
        }
        return facts;
    }

    private static String time(Random random) {
        return Instant.parse("2026-03-16T00:00:00Z")
                .plusSeconds(random.nextInt(28 * 24 * 60 * 60))
                .toString();
    }
}
