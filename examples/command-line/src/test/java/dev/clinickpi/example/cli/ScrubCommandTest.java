package dev.clinickpi.example.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clinickpi.privacy.scrub.PiiScrubber;
import dev.clinickpi.privacy.scrub.StandardScrubber;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScrubCommandTest {

    private static final PiiScrubber SCRUBBER = StandardScrubber.create();

    @Test
    void printsPlaceholders() {
        assertThat(scrubbed("Soy Ana, 612 345 678\nana@example.com\n")).isEqualTo("Soy [NAME], [PHONE]\n[EMAIL]\n");
    }

    @Test
    void printsSpansOfTheWholeInput() throws IOException {
        String text = "🙂 ñ\r\n\r\nllama al 612345678\n\n\n" + "a ".repeat(50_000) + "ana@example.com";
        List<String> values = new ArrayList<>();
        List<String> types = new ArrayList<>();
        for (String line : scrubbed(text, "--spans").split("\n")) {
            JsonNode span = new ObjectMapper().readTree(line);
            assertThat(span.size()).isEqualTo(3);
            values.add(text.substring(span.get("start").asInt(), span.get("end").asInt()));
            types.add(span.get("type").asText());
        }
        assertThat(values).containsExactly("612345678", "ana@example.com");
        assertThat(types).containsExactly("PHONE", "EMAIL");
    }

    @Test
    void printsASpanAsOneJsonObject() {
        assertThat(scrubbed("tel 612345678", "--spans")).isEqualTo("{\"start\":4,\"end\":13,\"type\":\"PHONE\"}\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "a",
                "a\r\nb\rc\n\n\n",
                "\ufeffhola\n",
                "sin fin de línea",
                "\u0000\u0007\t",
                "e\u0301 \u200b 🙂\n"
            })
    void allElseComesOutAsItWentIn(String text) {
        assertThat(scrubbed(text)).isEqualTo(text);
    }

    @Test
    void bytesThatAreNoTextComeOutAsTheyWentIn() {
        byte[] input = {
            'a', (byte) 0xff, (byte) 0xc3, '\n', (byte) 0xed, (byte) 0xb2, (byte) 0x80, (byte) 0xf0, (byte) 0x9f
        };
        assertThat(run(new ByteArrayInputStream(input))).isEqualTo(input);
    }

    @Property(tries = 200, seed = "20260301")
    void anyBytesComeOutAsTheyWentIn(@ForAll("letters") byte[] input) {
        assertThat(run(trickling(input))).isEqualTo(input);
    }

    /** No letters and no digits, so that nothing is personal. */
    @Provide
    Arbitrary<byte[]> letters() {
        return Arbitraries.of(
                        (byte) '-',
                        (byte) '\n',
                        (byte) '\r',
                        (byte) ' ',
                        (byte) 0xc2,
                        (byte) 0xb1,
                        (byte) 0xf0,
                        (byte) 0x9f,
                        (byte) 0x98,
                        (byte) 0x80,
                        (byte) 0xff)
                .array(byte[].class)
                .ofMaxSize(60);
    }

    @Test
    void paragraphsAreReadAsAWholeHoweverTheyArrive() {
        String text = "mi número es 612\n345 678, Núñez 🙂\n\nana@example.com\n".repeat(20);
        assertThat(new String(run(trickling(text.getBytes(UTF_8))), UTF_8)).isEqualTo(SCRUBBER.scrub(text));
    }

    @Test
    void noValueIsCutWhereALongParagraphIs() {
        for (int shift : new int[] {0, 3, 7, 11, 14}) {
            String text = "b".repeat(shift) + " " + "tel 612 345 678, ".repeat(4_000);
            assertThat(scrubbed(text)).isEqualTo("b".repeat(shift) + " " + "tel [PHONE], ".repeat(4_000));
        }
    }

    @Test
    void aLongWordIsCutBetweenItsCharacters() {
        String text = "x" + "🙂".repeat(100_000);
        assertThat(scrubbed(text)).isEqualTo(text);
    }

    @Test
    void saysHowItIsUsed() {
        CommandRun run = CommandRun.of("scrub", "--help");
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("--spans");
    }

    private static String scrubbed(String text, Object... options) {
        return new String(run(new ByteArrayInputStream(text.getBytes(UTF_8)), options), UTF_8);
    }

    private static byte[] run(InputStream in, Object... options) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<Object> words = new ArrayList<>(List.of("scrub"));
        words.addAll(List.of(options));
        CommandRun run = CommandRun.reading(in, out, words.toArray());
        assertThat(run.status()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEmpty();
        return out.toByteArray();
    }

    /** A byte at a time. */
    private static InputStream trickling(byte[] bytes) {
        return new FilterInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return super.read(buffer, offset, Math.min(length, 1));
            }
        };
    }
}
