package dev.clinickpi.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stays of the reason of a break-glass access. */
class ScrubbedReasonTest {

    @ParameterizedTest
    @CsvSource({
        "Ticket 4711: the figures of March, Ticket 4711: the figures of March",
        "la paciente del +34 612 34 56 78 espera, la paciente del [PHONE] espera",
        "lo pide la familia de Marta Ruiz, lo pide la familia de [NAME]",
        "call 612-345-678, call [PHONE]",
        "wrote from marta@example.com today, wrote from [EMAIL] today",
        "marta@example.com, [EMAIL]"
    })
    void whatSomebodyCouldBeReachedByIsTakenOut(String written, String kept) {
        assertThat(StandardPrivacy.with(KeyProvider.inMemory()).scrub(written)).isEqualTo(kept);
    }
}
