package dev.clinickpi.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.KpiEngine;
import dev.clinickpi.KpiEngineBuilder;
import dev.clinickpi.KpiRequest;
import dev.clinickpi.access.AuditLog;
import dev.clinickpi.access.Principal;
import dev.clinickpi.access.Privacy;
import dev.clinickpi.access.Publication;
import dev.clinickpi.access.PublicationStore;
import dev.clinickpi.cell.CellTable;
import dev.clinickpi.cell.Cells;
import dev.clinickpi.cell.People;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.KpiEvent.Sender;
import dev.clinickpi.event.PrivacyGate;
import dev.clinickpi.kpi.Kpi;
import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.privacy.KeyProvider;
import dev.clinickpi.privacy.StandardPrivacy;
import dev.clinickpi.testkit.PlainGate;
import dev.clinickpi.time.LocalDays;
import dev.clinickpi.time.Period;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Twelve patients with a conversation each on two days of March, of whom something has been released; then one of them is erased, or all. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class JdbcErasureOfReleasedTest {

    private static final ClinicId SOL = ClinicId.of("sol");
    private static final Principal ANA = Principal.clinicAdmin("ana", SOL);
    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
    private static final KpiRequest MARCH =
            KpiRequest.of(new Period(LocalDate.of(2026, 3, 1), LocalDate.of(2026, 3, 9)));
    private static final String DIRECTORY = """
            {"clinics": [{"id": "sol", "name": "Sol", "owner": "sol", "vertical": "dental", "country": "ES",
              "zone": "UTC", "currency": "EUR", "locale": "es-ES", "goLive": "2026-03-01"}]}
            """;

    @Parameter
    private DatabaseKind kind;

    private TestDatabase database;
    private PublicationStore store;
    private KpiEngine first;
    private KpiEngine second;

    @BeforeEach
    void release() {
        database = TestDatabase.migrated(kind);
        store = JdbcPublicationStore.open(database.pool());
        first = engine();
        second = engine();
        first.record(events());
        assertThat(converted(first).denominator()).isEqualByComparingTo("12");
        assertThat(kept()).contains(hash("p3"), hash("p4"));
    }

    @AfterEach
    void drop() {
        first.close();
        second.close();
        database.close();
    }

    @Test
    void theStateHasNothingOfAnErasedPatientAndShowsWhatItDid() {
        first.erasePatient(ANA, SOL, "p3");

        assertThat(kept()).hasSize(12).contains(hash("p4")).doesNotContain(hash("p3"));
        assertThat(converted(first).denominator()).isEqualByComparingTo("12");
        assertThat(converted(second).denominator()).isEqualByComparingTo("12");
        assertThat(first.record(events()).erased()).isEqualTo(1);
        assertThat(converted(first).denominator()).isEqualByComparingTo("12");
        assertThat(kept()).doesNotContain(hash("p3"));
    }

    /** One of whom the log has forgotten all, and one of whom it has all. */
    @Test
    void theStateHasNothingOfThePatientsWhereTheLogHasForgotten() {
        KpiEngine keeping = forgotten();

        keeping.erasePatient(ANA, SOL, "p2");
        keeping.erasePatient(ANA, SOL, "p3");

        assertThat(kept()).hasSize(12).contains(hash("p4")).doesNotContain(hash("p2"), hash("p3"));
        assertThat(converted(keeping).denominator()).isEqualByComparingTo("12");
        assertThat(JdbcEventLog.open(database.pool()).setAside()).isEmpty();
        keeping.close();
    }

    /** Whoever called for the erasure will not call again; another engine finds what the log has set aside. */
    @Test
    void theStateIsReachedThoughWhoeverErasedHasDied() throws InterruptedException {
        KpiEngine keeping = forgotten();
        JdbcEventLog log = JdbcEventLog.open(database.pool());

        log.erase(SOL, new PlainGate().patient(SOL, "p2"));
        log.erase(SOL, new PlainGate().patient(SOL, "p3"));

        Await.until(() -> log.setAside().isEmpty());
        assertThat(log.setAside()).isEmpty();
        assertThat(kept()).hasSize(12).contains(hash("p4")).doesNotContain(hash("p2"), hash("p3"));
        assertThat(converted(keeping).denominator()).isEqualByComparingTo("12");
        keeping.close();
    }

    /** An engine that keeps cells, on a log that has forgotten the first of the two days. */
    private KpiEngine forgotten() {
        first.close();
        second.close();
        KpiEngine keeping = engine(builder -> builder.cells(JdbcCellStore.open(database.pool()))
                .shards(1)
                .followEvery(Duration.ofMillis(10))
                .checkpointEvery(Duration.ofMillis(20)));
        assertThat(converted(keeping).denominator()).isEqualByComparingTo("12");
        keeping.forgetBefore(Principal.superAdmin("eva"), Instant.parse("2026-03-03T00:00:00Z"));
        return keeping;
    }

    @Test
    void theStateOfAnErasedClinicIsEmptyAndGoesOn() {
        long version = Objects.requireNonNull(store.load(SOL, 0)).version();

        first.eraseClinic(Principal.superAdmin("eva"), SOL);

        assertThat(kept()).isEmpty();
        PublicationStore.Kept kept = Objects.requireNonNull(store.load(SOL, 0));
        assertThat(kept.version()).isGreaterThan(version);
        assertThat(kept.state()).hasSizeLessThan(64);
        assertThat(first.record(events()).erased()).isEqualTo(12);
        assertThat(converted(first).denominator()).isZero();
        assertThat(kept()).isEmpty();
    }

    private static List<KpiEvent> events() {
        List<KpiEvent> events = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Instant at = Instant.parse("2026-03-0" + (2 + i % 2) + "T10:00:00Z").plusSeconds(60L * i);
            events.add(new KpiEvent.Message("m" + i, SOL, at, "c" + i, "p" + i, Sender.PATIENT, null, null));
        }
        return events;
    }

    private KpiEngine engine() {
        return engine(builder -> builder);
    }

    private KpiEngine engine(UnaryOperator<KpiEngineBuilder> settings) {
        Publication publication = StandardPrivacy.with(
                        KeyProvider.inMemory(), 5, JdbcPublicationStore.open(database.pool()))
                .publication();
        return settings.apply(KpiEngine.builder()
                        .directory(ClinicDirectory.read(
                                new ByteArrayInputStream(DIRECTORY.getBytes(StandardCharsets.UTF_8))))
                        .events(JdbcEventLog.open(database.pool()))
                        .audit(AuditLog.inMemory())
                        .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                        .privacy(new Plain(new PlainGate(), publication)))
                .build();
    }

    private static KpiResult converted(KpiEngine engine) {
        return engine.open(ANA, SOL).result(Kpi.CONVERSION_RATE, MARCH);
    }

    private static int hash(String patient) {
        return People.hash(new PlainGate().patient(SOL, patient));
    }

    /** Who stands in what is kept; a publication that knows nothing else is asked, of a moment before all that there is. */
    private Set<Integer> kept() {
        Publication fresh =
                StandardPrivacy.with(KeyProvider.inMemory(), 5, store).publication();
        Cells none = new CellTable(LocalDays.in(ZoneOffset.UTC));
        Set<Integer> hashes = new HashSet<>();
        fresh.released(SOL, Instant.EPOCH, none, 0).cells().forEach((key, cell) -> {
            People people = cell.people();
            if (people != null) {
                people.forEachHash(hashes::add);
            }
        });
        return hashes;
    }

    private record Plain(PrivacyGate gate, Publication publication) implements Privacy {}
}
