package dev.clinickpi.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.event.PrivacyGate.LabelKind;
import dev.clinickpi.privacy.scrub.PiiScrubber;
import dev.clinickpi.privacy.scrub.PiiSpan;
import dev.clinickpi.privacy.scrub.PiiType;
import dev.clinickpi.privacy.scrub.StandardScrubber;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublishableLabelsTest {

    private static final PublishableLabels LABELS = new PublishableLabels(StandardScrubber.create());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ana@example.com",
                "ana＠example.com",
                "@ana",
                "34600123456@s.whatsapp.net",
                "600123456",
                "+34600123456",
                "+34 600 12 34 56",
                "(91) 123-45-67-8",
                "600.123.456",
                "600/12/34/56",
                "6 0 0 1 2 3 4 5 6",
                "600–123‑456",
                "600\u00a0123\u2009456",
                "600\u200b123\u200b456",
                "６００１２３４５６",
                "٦٠٠١٢٣٤٥٦",
                "⑥00123456",
                "llamar al 600 123 456 (Ana)",
                "tel600123456",
                "2024-08-06 600"
            })
    void contactDetailsAreRefused(String label) {
        for (LabelKind kind : LabelKind.values()) {
            assertThat(LABELS.contains(kind, label)).as(kind.name()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "physio-session",
                "Depilación láser",
                "dental",
                "2x1",
                "24/7",
                "campaign-2025-08-07",
                "20250807",
                "12345678",
                "1234-5678",
                "600 12 34 5x6",
                "v1.2.3-4567.8"
            })
    void wordsOfACatalogueAndDatesPass(String label) {
        for (LabelKind kind : LabelKind.values()) {
            assertThat(LABELS.contains(kind, label)).as(kind.name()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gpt-4o-2024-08-06",
                "gpt-4o-mini-2024-07-18",
                "gpt-4.1-2025-04-14",
                "gpt-4.5-preview-2025-02-27",
                "gpt-5-2025-08-07",
                "gpt-3.5-turbo-0125",
                "gpt-4-1106-preview",
                "o1-2024-12-17",
                "o3-2025-04-16",
                "o4-mini-2025-04-16",
                "claude-2.1",
                "claude-3-5-sonnet-20241022",
                "claude-opus-4-20250514",
                "claude-opus-4-1-20250805",
                "claude-sonnet-4-5-20250929",
                "claude-opus-4@20250514",
                "claude-3-5-sonnet-v2@20241022",
                "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
                "text-bison@002",
                "gemini-2.5-pro-preview-05-06",
                "gemini-2.0-flash-001",
                "mistral-large-2411",
                "llama-3.1-405b-instruct",
                "qwen2.5-72b-instruct",
                "deepseek-r1-0528",
                "command-r-08-2024",
                "ft:gpt-4o-mini-2024-07-18:sol::9abc12"
            })
    void releasesOfModelsPass(String model) {
        assertThat(LABELS.contains(LabelKind.MODEL, model)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ana@20250514.com",
                "600123456@20250514",
                "ana-20250514@example.com",
                "+34-20250514600",
                "model@600123456",
                "ana@2025",
                "4-20259914"
            })
    void contactDetailsBesideAReleaseAreRefused(String model) {
        assertThat(LABELS.contains(LabelKind.MODEL, model)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(value = LabelKind.class, mode = EnumSource.Mode.EXCLUDE, names = "MODEL")
    void releasesPassInModelsAlone(LabelKind kind) {
        assertThat(LABELS.contains(kind, "o1-2024-12-17")).isFalse();
        assertThat(LABELS.contains(kind, "text-bison@002")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ana arroba gmail punto com",
                "seis uno dos treinta y cuatro cincuenta y seis setenta y ocho",
                "6l2 34 56 7O",
                "X1234567L",
                "12345678Z",
                "ES91 2100 0418 4502 0005 1332",
                "NHC 2569870",
                "calle mayor 23 2b",
                "wamid.HBgLMzQ2MTIzNDU2NzgVAgARGBI1",
                "instagram.com/ana.gil",
                "GODE561231HDFRRN04"
            })
    void whatAScrubberFindsIsRefused(String label) {
        for (LabelKind kind : LabelKind.values()) {
            assertThat(LABELS.contains(kind, label)).as(kind.name()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "o3",
                "gpt-4o",
                "reminders",
                "waitlist",
                "no-show-recovery",
                "whatsapp-voice-notes",
                "Limpieza dental",
                "Sesión de 45 minutos",
                "Ortodoncia (2ª fase)",
                "basic",
                "pro-2025",
                "Botox 3 zonas",
                "calle",
                "dos por uno"
            })
    void namesOfThingsPass(String label) {
        for (LabelKind kind : LabelKind.values()) {
            assertThat(LABELS.contains(kind, label)).as(kind.name()).isTrue();
        }
    }

    @Test
    void aNameIsRefusedInAllButModels() {
        PiiScrubber claude = text -> text.startsWith("claude") ? List.of(new PiiSpan(0, 6, PiiType.NAME)) : List.of();
        PublishableLabels labels = new PublishableLabels(claude);
        assertThat(labels.contains(LabelKind.MODEL, "claude-opus-4")).isTrue();
        assertThat(labels.contains(LabelKind.TIER, "claude-opus-4")).isTrue();
        assertThat(labels.contains(LabelKind.FEATURE, "claude-opus-4")).isFalse();
    }

    @Test
    void whatPassedIsNotJudgedAgain() {
        CountingScrubber scrubber = new CountingScrubber();
        PublishableLabels labels = new PublishableLabels(scrubber);
        for (int i = 0; i < 10; i++) {
            assertThat(labels.contains(LabelKind.FEATURE, "reminders")).isTrue();
            assertThat(labels.contains(LabelKind.MODEL, "gpt-4o")).isTrue();
        }
        assertThat(scrubber.judged).containsExactly("reminders", "gpt-4o");
    }

    @Test
    void whatPassedAsOneKindIsJudgedAsAnother() {
        CountingScrubber scrubber = new CountingScrubber();
        PublishableLabels labels = new PublishableLabels(scrubber);
        assertThat(labels.contains(LabelKind.MODEL, "o1-2024-12-17")).isTrue();
        assertThat(labels.contains(LabelKind.FEATURE, "o1-2024-12-17")).isFalse();
    }

    @Test
    void whatWasRefusedIsForgotten() {
        CountingScrubber scrubber = new CountingScrubber();
        PublishableLabels labels = new PublishableLabels(scrubber);
        assertThat(labels.contains(LabelKind.FEATURE, "secret")).isFalse();
        assertThat(labels.contains(LabelKind.FEATURE, "secret")).isFalse();
        assertThat(scrubber.judged).containsExactly("secret", "secret");
    }

    @Test
    void ofAnyNumberOfLabelsOnlySoManyAreKept() {
        CountingScrubber scrubber = new CountingScrubber();
        PublishableLabels labels = new PublishableLabels(scrubber);
        int count = 5000;
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < count; i++) {
                assertThat(labels.contains(LabelKind.FEATURE, "f" + i)).isTrue();
            }
        }
        assertThat(scrubber.judged).hasSizeGreaterThan(2 * count - 1025);
    }

    private static final class CountingScrubber implements PiiScrubber {

        final List<String> judged = new ArrayList<>();

        @Override
        public List<PiiSpan> find(String text) {
            judged.add(text);
            return text.equals("secret") ? List.of(new PiiSpan(0, 6, PiiType.OTHER)) : List.of();
        }
    }
}
