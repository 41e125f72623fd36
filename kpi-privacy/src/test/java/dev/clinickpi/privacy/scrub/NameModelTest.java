package dev.clinickpi.privacy.scrub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** A model that is trained, written and read again. */
class NameModelTest {

    private static final NameLexicon NONE = NameLexicon.empty();

    @Test
    void learnsWhatStandsAroundANameAndNotTheNameAlone() {
        NameModel model = TagChainTrainer.train(lines());

        assertThat(name(model, "hola soy zacarias gracias", 2)).isGreaterThan(0.5);
        assertThat(name(model, "hola quiero zacarias gracias", 2)).isLessThan(0.5);
    }

    @Test
    void isTheSameFileForTheSameLines() throws IOException {
        assertThat(bytes(TagChainTrainer.train(lines()))).isEqualTo(bytes(TagChainTrainer.train(lines())));
    }

    @Test
    void isReadAsItWasWritten() throws IOException {
        byte[] bytes = bytes(TagChainTrainer.train(lines()));

        assertThat(bytes(NameModel.read(new ByteArrayInputStream(bytes)))).isEqualTo(bytes);
    }

    @Test
    void refusesWhatIsNoModel() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(new byte[100]);
        }

        assertThatThrownBy(() -> NameModel.read(new ByteArrayInputStream(out.toByteArray())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not a model of names");
        assertThatThrownBy(() -> new NameModel(1, new byte[3], new double[3][3]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theOneThatShipsIsSmall() throws IOException {
        try (var in = NameModel.class.getResourceAsStream("names.model")) {
            assertThat(in.readAllBytes()).hasSizeLessThan(1_000_000);
        }
    }

    private static List<TagChainTrainer.Line> lines() {
        List<String> names = List.of("carmen", "lucia", "pedro", "marcos", "irene", "hugo");
        List<String> things = List.of("cita", "limpieza", "fecha", "hora", "revision", "factura");
        List<TagChainTrainer.Line> lines = new java.util.ArrayList<>();
        for (int round = 0; round < 20; round++) {
            names.forEach(name -> lines.add(line("hola soy " + name + " gracias", 2)));
            things.forEach(thing -> lines.add(line("hola quiero " + thing + " gracias", -1)));
        }
        return lines;
    }

    private static TagChainTrainer.Line line(String text, int name) {
        int[][] features = features(text);
        byte[] tags = new byte[features.length];
        if (name >= 0) {
            tags[name] = TagChain.FIRST;
        }
        return new TagChainTrainer.Line(features, tags);
    }

    private static int[][] features(String text) {
        return new NameFeatures(NameTokens.lines(text).get(0), NONE).all();
    }

    private static double name(NameModel model, String text, int token) {
        return 1 - model.tag(features(text)).marginal(token, TagChain.OUTSIDE);
    }

    private static byte[] bytes(NameModel model) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        model.write(out);
        return out.toByteArray();
    }
}
