package dev.clinickpi.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.ClinicDashboard;
import dev.clinickpi.kpi.Kpi;
import dev.clinickpi.kpi.KpiDefinition;
import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.kpi.Status;
import dev.clinickpi.testkit.golden.GoldenCase;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelsTest {

    @ParameterizedTest
    @CsvSource({
        "es-ES, no-show-rate, Ausencias, Sin desenlace anotado",
        "es-MX, no-show-rate, Ausencias, Sin desenlace anotado",
        "en, no-show-rate, No-shows, Outcome not recorded",
        "tr, no-show-rate, No-shows, Outcome not recorded"
    })
    void figuresHaveNames(Locale locale, String kpi, String name, String unresolved) {
        assertThat(Labels.in(locale).kpi(kpi)).isEqualTo(name);
        assertThat(Labels.in(locale).component("unresolved")).isEqualTo(unresolved);
    }

    @ParameterizedTest
    @ValueSource(strings = {"es", "en"})
    void everyKpiHasAName(Locale locale) {
        for (KpiDefinition kpi : Kpi.ALL) {
            assertThat(Labels.in(locale).kpi(kpi.id())).isNotBlank().isNotEqualTo(kpi.id());
        }
    }

    @Test
    void whatIsNotOursIsCalledWhatItIsCalled() {
        Labels labels = Labels.in(Locale.ENGLISH);
        assertThat(labels.kpi("no-news")).isEqualTo("no-news");
        assertThat(labels.row("top-services", "implant")).isEqualTo("implant");
        assertThat(labels.row("csat", "5")).isEqualTo("5 of 5");
        assertThat(labels.component("extra")).isEqualTo("extra");
        assertThat(labels.word("PERHAPS")).isEqualTo("PERHAPS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"es", "en"})
    void everythingOfOursHasAName(String language) {
        Labels labels = Labels.in(Locale.forLanguageTag(language));
        for (GoldenCase golden : GoldenCase.all()) {
            ClinicDashboard dashboard = GoldenDashboards.of(golden);
            for (KpiResult result : dashboard.report(golden.period()).results()) {
                assertThat(labels.kpi(result.id())).isNotEqualTo(result.id());
                assertThat(result.components())
                        .allSatisfy(component ->
                                assertThat(labels.component(component.id())).isNotEqualTo(component.id()));
            }
        }
        assertThat(List.of(Status.UNDEFINED, Status.NOT_APPLICABLE, Status.SUPPRESSED))
                .allSatisfy(status -> assertThat(labels.status(status)).isNotBlank());
    }

    @Test
    void bothLanguagesSayTheSame() {
        assertThat(new TreeSet<>(bundle("es").keySet()))
                .isEqualTo(new TreeSet<>(bundle("en").keySet()));
    }

    private static ResourceBundle bundle(String language) {
        return ResourceBundle.getBundle("dev.clinickpi.export.labels", Locale.forLanguageTag(language));
    }
}
