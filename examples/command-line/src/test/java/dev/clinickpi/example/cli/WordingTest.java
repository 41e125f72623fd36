package dev.clinickpi.example.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordingTest {

    private final Wording spanish = new Wording(Language.es);
    private final Wording english = new Wording(Language.en);

    @ParameterizedTest
    @CsvSource({
        "0, 0 ms",
        "999.4, 999 ms",
        "999.9, '1,0 s'",
        "1849, '1,8 s'",
        "59949, '59,9 s'",
        "59990, 1 min",
        "60000, 1 min",
        "3599800, 1 h",
        "86399000, 1 d",
        "154000, 2 min 34 s",
        "754000, 13 min",
        "3599360, 1 h",
        "7260000, 2 h 1 min",
        "604800000, 7 d"
    })
    void durationsAreSaidAsExactlyAsTheyAreKnown(BigDecimal millis, String said) {
        assertThat(spanish.duration(millis)).isEqualTo(said);
    }

    @ParameterizedTest
    @CsvSource({
        "1234.5, EUR, '1.234,50 €', '€1,234.50'",
        "0.00053, EUR, '0,00053 €', '€0.00053'",
        "0, EUR, '0,00 €', '€0.00'",
        "-20, EUR, '-20,00 €', '-€20.00'",
        "1234.5, JPY, '1.235 JPY', '¥1,235'",
        "5, QQQ, '5,00 QQQ', '5.00 QQQ'"
    })
    void moneyHasTheDecimalsOfItsCurrencyAndSmallMoneyMore(
            BigDecimal amount, String currency, String inSpanish, String inEnglish) {
        assertThat(spanish.money(amount, currency).replace('\u00a0', ' ')).isEqualTo(inSpanish);
        assertThat(english.money(amount, currency)).isEqualTo(inEnglish);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.0%",
        "0.00001, <0.1%",
        "0.21052631578947367, 21.1%",
        "0.99999, >99.9%",
        "1, 100.0%",
        "-0.25, -25.0%",
    })
    void almostNoneIsNotNoneAndAlmostAllIsNotAll(BigDecimal share, String said) {
        assertThat(english.percent(share)).isEqualTo(said);
    }

    @Test
    void aDurationThatMustNotBeRoundedIsSaidInMilliseconds() {
        assertThat(spanish.millis(new BigDecimal("1999"))).isEqualTo("1.999 ms");
    }

    @Test
    void bothLanguagesSayTheSameThings() {
        assertThat(ResourceBundle.getBundle("dev.clinickpi.example.cli.words", Language.es.locale())
                        .keySet())
                .isEqualTo(ResourceBundle.getBundle("dev.clinickpi.example.cli.words", Language.en.locale())
                        .keySet());
    }
}
