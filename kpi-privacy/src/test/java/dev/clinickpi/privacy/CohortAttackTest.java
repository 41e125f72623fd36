package dev.clinickpi.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.ClinicDashboard;
import dev.clinickpi.KpiEngine;
import dev.clinickpi.access.AuditLog;
import dev.clinickpi.access.Principal;
import dev.clinickpi.access.Privacy;
import dev.clinickpi.access.Publication;
import dev.clinickpi.access.PublicationStore;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.Money;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.KpiEvent.AppointmentStatus;
import dev.clinickpi.event.PrivacyGate;
import dev.clinickpi.privacy.publication.WeakenedCopies;
import dev.clinickpi.testkit.PlainGate;
import dev.clinickpi.time.Period;
import dev.clinickpi.time.Span;
import dev.clinickpi.view.CohortTable;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The attacks of {@link DisclosureAttackTest} by ranges, on what cohorts do in the months since: who comes back in a month, and what those who pay bring in. */
class CohortAttackTest {

    private static final int MINIMUM = 5;
    private static final int RUNS = 8;
    private static final int LONG_RUNS = 10_000;
    private static final Instant NOW = Instant.parse("2026-06-03T11:00:00Z");

    /** Everybody is onboarded before those. */
    private static final List<YearMonth> MONTHS = List.of(YearMonth.of(2026, 4), YearMonth.of(2026, 5));

    private static final Supplier<Publication> EACH_FOR_ITSELF = () -> new MinimumGroup(MINIMUM);
    private static final Supplier<Publication> STANDARD =
            () -> new StandardPublication(PublicationStore.inMemory(), MINIMUM);
    private static final Supplier<Publication> WITHOUT_BLOCKS =
            () -> DisclosureAttackTest.weakened(WeakenedCopies.withoutBlocks());

    /** A block has enough patients, and it is not asked how many of them pay. */
    private static final Supplier<Publication> WITHOUT_PAYERS =
            () -> DisclosureAttackTest.weakened(WeakenedCopies.withoutRows());

    private static final String DIRECTORY = """
            {"clinics": [{"id": "sol", "name": "Sol", "owner": "sol", "vertical": "dental", "country": "ES",
              "zone": "UTC", "currency": "EUR", "locale": "es-ES", "goLive": "2026-03-01"}]}
            """;

    @Test
    void whoComesBackInAMonthIsToldOnlyWhereEachRequestIsJudgedByItself() {
        assertThat(successes(RUNS, EACH_FOR_ITSELF, false)).isGreaterThan(RUNS / 2);
        assertThat(successes(RUNS, WITHOUT_BLOCKS, false)).isGreaterThan(RUNS / 2);
        assertThat(successes(RUNS, STANDARD, false)).isZero();
    }

    @Test
    void whatAFewBringInIsToldOnlyWhereEachRequestIsJudgedByItself() {
        assertThat(successes(RUNS, EACH_FOR_ITSELF, true)).isGreaterThan(RUNS / 2);
        assertThat(successes(RUNS, WITHOUT_PAYERS, true)).isGreaterThan(RUNS / 2);
        assertThat(successes(RUNS, STANDARD, true)).isZero();
    }

    /** A rule that shows no money withstands this, too. */
    @Test
    void someRevenueIsShown() {
        Clinic clinic = new Clinic(new Random(5), 17, 30, STANDARD.get());
        assertThat(periods(clinic))
                .flatMap(period -> cells(clinic, period))
                .filteredOn(seen ->
                        seen.cell.revenue() != null && seen.cell.revenue().signum() > 0)
                .hasSizeGreaterThan(10);
    }

    @Test
    @Tag("thorough")
    void findsNothingInTenThousandClinics() {
        assertThat(successes(LONG_RUNS, STANDARD, false)).isZero();
        assertThat(successes(LONG_RUNS, STANDARD, true)).isZero();
    }

    private static int successes(int runs, Supplier<Publication> publication, boolean isOfMoney) {
        return (int) IntStream.range(0, runs)
                .parallel()
                .filter(run -> {
                    Random random = new Random(run);
                    int days = 6 + random.nextInt(12);
                    int mostADay = isOfMoney ? 12 + random.nextInt(30) : 3 + random.nextInt(10);
                    return giveAway(new Clinic(random, days, mostADay, publication.get()), isOfMoney);
                })
                .count();
    }

    /** What is told is true, which is what makes it worth adding. Of money those who paid are alone unknown. */
    private static boolean giveAway(Clinic clinic, boolean isOfMoney) {
        Map<YearMonth, PublishedSums> sums = new HashMap<>();
        List<Integer> patients =
                IntStream.range(0, clinic.patients.size()).boxed().toList();
        for (Period period : periods(clinic)) {
            for (Seen seen : cells(clinic, period)) {
                BitSet in = clinic.onboarded(seen.covered);
                if (isOfMoney) {
                    in.and(clinic.payers(seen.month));
                }
                PublishedSums ofMonth = sums.computeIfAbsent(seen.month, key -> new PublishedSums(patients));
                if (isOfMoney && seen.cell.revenue() != null) {
                    assertThat(seen.cell.revenue()).isEqualByComparingTo(clinic.revenue(in, seen.month));
                    ofMonth.add(in);
                } else if (!isOfMoney && seen.cell.patients() != null) {
                    assertThat(seen.cell.patients()).isEqualTo(clinic.returning(in, seen.month));
                    ofMonth.add(in);
                }
            }
        }
        return sums.values().stream().anyMatch(each -> each.giveAway(MINIMUM));
    }

