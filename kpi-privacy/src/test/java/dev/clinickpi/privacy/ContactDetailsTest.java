package dev.clinickpi.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.event.PrivacyGate.LabelKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContactDetailsTest {

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
    void areFound(String label) {
        for (LabelKind kind : LabelKind.values()) {
            assertThat(ContactDetails.areIn(kind, label)).as(kind.name()).isTrue();
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
    void areNotSeenInWordsOfACatalogue(String label) {
        for (LabelKind kind : LabelKind.values()) {
            assertThat(ContactDetails.areIn(kind, label)).as(kind.name()).isFalse();
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
    void areNotSeenInAModelsRelease(String model) {
        assertThat(ContactDetails.areIn(LabelKind.MODEL, model)).isFalse();
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
    void areSeenBesideARelease(String model) {
        assertThat(ContactDetails.areIn(LabelKind.MODEL, model)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(value = LabelKind.class, mode = EnumSource.Mode.EXCLUDE, names = "MODEL")
    void areReadStrictlyInAllButModels(LabelKind kind) {
        assertThat(ContactDetails.areIn(kind, "o1-2024-12-17")).isTrue();
        assertThat(ContactDetails.areIn(kind, "text-bison@002")).isTrue();
    }
}
