package dev.clinickpi.clinic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinickpi.clinic.ClinicDirectory.CurrencyPair;
import dev.clinickpi.clinic.WeeklyHours.OpeningSpan;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClinicDirectoryReadTest {

    @ParameterizedTest
    @CsvSource({"golden-small.json, 1", "golden-zones.json, 7", "golden-edges.json, 2", "cdnow.json, 1", "sol.json, 2"})
    void readsTheDocumentsThatTheSpecificationCameWith(String document, int clinics) {
        assertThat(ClinicDirectory.read(new ByteArrayInputStream(Documents.resource(document)))
                        .clinics())
                .hasSize(clinics);
    }

    @Test
    void readsEveryFieldOfAClinic() {
        assertThat(Documents.read(Documents.sol()).clinic(ClinicId.of("sol")))
                .hasValue(new Clinic(
                        ClinicId.of("sol"),
                        "Clínica Sol",
                        "grupo-sol",
                        "dental",
                        "ES",
                        ZoneId.of("Europe/Madrid"),
                        "EUR",
                        Locale.forLanguageTag("es-ES"),
                        LocalDate.of(2026, 3, 1),
                        new EffectiveDated<>(new TreeMap<>(Map.of(
                                LocalDate.of(2025, 1, 1),
                                new WeeklyHours(Map.of(
                                        DayOfWeek.MONDAY, List.of(span(9, 14), span(16, 20)),
                                        DayOfWeek.FRIDAY, List.of(span(22, 2)))),
                                LocalDate.of(2026, 1, 1),
                                new WeeklyHours(Map.of(DayOfWeek.MONDAY, List.of(span(9, 0))))))),
                        Set.of(LocalDate.of(2026, 1, 6), LocalDate.of(2026, 12, 25)),
                        new EffectiveDated<>(new TreeMap<>(Map.of(
                                LocalDate.of(2025, 1, 1), new BigDecimal("85.00"),
                                LocalDate.of(2026, 1, 1), new BigDecimal("90")))),
                        "pro",
                        List.of(
                                new Service("implant", "Implantes", List.of("implante dental")),
                                new Service("botox", "Bótox", List.of())),
                        Map.of("no-show-rate", new BigDecimal("0.22")),
                        EffectiveDated.from(LocalDate.of(2025, 1, 1), new BigDecimal("99.00"))));
    }

    @Test
    void readsWhatClinicsShare() {
        ClinicDirectory directory = Documents.read(Documents.sol());
        LocalDate june = LocalDate.of(2025, 6, 1);

        assertThat(directory.clinics().keySet()).containsExactly(ClinicId.of("sol"), ClinicId.of("luna"));
        assertThat(directory.tiers()).containsExactly(Tier.of("starter", "a"), Tier.of("pro", "a", "b"));
        assertThat(directory.price("gpt-4o-mini", june))
                .hasValue(new LlmPrice("USD", new BigDecimal("0.15"), new BigDecimal("0.075"), new BigDecimal("0.60")));
        assertThat(directory.exchangeRates())
                .containsOnlyKeys(new CurrencyPair("USD", "EUR"), new CurrencyPair("EUR", "USD"));
        assertThat(directory.convert(BigDecimal.TEN, "USD", "EUR", june)).hasValue(new BigDecimal("9.20"));
    }

    @Test
    void cachedInputCostsAsMuchAsOtherInputUnlessStated() {
        assertThat(Documents.read(Documents.sol()).price("gpt-4o-mini", LocalDate.of(2026, 1, 1)))
                .hasValue(new LlmPrice("USD", new BigDecimal("0.10"), new BigDecimal("0.10"), new BigDecimal("0.40")));
    }

    @Test
    void whatAClinicNeedNotStateIsEmptyOrUnknown() {
        Clinic luna =
                Documents.read(Documents.sol()).clinic(ClinicId.of("luna")).orElseThrow();

        assertThat(luna.owner()).isEqualTo("luna");
        assertThat(luna.goLive()).isNull();
        assertThat(luna.tier()).isNull();
        assertThat(luna.openingHours().isEmpty()).isTrue();
        assertThat(luna.averageRevenuePerVisit().isEmpty()).isTrue();
        assertThat(luna.subscriptionFee().isEmpty()).isTrue();
        assertThat(luna.holidays()).isEmpty();
        assertThat(luna.services()).isEmpty();
        assertThat(luna.baseline()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # Null is as good as absent
            /clinics/0/owner                       | null
            /clinics/0/goLive                      | null
            /clinics/0/tier                        | null
            /clinics/0/openingHours                | null
            /clinics/0/openingHours/0/MONDAY       | null
            /clinics/0/baseline                    | null
            /clinics/0/services/0/aliases          | null
            /llmPrices                             | null
            # Nobody knows these fields
            /version                               | 2
            /clinics/0/address                     | {"street": ["Calle Mayor", 1]}
            /clinics/0/openingHours/0/note         | "summer"
            /clinics/0/openingHours/0/until        | {"date": "2025-12-31"}
            # Unusual and right
            /clinics                               | []
            /clinics/0/openingHours/0/MONDAY       | []
            /clinics/0/openingHours/0              | {"from": "2025-01-01"}
            /clinics/0/openingHours/0/MONDAY/0     | "00:00-24:00"
            /clinics/0/openingHours/0/MONDAY/0     | "09:00-09:00"
            /clinics/0/openingHours/0/MONDAY/0     | "23:59-00:00"
            /clinics/0/averageRevenuePerVisit/0/amount | "0"
            /clinics/0/averageRevenuePerVisit/0/amount | "999999999999999.999999999999"
            /clinics/0/baseline/response-time      | 1850
            /clinics/0/baseline/own-figure         | -1.5e3
            /clinics/0/holidays/0                  | "2028-02-29"
            /clinics/0/locale                      | "zh-Hant-TW"
            /clinics/0/zone                        | "Etc/UTC"
            /clinics/0/name                        | "Dr. O'Neill & Søn"
            /clinics/0/services/1/aliases          | ["bótox", "toxina"]
            /tiers/0/features                      | []
            /tiers/0/features                      | ["a", "a"]
            /exchangeRates/0/rate                  | "0.000000000001"
            """)
    void accepts(String pointer, String value) {
        JsonNode document = Documents.sol();
        Documents.put(document, pointer, Documents.json(value));

        assertThat(Documents.faults(document)).isEmpty();
    }

    @Test
    void readsAFile(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("clinics.json"), Documents.resource("sol.json"));

        assertThat(ClinicDirectory.read(file)).isEqualTo(Documents.read(Documents.sol()));
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> ClinicDirectory.read(folder.resolve("absent.json")));
    }

    @Test
    void leavesAStreamOpen() {
        class Stream extends ByteArrayInputStream {

            private boolean closed;

            Stream() {
                super(Documents.resource("sol.json"));
            }

            @Override
            public void close() {
                closed = true;
            }
        }
        Stream stream = new Stream();

        ClinicDirectory.read(stream);

        assertThat(stream.closed).isFalse();
        assertThat(stream.available()).isZero();
    }

    @Test
    void aClinicStandsUnderItsOwnId() {
        Clinic sol = Clinics.open("Europe/Madrid");

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new ClinicDirectory(Map.of(ClinicId.of("luna"), sol), List.of(), Map.of(), Map.of()));
    }

    private static OpeningSpan span(int start, int end) {
        return new OpeningSpan(LocalTime.of(start, 0), LocalTime.of(end, 0));
    }
}