    private record Seen(Span covered, YearMonth month, CohortTable.Cell cell) {}

    private static List<Seen> cells(Clinic clinic, Period period) {
        List<Seen> cells = new ArrayList<>();
        for (CohortTable.Cohort cohort : clinic.dashboard().cohorts(period).cohorts()) {
            for (CohortTable.Cell cell : cohort.cells()) {
                YearMonth month = cohort.month().plusMonths(cell.offset());
                if (MONTHS.contains(month)) {
                    cells.add(new Seen(cohort.covered(), month, cell));
                }
            }
        }
        return cells;
    }

    private static List<Period> periods(Clinic clinic) {
        List<Period> periods = new ArrayList<>();
        for (int from = 0; from < clinic.days; from++) {
            for (int to = from + 1; to <= clinic.days; to += 2) {
                periods.add(new Period(AttackedClinic.FIRST.plusDays(from), AttackedClinic.FIRST.plusDays(to)));
            }
        }
        return periods;
    }

    /** Patients who are onboarded in March, some of whom come in April and in May, and some of whom pay then. */
    private static final class Clinic {

        private final List<Patient> patients = new ArrayList<>();
        private final int days;
        private final KpiEngine engine;

        private record Patient(Instant onboarded, Map<YearMonth, BigDecimal> visits) {}

        Clinic(Random random, int days, int mostADay, Publication publication) {
            this.days = days;
            this.engine = KpiEngine.builder()
                    .directory(
                            ClinicDirectory.read(new ByteArrayInputStream(DIRECTORY.getBytes(StandardCharsets.UTF_8))))
                    .events(EventLog.inMemory())
                    .audit(AuditLog.inMemory())
                    .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                    .privacy(new Plain(new PlainGate(), publication))
                    .build();
            List<KpiEvent> events = new ArrayList<>();
            for (int day = 0; day < days; day++) {
                for (int i = random.nextInt(mostADay + 1); i > 0; i--) {
                    tell(random, day, events);
                }
            }
            engine.record(events);
        }

        private void tell(Random random, int day, List<KpiEvent> into) {
            int number = patients.size();
            Instant onboarded = AttackedClinic.FIRST.plusDays(day).atTime(10, 0).toInstant(ZoneOffset.UTC);
            Map<YearMonth, BigDecimal> visits = new HashMap<>();
            into.add(appointment("n" + number, number, AppointmentStatus.BOOKED, onboarded, NOW.plusSeconds(1), null));
            for (YearMonth month : MONTHS) {
                if (random.nextInt(3) > 0) {
                    BigDecimal amount = BigDecimal.valueOf(random.nextInt(2) * (1_000L + random.nextInt(9_000)), 2);
                    Instant at =
                            month.atDay(1 + random.nextInt(28)).atTime(9, 0).toInstant(ZoneOffset.UTC);
                    visits.put(month, amount);
                    into.add(appointment(
                            "v" + month + "-" + number,
                            number,
                            AppointmentStatus.COMPLETED,
                            at,
                            at,
                            new Money(amount, "EUR")));
                }
            }
            patients.add(new Patient(onboarded, visits));
        }

        private static KpiEvent appointment(
                String id, int patient, AppointmentStatus status, Instant at, Instant startsAt, Money value) {
            return new KpiEvent.Appointment(
                    "e" + id, AttackedClinic.SOL, at, id, "p" + patient, status, startsAt, null, null, value);
        }

        ClinicDashboard dashboard() {
            return engine.open(Principal.clinicAdmin("mallory", AttackedClinic.SOL), AttackedClinic.SOL);
        }

        BitSet onboarded(Span span) {
            BitSet in = new BitSet();
            for (int i = 0; i < patients.size(); i++) {
                Instant at = patients.get(i).onboarded;
                in.set(i, !at.isBefore(span.from()) && at.isBefore(span.to()));
            }
            return in;
        }

        BitSet payers(YearMonth month) {
            BitSet payers = new BitSet();
            for (int i = 0; i < patients.size(); i++) {
                payers.set(
                        i,
                        patients.get(i)
                                        .visits
                                        .getOrDefault(month, BigDecimal.ZERO)
                                        .signum()
                                > 0);
            }
            return payers;
        }

        BigDecimal revenue(BitSet some, YearMonth month) {
            return some.stream()
                    .mapToObj(i -> patients.get(i).visits.getOrDefault(month, BigDecimal.ZERO))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
        }

        long returning(BitSet some, YearMonth month) {
            return some.stream()
                    .filter(i -> patients.get(i).visits.containsKey(month))
                    .count();
        }
    }

    private record Plain(PrivacyGate gate, Publication publication) implements Privacy {}
}
