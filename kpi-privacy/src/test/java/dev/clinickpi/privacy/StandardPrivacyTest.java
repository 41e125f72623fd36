package dev.clinickpi.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandardPrivacyTest {

    @Test
    void hasBothEnds() {
        StandardPrivacy privacy = StandardPrivacy.with(KeyProvider.inMemory());
        assertThat(privacy.gate()).isInstanceOf(StandardGate.class).isSameAs(privacy.gate());
        assertThat(privacy.publication())
                .isInstanceOf(StandardPublication.class)
                .isSameAs(privacy.publication());
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -5, 0, 1, 4})
    void refusesAMinimumGroupInWhichPeopleAreRecognised(int minimum) {
        assertThatThrownBy(() -> StandardPrivacy.with(KeyProvider.inMemory(), minimum))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 5 people");
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 6, 10, 1_000})
    void takesALargerMinimumGroup(int minimum) {
        assertThatCode(() -> StandardPrivacy.with(KeyProvider.inMemory(), minimum))
                .doesNotThrowAnyException();
    }
}
