package dev.clinickpi.clinic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinickpi.clinic.InvalidDirectoryException.Fault;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InvalidDirectoryTest {

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(delimiter = '|', textBlock = """
            /clinics/0/id                          | "s ol"         | clinics[0].id                               | must have 1 to 64 characters, no white space
            /clinics/1/id                          | "sol"          | clinics[1].id                               | must be the id of one clinic only
            /clinics/0/name                        | " "            | clinics[0].name                             | must have 1 to 256 characters
            /clinics/0/name                        | "a\\u0000b"    | clinics[0].name                             | no control among them
            /clinics/0/owner                       | ""             | clinics[0].owner                            | must have 1 to 64 characters
            /clinics/0/vertical                    | null           | clinics[0].vertical                         | is missing
            /clinics/0/country                     | "es"           | clinics[0].country                          | must be an ISO 3166 code
            /clinics/0/country                     | "ESP"          | clinics[0].country                          | must be an ISO 3166 code
            /clinics/0/country                     | "UK"           | clinics[0].country                          | must be an ISO 3166 code
            /clinics/0/zone                        | "Europe/Sol"   | clinics[0].zone                             | must be a zone of the IANA database
            /clinics/0/zone                        | "europe/madrid" | clinics[0].zone                            | must be a zone of the IANA database
            /clinics/0/zone                        | "UTC+01:07"    | clinics[0].zone                             | must be a zone of the IANA database
            /clinics/0/zone                        | "+01:00"       | clinics[0].zone                             | must be a zone of the IANA database
            /clinics/0/currency                    | "eur"          | clinics[0].currency                         | must be an ISO 4217 code
            /clinics/0/currency                    | "EUX"          | clinics[0].currency                         | must be an ISO 4217 code
            /clinics/0/locale                      | "es_ES"        | clinics[0].locale                           | must be a BCP 47 language tag
            /clinics/0/locale                      | ""             | clinics[0].locale                           | must be a BCP 47 language tag
            /clinics/0/locale                      | "und"          | clinics[0].locale                           | must be a BCP 47 language tag
            /clinics/0/goLive                      | "2026-02-29"   | clinics[0].goLive                           | must be a date
            /clinics/0/goLive                      | "2026-3-1"     | clinics[0].goLive                           | must be a date
            /clinics/0/goLive                      | "+12026-03-01" | clinics[0].goLive                           | must be a date
            /clinics/0/goLive                      | "٢٠٢٦-٠٣-٠١"   | clinics[0].goLive                           | must be a date
            /clinics/0/holidays/1                  | "6 January"    | clinics[0].holidays[1]                      | must be a date
            /clinics/0/holidays/1                  | null           | clinics[0].holidays[1]                      | is missing
            /clinics/0/openingHours/1/from         | null           | clinics[0].openingHours[1].from             | is missing
            /clinics/0/openingHours/1/from         | "2025-01-01"   | clinics[0].openingHours[1].from             | must be the date of one entry only
            /clinics/0/openingHours/1/FRIDAY       | ["9:00-14:00"] | clinics[0].openingHours[1].FRIDAY[0]        | must be a span of wall time
            /clinics/0/openingHours/1/MONDAY/0     | "24:00-02:00"  | clinics[0].openingHours[1].MONDAY[0]        | must be a span of wall time
            /clinics/0/openingHours/1/MONDAY/0     | "22:00-24:30"  | clinics[0].openingHours[1].MONDAY[0]        | must be a span of wall time
            /clinics/0/openingHours/1/MONDAY/0     | "22:00–24:00"  | clinics[0].openingHours[1].MONDAY[0]        | must be a span of wall time
            /clinics/0/openingHours/1/MONDAY/0     | 9              | clinics[0].openingHours[1].MONDAY[0]        | must be a string
            /clinics/0/openingHours/1/MONDAY       | "09:00-14:00"  | clinics[0].openingHours[1].MONDAY           | must be a list
            /clinics/0/openingHours/1/Friday       | ["09:00-14:00"] | clinics[0].openingHours[1].Friday          | must be a weekday
            /clinics/0/openingHours/1/Día festivo  | ["09:00-14:00"] | clinics[0].openingHours[1].?               | must be a weekday
            /clinics/0/averageRevenuePerVisit/1/from | "2025-01-01" | clinics[0].averageRevenuePerVisit[1].from   | must be the date of one entry only
            /clinics/0/averageRevenuePerVisit/1/amount | "-1"       | clinics[0].averageRevenuePerVisit[1].amount | must be a decimal from 0
            /clinics/0/averageRevenuePerVisit/1/amount | "85,00"    | clinics[0].averageRevenuePerVisit[1].amount | must be a decimal from 0
            /clinics/0/averageRevenuePerVisit/1/amount | "1e3"      | clinics[0].averageRevenuePerVisit[1].amount | must be a decimal from 0
            /clinics/0/averageRevenuePerVisit/1/amount | "1000000000000000" | clinics[0].averageRevenuePerVisit[1].amount | at most 15 digits
            /clinics/0/averageRevenuePerVisit/1/amount | "0.0000000000001" | clinics[0].averageRevenuePerVisit[1].amount | at most 15 digits
            /clinics/0/averageRevenuePerVisit/1/amount | 85.00      | clinics[0].averageRevenuePerVisit[1].amount | must be a string
            /clinics/0/tier                        | "gold"         | clinics[0].tier                             | must be the id of one of the document's tiers
            /clinics/0/services/0/id               | null           | clinics[0].services[0].id                   | is missing
            /clinics/0/services/1/id               | "implant"      | clinics[0].services[1].id                   | must be the id of one service of the clinic only
            /clinics/0/services/0/name             | null           | clinics[0].services[0].name                 | is missing
            /clinics/0/services/0/aliases/0        | " "            | clinics[0].services[0].aliases[0]           | not all of them blank
            /clinics/0/baseline                    | []             | clinics[0].baseline                         | must be an object
            /clinics/0/baseline/no-show-rate       | "0.22"         | clinics[0].baseline.no-show-rate            | must be a number
            /clinics/0/baseline/no-show-rate       | null           | clinics[0].baseline.no-show-rate            | is missing
            /clinics/0/baseline/no-show-rate       | 1e2147483647   | clinics[0].baseline.no-show-rate            | must have at most 15 digits
            /clinics/0/baseline/no-show-rate       | 1e-13          | clinics[0].baseline.no-show-rate            | must have at most 15 digits
            /clinics/0/subscriptionFee/0/amount    | null           | clinics[0].subscriptionFee[0].amount        | is missing
            /clinics/1                             | null           | clinics[1]                                  | is missing
            /clinics/1                             | "luna"         | clinics[1]                                  | must be an object
            /clinics/1                             | ""             | clinics[1]                                  | must be an object
            /clinics                               | {}             | clinics                                     | must be a list
            /clinics                               | null           | clinics                                     | is missing
            /tiers/0/id                            | "pro"          | tiers[1].id                                 | must be the id of one tier only
            /tiers/0/features                      | null           | tiers[0].features                           | is missing
            /tiers/0/features                      | "a, b"         | tiers[0].features                           | must be a list
            /tiers/0/features/0                    | ""             | tiers[0].features[0]                        | must have 1 to 64 characters
            /llmPrices/0/model                     | null           | llmPrices[0].model                          | is missing
            /llmPrices/1/from                      | "2024-07-18"   | llmPrices[1].from                           | must be the date of one price of its model only
            /llmPrices/0/currency                  | "dollars"      | llmPrices[0].currency                       | must be an ISO 4217 code
            /llmPrices/0/inputPerMillion           | "-0.15"        | llmPrices[0].inputPerMillion                | must be a decimal from 0
            /llmPrices/0/cachedInputPerMillion     | "half"         | llmPrices[0].cachedInputPerMillion          | must be a decimal from 0
            /llmPrices/0/outputPerMillion          | null           | llmPrices[0].outputPerMillion               | is missing
            /exchangeRates/1                       | {"base": "USD", "quote": "EUR", "from": "2025-01-01", "rate": "1"} | exchangeRates[1].from | must be the date of one rate of its currencies only
            /exchangeRates/0/base                  | "US"           | exchangeRates[0].base                       | must be an ISO 4217 code
            /exchangeRates/0/quote                 | 978            | exchangeRates[0].quote                      | must be a string
            /exchangeRates/0/rate                  | "0.00"         | exchangeRates[0].rate                       | must be a decimal above 0
            """)
    void reportsTheOneFault(String pointer, String value, String path, String rule) {
        JsonNode document = Documents.sol();
        Documents.put(document, pointer, Documents.json(value));

        assertThat(Documents.faults(document)).singleElement().satisfies(fault -> {
            assertThat(fault.path()).isEqualTo(path);
            assertThat(fault.rule()).contains(rule);
        });
    }

    @Test
    void reportsAllFaultsAtOnce() {
        assertThat(Documents.faults(Documents.resource("faults.json")))
                .extracting(Fault::toString)
                .containsExactlyElementsOf("""
                        clinics[0].averageRevenuePerVisit[0].amount must be a string
                        clinics[0].averageRevenuePerVisit[1].amount must be a decimal from 0 with at most 15 digits before the point and 12 behind it, such as 85.00
                        clinics[0].averageRevenuePerVisit[1].from must be the date of one entry only
                        clinics[0].baseline.no-show-rate must be a number
                        clinics[0].country must be an ISO 3166 code of two capital letters, such as ES
                        clinics[0].currency must be an ISO 4217 code of three capital letters, such as EUR
                        clinics[0].goLive must be a date, such as 2026-01-31
                        clinics[0].holidays[1] must be a date, such as 2026-01-31
                        clinics[0].holidays[2] must be a string
                        clinics[0].id must have 1 to 64 characters, no white space or control among them
                        clinics[0].locale must be a BCP 47 language tag, such as es-ES
                        clinics[0].name must be a string
                        clinics[0].openingHours[0].FRIDAY must be a list
                        clinics[0].openingHours[0].MONDAY[1] must be a span of wall time, such as 09:00-14:00 or 20:00-24:00
                        clinics[0].openingHours[1].FRIDAY[0] must be a span of wall time, such as 09:00-14:00 or 20:00-24:00
                        clinics[0].openingHours[1].SABADO must be a weekday, MONDAY to SUNDAY in capital letters
                        clinics[0].openingHours[1].from must be the date of one entry only
                        clinics[0].openingHours[2].MONDAY[0] must be a string
                        clinics[0].openingHours[2].from is missing
                        clinics[0].openingHours[3] must be an object
                        clinics[0].owner must have 1 to 64 characters, not all of them blank and no control among them
                        clinics[0].services[0].aliases[0] must have 1 to 256 characters, not all of them blank and no control among them
                        clinics[0].services[1].id must be the id of one service of the clinic only
                        clinics[0].subscriptionFee must be a list
                        clinics[0].tier must be the id of one of the document's tiers
                        clinics[0].zone must be a zone of the IANA database, such as Europe/Madrid
                        clinics[1].country is missing
                        clinics[1].currency is missing
                        clinics[1].id is missing
                        clinics[1].locale is missing
                        clinics[1].name is missing
                        clinics[1].vertical is missing
                        clinics[1].zone is missing
                        clinics[3].id must be the id of one clinic only
                        clinics[4] is missing
                        exchangeRates[0].from is missing
                        exchangeRates[0].quote must be an ISO 4217 code of three capital letters, such as EUR
                        exchangeRates[0].rate must be a decimal above 0 with at most 15 digits before the point and 12 behind it, such as 0.92
                        llmPrices[1].from must be the date of one price of its model only
                        llmPrices[1].inputPerMillion must be a decimal from 0 with at most 15 digits before the point and 12 behind it, such as 85.00
                        llmPrices[1].outputPerMillion must be a string
                        tiers[0].features is missing
                        tiers[1].features[1] must be a string
                        tiers[1].id must be the id of one tier only
                        """.lines().toList());
    }

    @Test
    void theMessageCountsAndListsTheFaults() {
        assertThatExceptionOfType(InvalidDirectoryException.class)
                .isThrownBy(() -> Documents.read("{\"clinics\": [], \"tiers\": [{\"id\": 7}]}"))
                .withMessage(
                        "The clinic directory has 2 faults:%n  tiers[0].features is missing%n  tiers[0].id must be a string"
                                .formatted());
        assertThatExceptionOfType(InvalidDirectoryException.class)
                .isThrownBy(() -> Documents.read("[]"))
                .withMessage("The clinic directory has 1 fault:%n  the document must be an object".formatted());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                      | 1 | 0
            {                                       | 1 | 2
            {"clinics": [}                          | 1 | 14
            {"clinics": []} {}                      | 1 | 17
            {"clinics": [], "clinics": []}          | 1 | 26
            {"clinics": [{"baseline": {"x": NaN}}]} | 1 | 36
            """)
    void malformedJsonIsOneFaultWithLineAndColumn(String document, int line, int column) {
        assertThat(Documents.faults(document.getBytes(StandardCharsets.UTF_8)))
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.path()).isEmpty();
                    assertThat(fault.rule())
                            .startsWith("must be well-formed JSON")
                            .endsWith("stopped at line " + line + ", column " + column);
                });
    }

    @Test
    void countsLines() {
        byte[] document = "{\n \"clinics\": [\n  {\"id\" \"sol\"}]}".getBytes(StandardCharsets.UTF_8);

        assertThat(Documents.faults(document)).singleElement().asString().endsWith("line 3, column 9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "5", "\"\"", "\"clinics\"", "[]", "true"})
    void aDocumentIsAnObject(String document) {
        assertThat(Documents.faults(document.getBytes(StandardCharsets.UTF_8)))
                .containsExactly(new Fault("", "must be an object"));
    }

    @Test
    void aDocumentIsInUnicode() {
        assertThat(Documents.faults("{\"clinics\": []}".getBytes(StandardCharsets.UTF_16)))
                .isEmpty();
        assertThat(Documents.faults("{\"name\": \"Clínica\"}".getBytes(StandardCharsets.ISO_8859_1)))
                .singleElement()
                .extracting(Fault::path)
                .isEqualTo("");
        assertThat(Documents.faults(new byte[] {0, 0, 0, '{', 0x7f, 0, 0, 0}))
                .singleElement()
                .extracting(Fault::path)
                .isEqualTo("");
    }

    @Test
    void aDocumentHasNothingWithoutEnd() {
        String deep = "{\"clinics\": [], \"unknown\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        String vast = "{\"clinics\": [{\"baseline\": {\"csat\": " + "1".repeat(100_000) + "}}]}";

        assertThat(Stream.of(deep, vast))
                .allSatisfy(document -> assertThat(Documents.faults(document.getBytes(StandardCharsets.UTF_8)))
                        .singleElement()
                        .satisfies(fault -> assertThat(fault.toString()).contains("nothing beyond a parser's limits")));
    }
}
